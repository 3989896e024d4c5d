import type { MessageSummary } from "../../../shared/message.ts";
import type { Json } from "../../parts/json/tree.ts";

const idNames = ["matchid", "match_id", "id"] as const;

/** The object that describes a match, wherever it lies in a payload. */
export const matchIn = (payload: Json, matchId: string): Json | null => {
  if (typeof payload !== "object" || payload === null) return null;
  if (!Array.isArray(payload)) {
    const object = payload as { readonly [key: string]: Json };
    if (idNames.some((name) => Object.hasOwn(object, name) && String(object[name]) === matchId)) return object;
  }
  for (const child of Object.values(payload)) {
    const found = matchIn(child, matchId);
    if (found !== null) return found;
  }
  return null;
};

const dialectOf = ({ gist }: MessageSummary): string | null => (gist.type === "match_updates" ? gist.dialect : null);

/** The newest message before this one that tells of the match in the same dialect: others use other words for the same. */
export const previousOf = (message: MessageSummary, candidates: readonly MessageSummary[]): MessageSummary | null =>
  candidates.find(
    (candidate) =>
      candidate.id < message.id &&
      candidate.gist.type === "match_updates" &&
      dialectOf(candidate) === dialectOf(message),
  ) ?? null;
