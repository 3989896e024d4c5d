import { describe, expect, it } from "vitest";
import { dark, light, type Palette, series } from "./tokens.ts";

/** Relative luminance and contrast ratio, WCAG 2.2. */
const luminance = (hex: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((start) => Number.parseInt(hex.slice(start, start + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const contrast = (one: string, other: string): number => {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
};

const text: readonly (readonly [keyof Palette, keyof Palette])[] = [
  ...(["canvas", "surface", "inset", "hover"] as const).flatMap((ground) =>
    (["text", "dim", "accent", "ok", "warning", "critical"] as const).map((ink) => [ink, ground] as const),
  ),
  ...(["accent", "ok", "warning", "critical"] as const).map((ground) => ["onAccent", ground] as const),
  ...(["accent", "ok", "warning", "critical"] as const).flatMap((ink) =>
    ([ink, "text", "dim"] as const).map((each) => [each, `${ink}Ground`] as const),
  ),
];

describe.each([
  ["light", light, series.light],
  ["dark", dark, series.dark],
] as const)("%s", (_, palette, colours) => {
  it.each(text)("%s can be read on %s", (ink, ground) => {
    expect(contrast(palette[ink], palette[ground])).toBeGreaterThanOrEqual(4.5);
  });

  it("shows the borders of controls and every series", () => {
    for (const colour of [palette.control, ...colours])
      expect(contrast(colour, palette.surface)).toBeGreaterThanOrEqual(3);
  });

  it("has as many distinct series as there are channels by default", () => {
    expect(new Set(colours).size).toBeGreaterThanOrEqual(7);
  });
});
