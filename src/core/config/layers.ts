import type { Expected } from "../../shared/address/reading.ts";
import type { SettingName, SettingSource } from "../../shared/config.ts";

export type Values = Readonly<Record<string, string | undefined>>;

/** What is wrong with a `.env` file. */
export type DotenvFault =
  /** Nothing of it can be read; in words, such as "a folder". */
  | { readonly kind: "file"; readonly found: string }
  /** A line that is neither an assignment nor a comment. */
  | { readonly kind: "line"; readonly line: number }
  /** The value of `name` speaks of variables that are set nowhere. */
  | { readonly kind: "unset"; readonly name: string; readonly variables: readonly string[] };

/** Where values come from; the first layer that has one wins. Empty text counts as unset. */
export type Layers = {
  readonly environment: Values;
  readonly dotenv: Values;
  readonly dotenvFaults?: readonly DotenvFault[];
  readonly settings: Values;
  /** Saved settings whose value cannot be opened: they are set, and nobody knows to what. */
  readonly unopened?: readonly string[];
  /** What ~ stands for; null where this user has no home folder. Paths stay as they are written where it is left out. */
  readonly home?: string | null;
};

/** What a process finds around it. */
export type Surroundings = Omit<Layers, "settings" | "unopened">;

/** The value of a name in one layer; null where it is not set there. */
export const valueIn = (values: Values, name: string): string | null => {
  const text = values[name]?.trim();
  return text === undefined || text === "" ? null : text;
};

/** A value as it was found; `from` names what it was made of where that is not the setting itself. */
export type FoundValue = {
  readonly text: string;
  readonly source: SettingSource;
  readonly from: readonly string[];
  /** What it was made of cannot be used: which part of it, as it may be shown, and what that should be. */
  readonly fault?: {
    readonly name: string;
    readonly source: SettingSource;
    readonly shown: string;
    readonly expected: Expected;
  };
};

/** What was set under the setting's own name. */
export const foundByName = (name: SettingName, layers: Layers): FoundValue | null => {
  for (const source of ["environment", "dotenv", "settings"] as const) {
    const text = valueIn(layers[source], name);
    if (text !== null) return { text, source, from: [] };
  }
  return null;
};
