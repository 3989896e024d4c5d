import type { Texts } from "../type.ts";

export const stream = { title: "Ström" } satisfies Texts["stream"];
