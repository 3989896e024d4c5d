import type { Change } from "../../shared/change.ts";
import { listChannel } from "../../shared/match.ts";
import type { Rejection } from "../../shared/message.ts";
import type { Cycle } from "../../shared/snapshot.ts";
import type { MatchFacts } from "../facts/facts.ts";
import type { Telling } from "../facts/origin.ts";
import type { JournaledMessage } from "../journal.ts";
import { absentFrom, type CompleteList, listedIds } from "../matches/presence.ts";
import type { MatchRecord } from "../matches/record.ts";
import type { RetentionLimits } from "../matches/retention-limits.ts";
import { applyTold, type Brought, type Known, titleOf } from "./apply.ts";
import { type Arrival, type Kept, ownFailure } from "./arrival.ts";
import { idOfWire } from "./decode/matches.ts";
import { type Fingerprint, fingerprintOf } from "./dedupe.ts";
import { gistOf, journaledMessage, type Said, verdictOf } from "./gist.ts";
import type { MatchUpdates, Message, Report } from "./message.ts";

/** What one arrival amounts to. */
export type Effect = {
  /** What the journal keeps of it; null when it needs nothing of it, or has it already. */
  readonly message: JournaledMessage | null;
  /** The message that leaves the quarantine with it. */
  readonly released: number | null;
  readonly print: Fingerprint | null;
  readonly told: readonly MatchFacts[];
  readonly records: readonly MatchRecord[];
  readonly changes: readonly Change[];
  readonly cycle: Cycle | null;
  readonly report: Report | null;
  readonly list: CompleteList | null;
  readonly isWhole: boolean;
};

export type EffectTools = Known & {
  readonly records: ReadonlyMap<string, MatchRecord>;
  readonly isDuplicate: (print: Fingerprint) => boolean;
  /** The complete list that was taken last; null before the first. */
  readonly lastList: CompleteList | null;
  /** Ids are never given out twice, not even when nothing comes of them. */
  readonly nextMessageId: () => number;
  readonly nextChangeId: () => number;
  readonly encode: (text: string) => Uint8Array;
  readonly limits: RetentionLimits;
  /** Payloads larger than this are not kept. */
  readonly maxBytes: number;
};

/** The name under which a list that was refused in part is known when it comes again. */
const listName = "list";

const nothing: Effect = {
  message: null,
  released: null,
  print: null,
  told: [],
  records: [],
  changes: [],
  cycle: null,
  report: null,
  list: null,
  isWhole: false,
};

/** What an arrival amounts to on the ground of what is known. Nothing is changed by asking. */
export const effectOf = (arrival: Arrival, tools: EffectTools): Effect => {
  const { decoded, kept } = arrival;
  if (!decoded.ok) return refusedEffect(arrival, decoded.rejection, tools);
  const { message } = decoded;
  const { messageId } = message;
  const print: Fingerprint | null =
    kept.kind === "whole" && messageId !== null ? [messageId, fingerprintOf(kept.payload)] : null;
  if (print === null) return act(arrival, message, tools);
  if (!tools.isDuplicate(print)) return { ...act(arrival, message, tools), print };
  const matchIds = matchIdsOf(message);
  const said = { gist: gistOf(message, 0, matchIds), matchIds, rejections: [], isDuplicate: true };
  return { ...nothing, ...keep(arrival, said, tools), print };
};

/** What is left of an arrival when we ourselves fail on it. */
export const failedEffect = (arrival: Arrival, tools: EffectTools): Effect => refusedEffect(arrival, ownFailure, tools);

const refusedEffect = (arrival: Arrival, rejection: Rejection, tools: EffectTools): Effect => {
  const said: Said = { gist: { type: "invalid", rejection }, matchIds: [], rejections: [rejection] };
  return { ...nothing, ...keep(arrival, said, tools) };
};

const act = (arrival: Arrival, message: Message, tools: EffectTools): Effect => {
  const { body } = message;
  if (body.type === "match_updates") return bring(arrival, { message, updates: body }, tools);
  const effect = { ...nothing, ...keep(arrival, { gist: body, matchIds: [], rejections: [] }, tools) };
  if (body.type === "system_alert") return { ...effect, report: body };
  if (body.type === "health_check") return effect;
  const { status, cycle, matches, durationMs } = body;
  return { ...effect, report: body, cycle: { at: arrival.telling.at, status, cycle, matches, durationMs } };
};

type Updates = { readonly message: Message; readonly updates: MatchUpdates };

