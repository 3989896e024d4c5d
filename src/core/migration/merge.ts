import type { SettingName } from "../../shared/config.ts";
import { dotenvLine } from "../../shared/dotenv/write.ts";
import type { GoogleTokenFile } from "../../shared/google-token.ts";
import { type Values, valueIn } from "../config/layers.ts";

/** What is added to a `.env`: what it says already stays as it is, so that doing it twice is doing it once. */
export type Addition = {
  /** The settings that it lacks; whole lines. */
  readonly lines: string;
  readonly added: readonly SettingName[];
  /** What it says otherwise. */
  readonly kept: readonly SettingName[];
};

export const additionTo = (there: Values, settings: ReadonlyMap<SettingName, string>): Addition => {
  const missing = [...settings].filter(([name]) => valueIn(there, name) === null);
  const differing = [...settings].filter(([name, text]) => {
    const said = valueIn(there, name);
    return said !== null && said !== text.trim();
  });
  return {
    lines: missing.map(([name, text]) => dotenvLine(name, text)).join(""),
    added: missing.map(([name]) => name),
    kept: differing.map(([name]) => name),
  };
};

/** What becomes of the place where our own token file lies. */
export const signInBeside = (
  ours: Pick<GoogleTokenFile, "refresh_token"> | null,
  theirs: Pick<GoogleTokenFile, "refresh_token">,
): "write" | "same" | "other" => {
  if (ours === null) return "write";
  return ours.refresh_token === theirs.refresh_token ? "same" : "other";
};
