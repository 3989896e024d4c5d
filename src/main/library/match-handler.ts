import type { MatchFacts } from "../../core/facts/facts.ts";
import { decodeMessage } from "../../core/feed/decode.ts";
import { matchOf } from "../../core/matches/resolve.ts";
import { statementOf } from "../../core/matches/statements.ts";
import { instantOf } from "../../shared/instant.ts";
import type { Match } from "../../shared/match.ts";
import type { MessageType, Rejection } from "../../shared/message.ts";
import { decodeText } from "../adapters/text.ts";

export type MatchHandlerResult = {
  /** The message was whole and understood, and the function took its matches. */
  readonly success: boolean;
  /** Matches that the function was given and took. */
  readonly matchesProcessed: number;
  /** Why not, in a sentence; null when it went well. */
  readonly error: string | null;
  /** null when the message could not be understood. */
  readonly type: MessageType | null;
  /** Matches that were refused, each with its place; the others were given all the same. */
  readonly rejections: readonly Rejection[];
};

export type MatchHandler = {
  /** Takes a message as it came off the wire, or already parsed. Never rejects. */
  readonly handle: (message: string | Uint8Array | object) => Promise<MatchHandlerResult>;
};

/** What the program hands in is in its memory already. */
const maxBytes = Number.POSITIVE_INFINITY;

/**
 * Decodes messages in any dialect and gives a function their matches, without Redis, journal or calendars. A message says
 * what it says: what an earlier one told is not added. To throw, to reject or to answer `false` is to fail.
 */
export const createMatchHandler = (onMatches: (matches: readonly Match[]) => unknown): MatchHandler => {
  return {
    handle: async (message) => {
      const decoded = decodeMessage(bytesOf(message), { text: decodeText, utf8Only: false, maxBytes });
      if (!decoded.ok) return refused(decoded.rejection);
      const { body } = decoded.message;
      if (body.type !== "match_updates") return done({ type: body.type, matchesProcessed: 0, rejections: [] });
      const { type, matches, rejections } = body;
      try {
        if (matches.length > 0 && (await onMatches(matches.map(matchAlone))) === false)
          return { ...failed("The function answered false."), type, rejections };
      } catch (error) {
        return { ...failed(error instanceof Error ? error.message : String(error)), type, rejections };
      }
      return done({ type, matchesProcessed: matches.length, rejections });
    },
  };
};

const bytesOf = (message: string | Uint8Array | object): Uint8Array => {
  if (message instanceof Uint8Array) return message;
  return Buffer.from(typeof message === "string" ? message : JSON.stringify(message));
};

const matchAlone = (facts: MatchFacts): Match => {
  const origin = { at: instantOf(0), dialect: facts.dialect, channel: "" };
  return matchOf(facts.id, [statementOf(facts, origin)]);
};

const failed = (error: string) => ({ success: false, matchesProcessed: 0, error });

const sentence = ({ path, reason }: Rejection): string => (path === "" ? `${reason}.` : `${path}: ${reason}.`);

const refused = (rejection: Rejection): MatchHandlerResult => ({
  ...failed(sentence(rejection)),
  type: null,
  rejections: [rejection],
});

/** A list of which some matches were refused is no success, though the others were given. */
const done = (result: Pick<MatchHandlerResult, "type" | "matchesProcessed" | "rejections">): MatchHandlerResult => {
  const [first] = result.rejections;
  return { ...result, success: first === undefined, error: first === undefined ? null : sentence(first) };
};