const bring = (arrival: Arrival, { message, updates }: Updates, tools: EffectTools): Effect => {
  const { telling } = arrival;
  // A match that is told of twice would else change back and forth each time the same is told again.
  const told = [...new Map(updates.matches.map((facts) => [facts.id, facts])).values()];
  const { notes, urgent, rejections } = updates;
  const brought = applyTold({ matches: told, notes, urgent, limits: tools.limits }, telling, tools, tools.nextChangeId);
  const list = completeListOf(arrival, updates);
  const missing =
    list === null
      ? missedSince(brought, telling, tools)
      : missingFrom(list, tools.records.values(), withBrought(brought, tools));
  const changed = new Set(brought.changes.map(({ matchId }) => matchId));
  const { kept, print, matchIds } =
    arrival.kept.kind === "news"
      ? { ...excerptOf(arrival.kept.matches, { arrival, updates, changed }, tools), matchIds: [...changed] }
      : { kept: arrival.kept, print: null, matchIds: matchIdsOf(message) };
  const said = { gist: gistOf(message, brought.changes.length, matchIds), matchIds, rejections };
  return {
    ...nothing,
    ...keep({ ...arrival, kept }, said, tools),
    print,
    told,
    records: [...brought.records, ...missing.records],
    changes: [...brought.changes, ...missing.changes],
    list,
    isWhole: missing.isWhole,
  };
};

/** null for what makes no claim to be complete, and for a list that proves nothing. */
const completeListOf = ({ telling }: Arrival, updates: MatchUpdates): CompleteList | null => {
  const { at, completeAt, receivedAt, toldSince } = telling;
  const ids = completeAt === null ? null : listedIds(updates);
  return completeAt === null || ids === null ? null : { ids, askedAt: completeAt, at, receivedAt, toldSince };
};

type Missing = Brought & Pick<Effect, "isWhole">;

/** What follows from what a complete list does not have. */
const missingFrom = (list: CompleteList, candidates: Iterable<MatchRecord>, tools: EffectTools): Missing => {
  const { at, receivedAt } = list;
  const { records, gone, isWhole } = absentFrom(candidates, list, tools.get);
  const changes = gone.map(
    ({ match, sources }): Change => ({
      id: tools.nextChangeId(),
      matchId: match.id,
      title: titleOf(match),
      at: receivedAt,
      difference: { field: "gone" },
      origin: {
        at,
        dialect: sources.findLast(({ channel }) => channel === listChannel)?.dialect ?? "guide",
        channel: listChannel,
      },
      note: null,
      urgent: false,
    }),
  );
  return { records, changes, isWhole };
};

/** What was said before the last complete list makes no match current that this list did not have. */
const missedSince = (brought: Brought, telling: Telling, tools: EffectTools): Missing => {
  const { lastList } = tools;
  const nothingMissed = { records: [], changes: [], isWhole: telling.completeAt !== null };
  if (lastList === null || lastList.at <= telling.at) return nothingMissed;
  const unheardSince = brought.records.filter(({ updatedAt }) => updatedAt < lastList.askedAt);
  return missingFrom({ ...lastList, toldSince: null }, unheardSince, withBrought(brought, tools));
};

const withBrought = ({ records }: Brought, tools: EffectTools): EffectTools => {
  const brought = new Map(records.map((record) => [record.match.id, record]));
  return { ...tools, get: (id) => brought.get(id) ?? tools.get(id) };
};

type Listed = { readonly arrival: Arrival; readonly updates: MatchUpdates; readonly changed: ReadonlySet<string> };

/**
 * Of a list the matches are kept that brought something or were refused, as a message of their own. What was refused before,
 * with nothing new beside it, is in quarantine already.
 */
const excerptOf = (
  list: readonly unknown[],
  { arrival, updates, changed }: Listed,
  tools: EffectTools,
): { readonly kept: Kept; readonly print: Fingerprint | null } => {
  if (changed.size === 0 && updates.rejections.length === 0) return { kept: arrival.kept, print: null };
  const matches = list.filter((match) => {
    const id = idOfWire(match);
    return id === null || changed.has(id);
  });
  const print: Fingerprint = [listName, fingerprintOf(tools.encode(JSON.stringify(matches)))];
  if (changed.size === 0 && tools.isDuplicate(print)) return { kept: arrival.kept, print };
  const wire = { type: "match_updates", timestamp: arrival.telling.at, payload: { matches } };
  return { kept: { kind: "whole", payload: tools.encode(JSON.stringify(wire)) }, print };
};

const keep = (arrival: Arrival, said: Said, tools: EffectTools): Pick<Effect, "message" | "released"> => {
  const { kept } = arrival;
  switch (kept.kind) {
    case "whole": {
      const { payload } = kept;
      const { maxBytes } = tools;
      return {
        message: journaledMessage(arrival, said, { id: tools.nextMessageId(), payload, maxBytes }),
        released: null,
      };
    }
    case "news":
      return { message: null, released: null };
    case "already":
      return { message: null, released: verdictOf(said) === "valid" ? kept.id : null };
  }
};

const matchIdsOf = ({ body }: Message): readonly string[] =>
  body.type === "match_updates" ? body.matches.map((match) => match.id) : [];
