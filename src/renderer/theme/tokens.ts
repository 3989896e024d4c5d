/**
 * The look, in one place: colours of both themes, spacing, radii, type. The Mantine theme and the CSS variables
 * (`--av-…`) are made from these. Text on its ground has a contrast of at least 4.5, lines of controls and series 3
 * (tokens.test.ts).
 */

export type Palette = {
  /** The window's ground; surfaces lie on it, insets are sunk into surfaces. */
  readonly canvas: string;
  readonly surface: string;
  readonly inset: string;
  readonly hover: string;
  readonly line: string;
  /** Borders of controls, which must be seen to be used. */
  readonly control: string;
  readonly text: string;
  readonly dim: string;
  readonly accent: string;
  readonly accentGround: string;
  /** Text on a ground of full accent (or ok, warning, critical). */
  readonly onAccent: string;
  readonly ok: string;
  readonly okGround: string;
  readonly warning: string;
  readonly warningGround: string;
  readonly critical: string;
  readonly criticalGround: string;
};

export const light: Palette = {
  canvas: "#f4f6f9",
  surface: "#ffffff",
  inset: "#f0f3f7",
  hover: "#eaeff5",
  line: "#dde3eb",
  control: "#818d9f",
  text: "#17212f",
  dim: "#536074",
  accent: "#1d56ac",
  accentGround: "#e4edfa",
  onAccent: "#ffffff",
  ok: "#176a3c",
  okGround: "#e2f3e8",
  warning: "#855100",
  warningGround: "#fdf0d3",
  critical: "#b0231c",
  criticalGround: "#fde8e6",
};

export const dark: Palette = {
  canvas: "#10141a",
  surface: "#171c24",
  inset: "#1e242e",
  hover: "#232a36",
  line: "#2b3340",
  control: "#6d788a",
  text: "#e6ebf2",
  dim: "#a3aebf",
  accent: "#85b4f7",
  accentGround: "#1b2d48",
  onAccent: "#0c131d",
  ok: "#6fcd98",
  okGround: "#15301f",
  warning: "#f0b653",
  warningGround: "#35280f",
  critical: "#ff938a",
  criticalGround: "#3c1917",
};

/**
 * Colours of chart series, told apart by people with any colour vision (after Okabe and Ito), in fixed order. Lines
 * carry dashes besides, so that colour is never alone in telling.
 */
export const series = {
  light: ["#0068a8", "#c25400", "#00805c", "#9a4a84", "#7a6200", "#4a7fc1", "#5b6675", "#8c3f2b"],
  dark: ["#56b4e9", "#ff9447", "#3fcf9c", "#e38fc8", "#f0d24a", "#9fb8ff", "#a3aebf", "#e0a18e"],
} as const;

/** The spark of the kick-off: in the mark, and nowhere else. */
export const spark = { light: "#e0a000", dark: "#ffc53d" } as const;

/** Areas of charts lie on dark grounds like lamps when they are full. */
export const areaOpacity = { light: 0.92, dark: 0.72 } as const;

export const spacing = { xs: "4px", sm: "8px", md: "12px", lg: "16px", xl: "24px" } as const;
export const radius = { xs: "3px", sm: "4px", md: "6px", lg: "8px", xl: "12px" } as const;
export const fontSizes = { xs: "0.75rem", sm: "0.8125rem", md: "0.875rem", lg: "1rem", xl: "1.25rem" } as const;
export const fonts = {
  text: '"Inter Variable", system-ui, sans-serif',
  code: 'ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace',
} as const;
/** Heights of rows in lists and tables, in pixels: fixed, so that nothing jumps and lists can be virtual. */
export const rowHeight = { dense: 28, normal: 36 } as const;
