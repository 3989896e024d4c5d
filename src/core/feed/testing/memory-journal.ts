import { ProblemError } from "../../../shared/problem.ts";
import type { JournalBatch, JournaledMessage, QuarantineItem, SpilledMessage } from "../../journal.ts";
import type { MatchRecord } from "../../matches/record.ts";
import type { Clock } from "../../ports.ts";
import type { Limits } from "../inbox.ts";

/** A journal in memory: it takes some time, a batch whole or not at all, and no number twice. */
export const createMemoryJournal = (clock: Pick<Clock, "after">, writeMs = 3) => {
  const messages = new Map<number, JournaledMessage>();
  const quarantine = new Map<number, QuarantineItem>();
  const changes = new Set<number>();
  const matches = new Map<string, MatchRecord>();
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
      messages,
    );
    unique(
      changed.map(({ id }) => id),
      changes,
    );
    for (const message of heard) {
      const { summary, payload, rejections } = message;
      const { id, receivedAt, channel, bytes } = summary;
      messages.set(id, message);
      if (rejections.length > 0) quarantine.set(id, { id, receivedAt, channel, bytes, payload, rejections });
    }
    for (const { id } of changed) changes.add(id);
    for (const record of batch.matches ?? []) matches.set(record.match.id, record);
    for (const id of released) quarantine.delete(id);
    for (const [name, value] of Object.entries(batch.meta ?? {})) {
      if (value === null) meta.delete(name);
      else meta.set(name, value);
    }
    spill = spill.filter(({ spillId }) => spillId > unspilledTo);
    for (const message of spilled) spill.push({ ...message, spillId: ++spills });
  };

  return {
    messages,
    matches,
    meta,
    twice,
    spillSize: (): number => spill.length,
    refuse: (now: boolean): void => {
      refusing = now;
    },
    append: (batch: JournalBatch): Promise<void> =>
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
    /** The oldest within the limit, at least one. */
    spilled: ({ messages: most, bytes }: Limits): readonly SpilledMessage[] => {
      let before = 0;
      return spill.slice(0, most).filter(({ payload }) => {
        const fits = before < bytes;
        before += payload.byteLength;
        return fits;
      });
    },
    /** The newest first. */
    quarantine: (page: { readonly before?: number; readonly limit: number }): readonly QuarantineItem[] => {
      const { before = Number.POSITIVE_INFINITY, limit } = page;
      const items = [...quarantine.values()].filter(({ id }) => id < before);
      return items.sort((a, b) => b.id - a.id).slice(0, limit);
    },
    quarantined: (id: number): QuarantineItem | null => quarantine.get(id) ?? null,
  };
};
