import type { Connection } from "../../shared/connection.ts";
import type { Instant } from "../../shared/instant.ts";
import { type Counters, noCounts } from "../../shared/stats.ts";
import type { Outcome } from "../feed/batch.ts";
import type { Journal, JournaledMessage, Loaded } from "../journal.ts";
import type { Clock } from "../ports.ts";
import { createTally } from "../stats/minutes.ts";

type CountsOptions = {
  readonly clock: Pick<Clock, "now">;
  readonly journal: Pick<Journal, "quarantineSize">;
  readonly loaded: Pick<Loaded, "lastIds" | "quarantine">;
  readonly startedAt: Instant;
};

/** What has come in and gone out in this run, counted, and how much waits in quarantine. */
export const createCounts = ({ clock, journal, loaded, startedAt }: CountsOptions) => {
  const tally = createTally();
  const wasMadeAnew = createReconnectWatch();
  let counters = noCounts(startedAt);
  let lastIds: { readonly message: number; readonly change: number } = loaded.lastIds;
  let { quarantine } = loaded;

  const countMessages = (messages: readonly JournaledMessage[]): void => {
    let { received, valid, invalid, duplicates, rejectedMatches, notedFields } = counters;
    for (const { summary, rejections } of messages) {
      const { verdict, receivedAt, publishedAt, channel } = summary;
      received += 1;
      if (verdict === "duplicate") duplicates += 1;
      else if (verdict === "invalid") invalid += 1;
      else valid += 1;
      if (verdict === "partly") rejectedMatches += rejections.length;
      if (summary.gist.type === "match_updates") notedFields += summary.gist.noted;
      const at = Date.parse(receivedAt);
      tally.message({
        at,
        channel,
        verdict: verdict === "partly" ? "valid" : verdict,
        latencyMs: publishedAt === null ? null : at - Date.parse(publishedAt),
      });
    }
    const lastMessageAt = messages.at(-1)?.summary.receivedAt ?? counters.lastMessageAt;
    counters = { ...counters, received, valid, invalid, duplicates, rejectedMatches, notedFields, lastMessageAt };
  };

  const countQuarantine = (): void => {
    quarantine = journal.quarantineSize();
  };

  return {
    counters: (): Counters => counters,
    /** The newest message and change in the journal; 0 where there is none. */
    lastIds: () => lastIds,
    quarantine: () => quarantine,
    countQuarantine,
    totals: tally.totals,
    /** What was counted since it was asked the last time, by minute. */
    minutes: tally.take,
    note: ({ way, messages, changes }: Pick<Outcome, "way" | "messages" | "changes">): void => {
      if (way === "redis") countMessages(messages);
      counters = { ...counters, changes: counters.changes + changes.length };
      lastIds = {
        message: messages.at(-1)?.summary.id ?? lastIds.message,
        change: changes.at(-1)?.id ?? lastIds.change,
      };
      if (way === "replay" || messages.some(({ rejections }) => rejections.length > 0)) countQuarantine();
    },
    noteConnection: (connection: Connection): void => {
      if (wasMadeAnew(connection)) counters = { ...counters, reconnects: counters.reconnects + 1 };
    },
    /** What became of writes to the calendars. */
    noteResults: (results: { readonly done: number; readonly failed: number }): void => {
      tally.calendar(clock.now(), results);
      counters = {
        ...counters,
        calendarWrites: counters.calendarWrites + results.done,
        calendarFailures: counters.calendarFailures + results.failed,
      };
    },
  };
};

/** Tells of each subscription but the first that it was made. */
const createReconnectWatch = () => {
  let made = 0;
  let hearing = false;
  return ({ state }: Connection): boolean => {
    const before = hearing;
    hearing = state === "live" || state === "silent";
    if (before || !hearing) return false;
    made += 1;
    return made > 1;
  };
};
