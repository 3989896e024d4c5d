import type { Texts } from "../type.ts";

export const today = {
  heard: "hördes",
} satisfies Texts["today"];
