import { lstatSync, readFileSync, statSync } from "node:fs";
import { TextDecoder } from "node:util";
import type { DotenvFault, Layers, Values } from "../../core/config/layers.ts";
import { errorCode } from "../../core/error-name.ts";
import { encodingOf } from "../../shared/dotenv/encoding.ts";
import { type DotenvLine, readDotenv, valuesOf } from "../../shared/dotenv/read.ts";
import { otherThanFile } from "./regular-file.ts";

type DotenvLayer = Required<Pick<Layers, "dotenv" | "dotenvFaults">>;

/** A `.env` file, read without touching the environment; one that is not there is as good as an empty one. */
export const readDotenvFile = (file: string, environment: Values): DotenvLayer => {
  const read = readDotenvText(file);
  if ("found" in read) return { dotenv: {}, dotenvFaults: [{ kind: "file", found: read.found }] };
  const lines = readDotenv(read.text, environment);
  return { dotenv: valuesOf(lines), dotenvFaults: lines.flatMap(faultsIn) };
};

const faultsIn = (line: DotenvLine): readonly DotenvFault[] => {
  if (line.kind !== "pair") return [{ kind: "line", line: line.line }];
  return line.unset.length === 0 ? [] : [{ kind: "unset", name: line.name, variables: line.unset }];
};

/** What is written there, in whichever encoding. `found`: what is there in place of a text. */
export const readDotenvText = (file: string): { readonly text: string } | { readonly found: string } => {
  try {
    if (!isThere(file)) return { text: "" };
    const other = otherThanFile(statSync(file));
    if (other !== null) return { found: other };
    const bytes = readFileSync(file);
    const text = new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
    return text.includes("\0") ? { found: "a file that is no text" } : { text };
  } catch (error) {
    const code = errorCode(error) ?? "unknown";
    return { found: hindrances[code] ?? `a file that cannot be read (${code})` };
  }
};

/** A link is there, wherever it leads: it was put there on purpose. */
const isThere = (file: string): boolean => {
  try {
    lstatSync(file);
    return true;
  } catch (error) {
    const code = errorCode(error);
    if (code === "ENOENT" || code === "ENOTDIR") return false;
    throw error;
  }
};

const leadsNowhere = "a link that leads nowhere";

const hindrances: Readonly<Record<string, string>> = {
  EACCES: "a file that this user may not read",
  EPERM: "a file that this user may not read",
  ELOOP: leadsNowhere,
  // Something of that name is there, and what it links to is not.
  ENOENT: leadsNowhere,
  ENOTDIR: leadsNowhere,
  ERR_ENCODING_INVALID_ENCODED_DATA: "a file in another encoding than UTF-8 or UTF-16",
};
