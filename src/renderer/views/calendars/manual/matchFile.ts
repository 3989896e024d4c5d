import { z } from "zod";

/** A list somebody pasted or dropped, before it is sent. The service decodes it; here only its outline is read. */
export type MatchFile =
  | { readonly kind: "empty" }
  | { readonly kind: "not-json"; readonly line: number | null; readonly message: string }
  | { readonly kind: "no-list" }
  | { readonly kind: "matches"; readonly matches: readonly unknown[] };

const lists = z.union([
  z.array(z.unknown()),
  z.object({ matches: z.array(z.unknown()) }).transform(({ matches }) => matches),
  z.object({ matchlista: z.array(z.unknown()) }).transform(({ matchlista }) => matchlista),
  // A whole message, as it comes over Redis.
  z.object({ payload: z.object({ matches: z.array(z.unknown()) }) }).transform(({ payload }) => payload.matches),
]);

/** A single match may stand alone. */
const single = z.union([z.object({ matchid: z.unknown() }), z.object({ match_id: z.unknown() })]);

/** V8 names the place in one of three ways: by line, by position, or by quoting what stands around it. */
const lineOf = (message: string, text: string): number | null => {
  const line = /\(line (\d+) column \d+\)/.exec(message)?.[1];
  if (line !== undefined) return Number(line);
  const lineAt = (index: number): number => text.slice(0, index).split("\n").length;
  const position = /at position (\d+)/.exec(message)?.[1];
  if (position !== undefined) return lineAt(Number(position));
  if (message.includes("end of JSON input")) return lineAt(text.trimEnd().length);
  const quoted = /\.\.\.\s?"([\s\S]*)"\.\.\. is not valid JSON$/.exec(message)?.[1];
  const at = quoted === undefined ? -1 : text.indexOf(quoted);
  return at === -1 || quoted === undefined ? null : lineAt(at + Math.floor(quoted.length / 2));
};

export const readMatchFile = (text: string): MatchFile => {
  // Files from Windows often begin with a byte order mark.
  const bare = text.replace(/^\uFEFF/, "");
  if (bare.trim() === "") return { kind: "empty" };
  let value: unknown;
  try {
    value = JSON.parse(bare);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { kind: "not-json", line: lineOf(message, bare), message };
  }
  const list = lists.safeParse(value);
  if (list.success) return list.data.length === 0 ? { kind: "no-list" } : { kind: "matches", matches: list.data };
  return single.safeParse(value).success ? { kind: "matches", matches: [value] } : { kind: "no-list" };
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
