import type { Change } from "../../shared/change.ts";
import { instantOf } from "../../shared/instant.ts";
import type { MessageGist, MessageSummary, Rejection, Verdict } from "../../shared/message.ts";
import type { Cycle } from "../../shared/snapshot.ts";
import type { MatchFacts } from "../facts/facts.ts";
import { clampedAt } from "../facts/origin.ts";
import type { JournaledMessage } from "../journal.ts";
import type { MatchRecord } from "../matches/record.ts";
import type { RetentionLimits } from "../matches/retention.ts";
import { applyTold, type Overlay } from "./apply.ts";
import type { Decoded, Message, Report } from "./message.ts";

/** One message as it came off the wire. `receivedAt` in milliseconds since the epoch. */
export type Heard = {
  readonly channel: string;
  readonly payload: Uint8Array;
  readonly receivedAt: number;
  /** Set when it comes from the journal's spill, where it stays until it is journaled whole. */
  readonly spillId?: number;
};

/** What some messages amount to, before any of it is acted on. */
export type Outcome = {
  readonly messages: readonly JournaledMessage[];
  /** Every match it speaks of, as it is now. */
  readonly matches: readonly MatchRecord[];
  /** Of those the ones the journal must have: of the others only the times are newer. */
  readonly kept: readonly MatchRecord[];
  readonly changes: readonly Change[];
  readonly cycles: readonly Cycle[];
  /** What the publisher says of itself, in the order in which it was said. */
  readonly reports: readonly Report[];
};

export type BatchTools = {
  readonly decode: (payload: Uint8Array, channel: string) => Decoded;
  readonly isDuplicate: (messageId: string, payload: Uint8Array) => boolean;
  readonly overlay: Overlay;
  readonly nextMessageId: () => number;
  readonly nextChangeId: () => number;
  /** What a message told of a match, after it was applied. */
  readonly onTold: (facts: MatchFacts) => void;
  /** Payloads larger than this are not kept. */
  readonly maxBytes: number;
  readonly limits: () => RetentionLimits;
  /** The messages were heard before and are read again. */
  readonly isReplay?: boolean;
};

/** Up to this many ids are named in a summary. */
const namedMatches = 8;

/** Decodes messages and applies them to the overlay; touches nothing else. */
export const createBatch = (tools: BatchTools) => {
  const messages: JournaledMessage[] = [];
  const changes: Change[] = [];
  const cycles: Cycle[] = [];
  const reports: Report[] = [];

  const take = (heard: Heard): void => {
    const decoded = tools.decode(heard.payload, heard.channel);
    if (!decoded.ok) {
      note(heard, decoded, {
        verdict: "invalid",
        gist: { type: "invalid", rejection: decoded.rejection },
        matchIds: [],
        rejections: [decoded.rejection],
      });
      return;
    }
    const { message } = decoded;
    if (message.messageId !== null && tools.isDuplicate(message.messageId, heard.payload)) {
      const matchIds = matchIdsOf(message);
      note(heard, message, { verdict: "duplicate", gist: gistOf(message, 0), matchIds, rejections: [] });
      return;
    }
    act(heard, message);
  };

  const act = (heard: Heard, message: Message): void => {
    const { body } = message;
    const receivedAt = instantOf(heard.receivedAt);
    switch (body.type) {
      case "match_updates": {
        const brought = applyTold(
          { matches: body.matches, notes: body.notes, urgent: body.urgent },
          {
            channel: heard.channel,
            at: clampedAt(message.publishedAt, receivedAt),
            receivedAt,
            isReplay: tools.isReplay ?? false,
            limits: tools.limits(),
          },
          tools.overlay,
          tools.nextChangeId,
        );
        // One by one: a list may be longer than a call may have arguments.
        for (const change of brought) changes.push(change);
        for (const facts of body.matches) tools.onTold(facts);
        const verdict = verdictOf(body.matches.length, body.rejections);
        const gist = gistOf(message, brought.length);
        note(heard, message, { verdict, gist, matchIds: matchIdsOf(message), rejections: body.rejections });
        return;
      }
      case "processing_status": {
        const { status, cycle, matches, durationMs } = body;
        cycles.push({ at: clampedAt(message.publishedAt, receivedAt), status, cycle, matches, durationMs });
        reports.push(body);
        break;
      }
      case "system_alert":
        reports.push(body);
        break;
    }
    note(heard, message, { verdict: "valid", gist: gistOf(message, 0), matchIds: [], rejections: [] });
  };

  const note = (
    heard: Heard,
    envelope: Pick<MessageSummary, "messageId" | "publishedAt">,
    said: {
      readonly verdict: Verdict;
      readonly gist: MessageGist;
      readonly matchIds: readonly string[];
      readonly rejections: readonly Rejection[];
    },
  ): void => {
    const { verdict, gist, matchIds, rejections } = said;
    messages.push({
      summary: {
        id: tools.nextMessageId(),
        receivedAt: instantOf(heard.receivedAt),
        publishedAt: envelope.publishedAt,
        channel: heard.channel,
        messageId: envelope.messageId,
        bytes: heard.payload.byteLength,
        verdict,
        gist,
      },
      payload: heard.payload.byteLength > tools.maxBytes ? null : heard.payload,
      matchIds,
      rejections,
    });
  };

  const outcome = (): Outcome => ({
    messages,
    matches: tools.overlay.touched(),
    kept: tools.overlay.changed(),
    changes,
    cycles,
    reports,
  });
  return { take, outcome };
};

const verdictOf = (accepted: number, rejections: readonly Rejection[]): Verdict => {
  if (rejections.length === 0) return "valid";
  return accepted === 0 ? "invalid" : "partly";
};

const matchIdsOf = ({ body }: Message): readonly string[] =>
  body.type === "match_updates" ? body.matches.map((match) => match.id) : [];

const gistOf = ({ body }: Message, changes: number): MessageGist => {
  switch (body.type) {
    case "match_updates":
      return {
        type: body.type,
        dialect: body.matches[0]?.dialect ?? null,
        matches: body.matches.length,
        changes,
        rejected: body.rejections.length,
        matchIds: body.matches.slice(0, namedMatches).map((match) => match.id),
      };
    case "processing_status":
      return body;
    case "system_alert":
      return body;
  }
};
