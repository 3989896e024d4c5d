import type { MessageGist, Rejection, Verdict } from "../../shared/message.ts";
import type { JournaledMessage } from "../journal.ts";
import { type Arrival, envelopeOf } from "./arrival.ts";
import type { Message } from "./message.ts";

/** Up to this many ids are named in a summary. */
const namedMatches = 8;

/** What is said of an arrival where it is shown. */
export type Said = {
  readonly gist: MessageGist;
  /** The matches it belongs to. */
  readonly matchIds: readonly string[];
  readonly rejections: readonly Rejection[];
  readonly isDuplicate?: boolean;
};

export const gistOf = (body: Message["body"], changes: number, matchIds: readonly string[]): MessageGist =>
  body.type === "match_updates"
    ? {
        type: body.type,
        dialect: body.matches[0]?.dialect ?? null,
        matches: body.matches.length,
        changes,
        rejected: body.rejections.length,
        noted: body.matches.reduce((sum, { noted }) => sum + noted.length, 0),
        matchIds: matchIds.slice(0, namedMatches),
      }
    : body;

export const verdictOf = ({ gist, rejections, isDuplicate = false }: Said): Verdict => {
  if (isDuplicate) return "duplicate";
  if (rejections.length === 0) return "valid";
  return gist.type === "match_updates" && gist.matches > 0 ? "partly" : "invalid";
};

/** An arrival as the journal keeps it. Payloads larger than `maxBytes` are not kept. */
export const journaledMessage = (
  { telling, decoded }: Arrival,
  said: Said,
  kept: { readonly id: number; readonly payload: Uint8Array; readonly maxBytes: number },
): JournaledMessage => {
  const { id, payload, maxBytes } = kept;
  const { messageId, publishedAt } = envelopeOf(decoded);
  return {
    summary: {
      id,
      receivedAt: telling.receivedAt,
      publishedAt,
      channel: telling.channel,
      messageId,
      bytes: payload.byteLength,
      verdict: verdictOf(said),
      gist: said.gist,
    },
    payload: payload.byteLength > maxBytes ? null : payload,
    matchIds: said.matchIds,
    rejections: said.rejections.map(({ path, reason }) => ({ path, reason })),
  };
};
