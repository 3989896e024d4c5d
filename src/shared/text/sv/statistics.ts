import type { Texts } from "../type.ts";

export const statistics = { title: "Statistik" } satisfies Texts["statistics"];
