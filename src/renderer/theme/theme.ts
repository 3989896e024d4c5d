import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from "@mantine/core";
import {
  areaOpacity,
  dark,
  fontSizes,
  fonts,
  light,
  type Palette,
  radius,
  rowHeight,
  series,
  spacing,
  spark,
} from "./tokens.ts";

/** Mantine wants ten shades: the lightest grounds first, the ink of the light theme at 7, of the dark theme at 3. */
const shades = (ground: string, onDark: string, onLight: string): MantineColorsTuple => [
  ground,
  ground,
  onDark,
  onDark,
  onDark,
  onLight,
  onLight,
  onLight,
  onLight,
  onLight,
];

/** Full grounds are dark in the light theme and light in the dark one; Mantine would choose their ink once for both. */
const variantColorResolver: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input);
  return input.variant === "filled" ? { ...colors, color: "var(--av-on-accent)" } : colors;
};

/** The element that holds menus, lists of choices and hints, so that they too lie within a landmark. */
export const overlays = "overlays";

export const theme = createTheme({
  colors: {
    brand: shades(light.accentGround, dark.accent, light.accent),
    green: shades(light.okGround, dark.ok, light.ok),
    yellow: shades(light.warningGround, dark.warning, light.warning),
    red: shades(light.criticalGround, dark.critical, light.critical),
    dark: [
      dark.text,
      dark.dim,
      dark.dim,
      dark.control,
      dark.line,
      dark.hover,
      dark.surface,
      dark.canvas,
      dark.canvas,
      "#0b0e13",
    ],
  },
  primaryColor: "brand",
  primaryShade: { light: 7, dark: 3 },
  variantColorResolver,
  white: light.surface,
  black: light.text,
  fontFamily: fonts.text,
  fontFamilyMonospace: fonts.code,
  fontSizes,
  spacing,
  radius,
  defaultRadius: "md",
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    ActionIcon: {
      defaultProps: { variant: "subtle", color: "gray" },
      // What cannot be pressed now is paler, not more conspicuous.
      styles: { root: { "--mantine-color-disabled": "transparent" } },
    },
    Button: { defaultProps: { size: "compact-sm", variant: "default" } },
    SegmentedControl: { defaultProps: { size: "xs" } },
    Select: { defaultProps: { size: "xs" } },
    TextInput: { defaultProps: { size: "xs" } },
    Tooltip: { defaultProps: { openDelay: 300, withArrow: true, multiline: true, maw: 320 } },
    // Its placeholder for the first focus is no item, which a menu may not hold.
    Menu: { defaultProps: { shadow: "md", position: "bottom-end", withInitialFocusPlaceholder: false } },
    Portal: { defaultProps: { target: `#${overlays}` } },
    Popover: { defaultProps: { shadow: "md" } },
    Modal: {
      defaultProps: { radius: "lg", transitionProps: { duration: 0 } },
      styles: { title: { fontSize: fontSizes.md, fontWeight: 650 } },
    },
    Checkbox: { styles: { description: { fontSize: fontSizes.xs } } },
  },
});

const lightVariant = (name: string, ground: string, ink: string): Record<string, string> => ({
  [`--mantine-color-${name}-light`]: ground,
  [`--mantine-color-${name}-light-hover`]: `color-mix(in srgb, ${ground}, ${ink} 12%)`,
  [`--mantine-color-${name}-light-color`]: ink,
});

const variables = (palette: Palette, colours: readonly string[]): Record<string, string> => ({
  "--av-canvas": palette.canvas,
  "--av-surface": palette.surface,
  "--av-inset": palette.inset,
  "--av-hover": palette.hover,
  "--av-line": palette.line,
  "--av-control": palette.control,
  "--av-text": palette.text,
  "--av-dim": palette.dim,
  "--av-accent": palette.accent,
  "--av-accent-ground": palette.accentGround,
  "--av-on-accent": palette.onAccent,
  "--av-ok": palette.ok,
  "--av-ok-ground": palette.okGround,
  "--av-warning": palette.warning,
  "--av-warning-ground": palette.warningGround,
  "--av-critical": palette.critical,
  "--av-critical-ground": palette.criticalGround,
  ...Object.fromEntries(colours.map((colour, index) => [`--av-series-${index + 1}`, colour])),
  ...lightVariant("brand", palette.accentGround, palette.accent),
  ...lightVariant("green", palette.okGround, palette.ok),
  ...lightVariant("yellow", palette.warningGround, palette.warning),
  ...lightVariant("red", palette.criticalGround, palette.critical),
  "--mantine-color-body": palette.surface,
  "--mantine-color-text": palette.text,
  "--mantine-color-dimmed": palette.dim,
  "--mantine-color-placeholder": palette.dim,
  "--mantine-color-error": palette.critical,
  "--mantine-color-anchor": palette.accent,
  "--mantine-color-default": palette.surface,
  "--mantine-color-default-hover": palette.hover,
  "--mantine-color-default-color": palette.text,
  "--mantine-color-default-border": palette.control,
  "--mantine-color-gray-light-color": palette.dim,
  "--mantine-color-gray-light-hover": palette.hover,
});

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {
    "--av-row-dense": `${rowHeight.dense}px`,
    "--av-code": fonts.code,
  },
  light: {
    ...variables(light, series.light),
    "--av-area-opacity": String(areaOpacity.light),
    "--av-spark": spark.light,
  },
  dark: { ...variables(dark, series.dark), "--av-area-opacity": String(areaOpacity.dark), "--av-spark": spark.dark },
});
