import { z } from "zod";
import { detectEncoding } from "../../../../shared/json/encoding.ts";
import { parseJson } from "../../../../shared/json/read.ts";
import { createTextDecoding } from "../../../../shared/json/text.ts";
import { matchesIn } from "../../../../shared/match-list.ts";

/** A list somebody pasted or dropped, before it is sent. The service decodes it; here only its outline is read. */
export type MatchFile =
  | { readonly kind: "empty" }
  | { readonly kind: "not-json"; readonly line: number | null; readonly message: string }
  | { readonly kind: "no-list" }
  | { readonly kind: "matches"; readonly matches: readonly unknown[] };

/** The text of a file, which may have been written in UTF-16, as Windows does; null when it is text in no such way. */
export const textOfFile = (bytes: Uint8Array): string | null => decodeText(bytes, detectEncoding(bytes));

const decodeText = createTextDecoding(TextDecoder);

export const readMatchFile = (text: string): MatchFile => {
  const json = parseJson(text);
  if (!json.ok) {
    if (json.reason === "empty") return { kind: "empty" };
    const line = json.position === null ? null : text.slice(0, json.position).split("\n").length;
    return { kind: "not-json", line, message: json.detail ?? json.reason };
  }
  const matches = matchesIn(json.value);
  return matches === null || matches.length === 0 ? { kind: "no-list" } : { kind: "matches", matches };
};

const word = z.union([z.string(), z.number()]).transform(String);
const outline = z.object({
  matchid: word.optional().catch(undefined),
  match_id: word.optional().catch(undefined),
  hemmalag: z.string().optional().catch(undefined),
  bortalag: z.string().optional().catch(undefined),
  lag1namn: z.string().optional().catch(undefined),
  lag2namn: z.string().optional().catch(undefined),
  teams: z
    .union([
      z.string(),
      z
        .object({ home: z.object({ name: z.string() }), away: z.object({ name: z.string() }) })
        .transform(({ home, away }) => `${home.name} – ${away.name}`),
    ])
    .optional()
    .catch(undefined),
});

/** What a match calls itself, in whichever dialect: enough to find it in the file again. */
export const outlineOf = (match: unknown): { readonly id: string | null; readonly title: string | null } => {
  const read = outline.safeParse(match);
  if (!read.success) return { id: null, title: null };
  const { matchid, match_id, hemmalag, bortalag, lag1namn, lag2namn, teams } = read.data;
  const home = lag1namn ?? hemmalag;
  const away = lag2namn ?? bortalag;
  const named = home === undefined && away === undefined ? null : `${home ?? "?"} – ${away ?? "?"}`;
  return { id: matchid ?? match_id ?? null, title: teams ?? named };
};
