import type { Difference } from "../../shared/change.ts";
import type { Instant } from "../../shared/instant.ts";
import { listChannel, type Match, type MatchField, type Origin } from "../../shared/match.ts";
import type { MatchFacts } from "../facts/facts.ts";
import { differences, fieldsOf, type Group, type Writable, worthTelling } from "./fields.ts";
import { later, type MatchRecord, newRecord } from "./record.ts";
import { matchOf, resolvedAgain } from "./resolve.ts";
import { same } from "./same.ts";
import { afterHearing, type Hearing, type Statement } from "./statements.ts";

type After = { readonly match: Match; readonly changes: readonly Difference[] };

/**
 * The match when the statements say another thing of these groups. What is the same stays the same object, so that others
 * may compare identities.
 */
const matchAfter = (match: Match, statements: readonly Statement[], differing: readonly Group[]): After => {
  if (differing.length === 0) return { match, changes: [] };
  const fields = fieldsOf(differing);
  const after: Writable<Match> = resolvedAgain(match, statements, differing);
  const found = differences(match, after, fields);
  if (found.length === 0) return { match, changes: [] };
  const keep = <F extends MatchField>(field: F): void => {
    after[field] = match[field];
  };
  for (const field of fields) if (!found.some((difference) => difference.field === field)) keep(field);
  return { match: after, changes: worthTelling(found) };
};

/** Brings what a message tells of a match to what we know of it, and says what that changed. */
export const applyFacts = (
  record: MatchRecord | undefined,
  facts: MatchFacts,
  /** `urgent`: the publisher marked the message high_priority. */
  hearing: Hearing & { readonly urgent: boolean },
): { readonly record: MatchRecord; readonly differences: readonly Difference[] } => {
  const { origin, receivedAt, urgent, isReplay } = hearing;
  const { statements, differing } = afterHearing(record?.statements ?? [], facts, hearing);
  if (record === undefined)
    return {
      record: {
        ...newRecord(matchOf(facts.id, statements), receivedAt),
        statements,
        sources: withSource([], origin),
        noted: notedAfter([], facts),
        urgent,
      },
      differences: [{ field: "added" }],
    };
  const { match, changes } = matchAfter(record.match, statements, differing);
  // Only a list says that a match is gone, so a list that is asked for later and has it is right.
  const isLaterList = origin.channel === listChannel && !isReplay;
  // What lies in the future was told by a clock that was wrong: it was heard before this.
  const isAfter = (at: Instant): boolean => isLaterList || origin.at > at || (!isReplay && at > receivedAt);
  const isBack = record.goneAt !== null && isAfter(record.goneAt);
  const found: readonly Difference[] = isBack ? [{ field: "returned" }, ...changes] : changes;
  return {
    // Written out: copying a record key by key takes longer than all else here.
    record: {
      match,
      statements,
      sources: withSource(record.sources, origin),
      firstAt: record.firstAt,
      updatedAt: isReplay ? later(receivedAt, record.updatedAt) : receivedAt,
      changedAt: found.length === 0 ? record.changedAt : later(receivedAt, record.changedAt),
      goneAt: isBack ? null : record.goneAt,
      goneBy: isBack ? null : record.goneBy,
      inDoubt: record.inDoubt !== null && isAfter(record.inDoubt.since) ? null : record.inDoubt,
      keptAt: isLaterList ? null : record.keptAt,
      declinedAt: record.declinedAt,
      noted: isNewest(record.statements, origin) ? notedAfter(record.noted, facts) : record.noted,
      urgent: found.length === 0 ? record.urgent : urgent,
    },
    differences: found,
  };
};

/** So many of the fields that could not be read are kept, of each dialect. */
const mostNoted = 50;

const notedAfter = (noted: MatchRecord["noted"], { dialect, noted: now }: MatchFacts): MatchRecord["noted"] => {
  if (noted.length === 0 && now.length === 0) return noted;
  const others = noted.filter((each) => each.dialect !== dialect);
  const all = [...others, ...now.slice(0, mostNoted).map(({ path, reason }) => ({ path, reason, dialect }))];
  return same(noted, all) ? noted : all;
};

const isNewest = (statements: readonly Statement[], { dialect, at }: Origin): boolean =>
  statements.every(({ origin }) => origin.dialect !== dialect || origin.at <= at);

const withSource = (sources: MatchRecord["sources"], { dialect, channel }: Origin): MatchRecord["sources"] =>
  sources.some((source) => source.dialect === dialect && source.channel === channel)
    ? sources
    : [...sources, { dialect, channel }];
