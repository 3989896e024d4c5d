import type { Act } from "../../../shared/act.ts";
import type { Alert } from "../../../shared/alert.ts";
import type { Change } from "../../../shared/change.ts";
import type { Gap } from "../../../shared/connection.ts";
import { compareTexts } from "../../../shared/order.ts";
import { ProblemError } from "../../../shared/problem.ts";
import type { Cycle } from "../../../shared/snapshot.ts";
import type { Journal, JournalBatch, JournaledMessage, Loaded, QuarantineItem, SpilledMessage } from "../../journal.ts";
import type { MatchRecord } from "../../matches/record.ts";
import type { Clock } from "../../ports.ts";

/** Of the port, what is neither counted, nor cleaned, nor looked after. */
export type MemoryPort = Omit<Journal, "stats" | "cleanSlice" | "size" | "troubles" | "onTroubles" | "close">;

const byId = <T extends { readonly id: number }>(records: Iterable<T>): readonly T[] =>
  [...records].sort((a, b) => a.id - b.id);

/**
 * A journal in memory: it takes some time, a batch whole or not at all, and no number twice. It erases nothing. What it does
 * otherwise is held to what the real one does by main/adapters/journal/contract.test.ts.
 */
export const createMemoryJournal = (clock: Pick<Clock, "after">, writeMs = 3) => {
  const journaled = new Map<number, JournaledMessage>();
  const quarantine = new Map<number, QuarantineItem>();
  const changes = new Map<number, Change>();
  const alerts = new Map<number, Alert>();
  const acts = new Map<number, Act>();
  const gaps = new Map<number, Gap>();
  let lastCycle: Cycle | null = null;
  const matches = new Map<string, MatchRecord>();
  const archive = new Map<string, MatchRecord>();
  const meta = new Map<string, string>();
  let spill: SpilledMessage[] = [];
  let spills = 0;
  let refusing = false;
  /** Numbers that were given out twice. */
  const twice: number[] = [];

  const unique = (ids: readonly number[], known: { readonly has: (id: number) => boolean }): void => {
    const again = ids.filter((id) => known.has(id));
    twice.push(...again);
    if (again.length > 0) throw new ProblemError({ kind: "journal-failed", message: "UNIQUE constraint failed." });
  };

  const write = (batch: JournalBatch): void => {
    const { messages: heard = [], changes: changed = [], spilled = [], unspilledTo = 0, released = [] } = batch;
    if (refusing) throw new ProblemError({ kind: "journal-full", message: "No room." });
    unique(
      heard.map(({ summary }) => summary.id),
      journaled,
    );
    unique(
      changed.map(({ id }) => id),
      changes,
    );
    for (const message of heard) {
      const { summary, payload, rejections } = message;
      const { id, receivedAt, channel, bytes } = summary;
      journaled.set(id, message);
      if (rejections.length > 0) quarantine.set(id, { id, receivedAt, channel, bytes, payload, rejections });
    }
    for (const change of changed) changes.set(change.id, change);
    for (const alert of batch.alerts ?? []) alerts.set(alert.id, alert);
    for (const act of batch.acts ?? []) acts.set(act.id, act);
    for (const gap of batch.gaps ?? []) gaps.set(gap.id, gap);
    lastCycle = batch.cycles?.at(-1) ?? lastCycle;
    for (const record of batch.matches ?? []) matches.set(record.match.id, record);
    for (const { id } of batch.archived ?? []) {
      const record = matches.get(id);
      if (record !== undefined) archive.set(id, record);
      matches.delete(id);
    }
    for (const id of released) quarantine.delete(id);
    for (const [name, value] of Object.entries(batch.meta ?? {})) {
      if (value === null) meta.delete(name);
      else meta.set(name, value);
    }
    spill = spill.filter(({ spillId }) => spillId > unspilledTo);
    for (const message of spilled) spill.push({ ...message, spillId: ++spills });
  };

  const quarantineSize = (): Loaded["quarantine"] => ({
    count: quarantine.size,
    bytes: [...quarantine.values()].reduce((sum, { payload }) => sum + (payload?.byteLength ?? 0), 0),
  });
  const lastId = (ids: Iterable<number>): number => Math.max(0, ...ids);

  const port: MemoryPort = {
    load: () => ({
      matches: [...matches.values()],
      changes: byId(changes.values()).toReversed(),
      newestChanges: [...new Map(byId(changes.values()).map(({ matchId, id }) => [matchId, id]))].map(
        ([matchId, id]) => ({ matchId, id }),
      ),
      messages: byId([...journaled.values()].map(({ summary }) => summary)).toReversed(),
      alerts: byId(alerts.values()).toReversed(),
      gaps: byId(gaps.values()).toReversed(),
      lastCycle,
      lastIds: {
        message: lastId(journaled.keys()),
        change: lastId(changes.keys()),
        alert: lastId(alerts.keys()),
        gap: lastId(gaps.keys()),
      },
      quarantine: quarantineSize(),
      spilled: {
        messages: spill.length,
        bytes: spill.reduce((sum, { payload }) => sum + payload.byteLength, 0),
      },
      meta: Object.fromEntries(meta),
    }),
    append: (batch) =>
      new Promise((resolve, reject) => {
        clock.after(writeMs, () => {
          try {
            write(batch);
            resolve();
          } catch (error) {
            reject(error);
          }
        });
      }),
    messages: ({ before, after, limit, channel, type, verdict, matchId }) => {
      const found = byId(
        [...journaled.values()].map(({ summary, matchIds }) => ({ id: summary.id, summary, matchIds })),
      )
        .filter(({ id }) => id < (before ?? Number.POSITIVE_INFINITY) && id > (after ?? 0))
        .filter(({ summary }) => channel === undefined || summary.channel === channel)
        .filter(({ summary }) => type === undefined || summary.gist.type === type)
        .filter(({ summary }) => verdict === undefined || summary.verdict === verdict)
        .filter(({ matchIds }) => matchId === undefined || matchIds.includes(matchId))
        .map(({ summary }) => summary);
      return (after === undefined ? found.toReversed() : found).slice(0, limit);
    },
    payload: (id) => {
      const { summary, payload, rejections } = journaled.get(id) ?? {};
      return summary === undefined ? null : { summary, payload: payload ?? null, rejections: rejections ?? [] };
    },
    acts: ({ before = Number.POSITIVE_INFINITY, limit }) =>
      byId(acts.values())
        .filter(({ id }) => id < before)
        .toReversed()
        .slice(0, limit),
    changesOf: (matchId) =>
      byId(changes.values())
        .filter((change) => change.matchId === matchId)
        .toReversed(),
    changesAfter: (id, limit) =>
      byId(changes.values())
        .filter((change) => change.id > id)
        .slice(0, limit),
    archivedMatch: (matchId) => archive.get(matchId) ?? null,
    archivedMatches: ({ after, limit }) =>
      [...archive.values()]
        .filter(({ match }) => match.id > after)
        .sort((a, b) => compareTexts(a.match.id, b.match.id))
        .slice(0, limit),
    /** The newest first. */
    quarantine: ({ before = Number.POSITIVE_INFINITY, limit }) =>
      byId(quarantine.values())
        .filter(({ id }) => id < before)
        .toReversed()
        .slice(0, limit),
    quarantined: (id) => quarantine.get(id) ?? null,
    quarantineSize,
    /** The oldest within the limit, at least one. */
    spilled: ({ messages: most, bytes }) => {
      let before = 0;
      return spill.slice(0, most).filter(({ payload }) => {
        const fits = before < bytes;
        before += payload.byteLength;
        return fits;
      });
    },
  };

  return {
    ...port,
    journaled,
    matches,
    meta,
    twice,
    spillSize: (): number => spill.length,
    refuse: (now: boolean): void => {
      refusing = now;
    },
  };
};
