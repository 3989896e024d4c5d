import { listChannel, matchTitle } from "../../shared/match.ts";
import type { Rejection } from "../../shared/message.ts";
import type { Cycle } from "../../shared/snapshot.ts";
import type { MatchFacts } from "../facts/facts.ts";
import type { Telling } from "../facts/origin.ts";
import { absentFrom, type CompleteList, listedIds } from "../matches/presence.ts";
import type { MatchRecord } from "../matches/record.ts";
import type { RetentionLimits } from "../matches/retention-limits.ts";
import { isUrgentChange } from "../matches/urgent.ts";
import { applyTold, type Brought, type Known, knownRecord, type News } from "./apply.ts";
import type { Arrival, Kept } from "./arrival.ts";
import { idOfWire } from "./decode/matches.ts";
import { type Fingerprint, fingerprintOf } from "./fingerprint.ts";
import { gistOf, type Said } from "./gist.ts";
import type { MatchUpdates, Message, Report } from "./message.ts";

/** What one arrival amounts to, before anything of it has a number. */
export type Effect = {
  readonly said: Said;
  /** What the journal keeps of it. */
  readonly kept: Kept;
  readonly print: Fingerprint | null;
  readonly told: readonly MatchFacts[];
  readonly records: readonly MatchRecord[];
  readonly changes: readonly News[];
  readonly cycle: Cycle | null;
  readonly report: Report | null;
  readonly list: CompleteList | null;
  readonly isWhole: boolean;
};

/** What is known when something arrives. */
export type Ground = Known & {
  /** The complete list that was taken last; null before the first. */
  readonly lastList: CompleteList | null;
  readonly limits: RetentionLimits;
  readonly isDuplicate: (print: Fingerprint) => boolean;
  readonly encode: (text: string) => Uint8Array;
};

/** The name under which a list that was refused in part is known when it comes again. */
const listName = "list";

const nothing = {
  told: [],
  records: [],
  changes: [],
  cycle: null,
  report: null,
  list: null,
  isWhole: false,
} as const;

/** What an arrival amounts to on the ground of what is known. Nothing is changed by asking. */
export const effectOf = (arrival: Arrival, ground: Ground): Effect => {
  const { decoded, kept, print, telling } = arrival;
  if (!decoded.ok) return refusedEffect(arrival, decoded.rejection);
  const { body } = decoded.message;
  if (print !== null && ground.isDuplicate(print)) {
    const matchIds = matchIdsOf(body);
    return {
      ...nothing,
      said: { gist: gistOf(body, 0, matchIds), matchIds, rejections: [], isDuplicate: true },
      kept,
      print,
    };
  }
  if (body.type === "match_updates") return bring(arrival, body, ground);
  const effect = { ...nothing, said: { gist: body, matchIds: [], rejections: [] }, kept, print };
  switch (body.type) {
    case "health_check":
      return effect;
    case "system_alert":
      return { ...effect, report: body };
    case "processing_status": {
      const { status, cycle, matches, durationMs } = body;
      return { ...effect, report: body, cycle: { at: telling.at, status, cycle, matches, durationMs } };
    }
  }
};

/** What is left of an arrival that is refused. */
export const refusedEffect = ({ kept }: Arrival, rejection: Rejection): Effect => ({
  ...nothing,
  said: { gist: { type: "invalid", rejection }, matchIds: [], rejections: [rejection] },
  kept,
  print: null,
});

const bring = (arrival: Arrival, updates: MatchUpdates, ground: Ground): Effect => {
  const { telling } = arrival;
  // A match that is told of twice would else change back and forth each time the same is told again.
  const told =
    updates.matches.length < 2
      ? updates.matches
      : [...new Map(updates.matches.map((facts) => [facts.id, facts])).values()];
  const { notes, urgent, rejections } = updates;
  const brought = applyTold({ matches: told, notes, urgent, limits: ground.limits }, telling, ground);
  const list = completeListOf(arrival, updates);
  const missing =
    list === null ? missedSince(brought, telling, ground) : missingFrom(list, ground.records.values(), brought, ground);
  const changed = new Set(brought.changes.map(({ matchId }) => matchId));
  const { kept, print, matchIds } =
    arrival.kept.kind === "news"
      ? { ...excerptOf(arrival.kept.matches, { arrival, updates, changed }, ground), matchIds: [...changed] }
      : { kept: arrival.kept, print: arrival.print, matchIds: matchIdsOf(updates) };
  return {
    ...nothing,
    said: { gist: gistOf(updates, brought.changes.length, matchIds), matchIds, rejections },
    kept,
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

const lack = { field: "gone" } as const;

type Missing = Brought & Pick<Effect, "isWhole">;

/** What follows from what a complete list does not have. */
const missingFrom = (
  list: CompleteList,
  candidates: Iterable<MatchRecord>,
  brought: Brought,
  ground: Ground,
): Missing => {
  const { at, receivedAt } = list;
  const now = new Map(brought.records.map((record) => [record.match.id, record]));
  const { records, gone, isWhole } = absentFrom(candidates, list, (id) => now.get(id) ?? knownRecord(id, ground));
  const changes = gone.map(
    ({ match, sources }): News => ({
      matchId: match.id,
      title: matchTitle(match),
      at: receivedAt,
      difference: lack,
      origin: {
        at,
        dialect: sources.findLast(({ channel }) => channel === listChannel)?.dialect ?? "guide",
        channel: listChannel,
      },
      note: null,
      urgent: isUrgentChange(lack, match.kickoff, receivedAt),
    }),
  );
  return { records, changes, isWhole };
};

/** What was said before the last complete list makes no match current that this list did not have. */
const missedSince = (brought: Brought, telling: Telling, ground: Ground): Missing => {
  const { lastList } = ground;
  if (lastList === null || lastList.at <= telling.at)
    return { records: [], changes: [], isWhole: telling.completeAt !== null };
  const unheardSince = brought.records.filter(({ updatedAt }) => updatedAt < lastList.askedAt);
  return missingFrom({ ...lastList, toldSince: null }, unheardSince, brought, ground);
};

type Listed = { readonly arrival: Arrival; readonly updates: MatchUpdates; readonly changed: ReadonlySet<string> };

/**
 * Of a list the matches are kept that brought something or were refused, as a message of their own. What was refused before,
 * with nothing new beside it, is in quarantine already.
 */
const excerptOf = (
  list: readonly unknown[],
  { arrival, updates, changed }: Listed,
  ground: Ground,
): Pick<Effect, "kept" | "print"> => {
  if (changed.size === 0 && updates.rejections.length === 0) return { kept: arrival.kept, print: null };
  const matches = list.filter((match) => {
    const id = idOfWire(match);
    return id === null || changed.has(id);
  });
  const print: Fingerprint = [listName, fingerprintOf(ground.encode(JSON.stringify(matches)))];
  if (changed.size === 0 && ground.isDuplicate(print)) return { kept: arrival.kept, print };
  const wire = { type: "match_updates", timestamp: arrival.telling.at, payload: { matches } };
  return { kept: { kind: "whole", payload: ground.encode(JSON.stringify(wire)) }, print };
};

const matchIdsOf = (body: Message["body"]): readonly string[] =>
  body.type === "match_updates" ? body.matches.map((match) => match.id) : [];
