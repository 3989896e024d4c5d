import type { JournalBatch, Loaded } from "../../../core/journal.ts";
import type { KeeperStore, Known, OutboxRow, RunEntry } from "../../../core/keeper/item.ts";
import { recordWith } from "../../../core/matches/contacts.ts";
import type { MatchRecord } from "../../../core/matches/record.ts";
import { actWith, contactsEraser, type Eraser, itemWith } from "../../../core/retention/eraser.ts";
import { personEraser } from "../../../core/retention/person.ts";
import type { Act } from "../../../shared/act.ts";
import type { Alert } from "../../../shared/alert.ts";
import type { TargetName } from "../../../shared/calendar.ts";
import type { Change } from "../../../shared/change.ts";
import type { Gap } from "../../../shared/connection.ts";
import { type Cycle, windowLimits } from "../../../shared/snapshot.ts";
import { matchMarks } from "./archive.ts";
import type { CalendarBatch, Task, WritingTask } from "./protocol.ts";
import type { StoredItem } from "./stored-kinds.ts";

/** So many rows go to the other thread at once: some milliseconds. */
const partRows = 500;

type Books = {
  readonly outbox: Map<string, OutboxRow<StoredItem>>;
  readonly known: Map<string, Known<StoredItem>>;
  readonly meta: Map<string, string>;
  /** The newest run alone: it can be taken back. */
  run: readonly RunEntry<StoredItem>[];
};

/** What is done with each part of a batch; a part that is new does not compile until it is said here. */
type Parts = Required<JournalBatch>;
type Keeping = { readonly [K in keyof Parts]: (value: Parts[K]) => void };

/**
 * What the journal's file holds of the present: matches, alerts, gaps, small facts, the calendars' books. A new file begins
 * with it when the old one is lost. The records are the very ones that core holds, so this costs little beside them.
 */
export const createMirror = () => {
  const matches = new Map<string, MatchRecord>();
  const alerts = new Map<number, Alert>();
  const gaps = new Map<number, Gap>();
  const meta = new Map<string, string>();
  const calendars = new Map<TargetName, Books>();
  let changes: readonly Change[] = [];
  /** Of this run: they are read from the file alone. */
  let acts: readonly Act[] = [];
  let lastCycle: Cycle | null = null;
  let lastIds: Loaded["lastIds"] = { message: 0, change: 0, alert: 0, gap: 0 };

  const count = (kind: keyof Loaded["lastIds"], records: readonly { readonly id: number }[]): void => {
    lastIds = { ...lastIds, [kind]: records.reduce((last, { id }) => Math.max(last, id), lastIds[kind]) };
  };
  const nothing = (): void => undefined;

  /** `ids`: of these matches alone; null: of all. */
  const eraseIn = (eraser: Eraser, ids: ReadonlySet<string> | null): void => {
    const erased = (item: StoredItem | null): StoredItem | null => itemWith(eraser, item);
    for (const id of ids ?? [...matches.keys()]) {
      const record = matches.get(id);
      if (record !== undefined) matches.set(id, recordWith(record, eraser.said));
    }
    const isTheirs = (id: string): boolean => ids?.has(id) ?? true;
    acts = acts.map((act) => actWith(eraser, act));
    changes = changes.map((change) => (isTheirs(change.matchId) ? eraser.change(change) : change));
    for (const books of calendars.values()) {
      for (const id of ids ?? [...books.outbox.keys(), ...books.known.keys()]) {
        const row = books.outbox.get(id);
        const known = books.known.get(id);
        if (row !== undefined) books.outbox.set(id, { ...row, wanted: erased(row.wanted) });
        if (known !== undefined) books.known.set(id, { ...known, written: erased(known.written) });
      }
      books.run = books.run.map((entry) =>
        isTheirs(entry.id) ? { ...entry, before: erased(entry.before), after: erased(entry.after) } : entry,
      );
    }
  };

  const keeping: Keeping = {
    messages: (added) =>
      count(
        "message",
        added.map(({ summary }) => summary),
      ),
    matches: (added) => {
      for (const record of added) matches.set(record.match.id, record);
    },
    changes: (added) => {
      count("change", added);
      changes = [...changes, ...added].slice(-windowLimits.changes);
    },
    cycles: (added) => {
      lastCycle = added.at(-1) ?? lastCycle;
    },
    alerts: (added) => {
      count("alert", added);
      for (const alert of added) alerts.set(alert.id, alert);
      forgetOldest(alerts, windowLimits.alerts, ({ state }) => state.name === "resolved");
    },
    acts: (added) => {
      acts = [...acts, ...added].slice(-windowLimits.changes);
    },
    gaps: (added) => {
      count("gap", added);
      for (const gap of added) gaps.set(gap.id, gap);
      forgetOldest(gaps, windowLimits.gaps, ({ state }) => state === "closed");
    },
    meta: (facts) => keepMeta(meta, facts),
    erased: (erasure) => {
      if (erasure.kind === "person") eraseIn(personEraser(erasure.name, erasure.ways), null);
      if (erasure.kind === "contacts") eraseIn(contactsEraser, new Set(erasure.matchIds));
    },
    archived: (gone) => {
      const ids = new Set(gone.map(({ id }) => id));
      for (const id of ids) matches.delete(id);
      for (const books of calendars.values()) {
        for (const id of ids) {
          books.outbox.delete(id);
          books.known.delete(id);
          for (const mark of matchMarks) books.meta.delete(`${mark}${id}`);
        }
        books.run = books.run.filter(({ id }) => !ids.has(id));
      }
    },
    // History, and what is counted.
    stats: nothing,
    released: nothing,
    spilled: nothing,
    unspilledTo: nothing,
    more: nothing,
  };
  // Object.keys knows the parts only as text.
  const parts = Object.keys(keeping) as (keyof Parts)[];
  const keepPart = <K extends keyof Parts>(part: K, batch: Partial<Parts>): void => {
    const value = batch[part];
    if (value !== undefined) keeping[part](value);
  };

  const booksOf = (target: TargetName): Books => {
    const found = calendars.get(target) ?? { outbox: new Map(), known: new Map(), meta: new Map(), run: [] };
    calendars.set(target, found);
    return found;
  };

  const keepCalendar = (target: TargetName, batch: CalendarBatch): void => {
    const books = booksOf(target);
    for (const id of batch.outboxDone ?? []) books.outbox.delete(id);
    for (const id of batch.forgotten ?? []) books.known.delete(id);
    for (const row of batch.outbox ?? []) books.outbox.set(row.id, row);
    for (const row of batch.known ?? []) books.known.set(row.id, row);
    keepMeta(books.meta, batch.meta ?? {});
    const supplanted = new Set(batch.supplanted);
    if (supplanted.size > 0) books.run = books.run.filter(({ id }) => !supplanted.has(id));
    const newest = batch.run?.at(-1)?.run;
    if (newest !== undefined) books.run = [...books.run, ...(batch.run ?? [])].filter(({ run }) => run === newest);
  };

  return {
    loaded: (found: Loaded): void => {
      keeping.matches(found.matches);
      keeping.alerts(found.alerts);
      keeping.gaps(found.gaps);
      keeping.meta(found.meta);
      changes = found.changes.toReversed();
      ({ lastCycle, lastIds } = found);
    },
    calendarLoaded: (target: TargetName, found: ReturnType<KeeperStore<StoredItem>["load"]>): void =>
      keepCalendar(target, found),
    runLoaded: (target: TargetName, run: readonly RunEntry<StoredItem>[]): void => {
      booksOf(target).run = run;
    },
    /** The file has it. */
    written: (task: Task): void => {
      if (task.kind === "append") for (const part of parts) keepPart(part, task.batch);
      if (task.kind === "calendar") keepCalendar(task.target, task.batch);
      if (task.kind === "drop-runs") {
        const books = booksOf(task.target);
        books.run = books.run.filter(({ run }) => run < task.since);
      }
    },
    /** All of it, for a new file. */
    all: (): readonly WritingTask[] => [
      { kind: "count-on", lastIds },
      ...inParts([...matches.values()]).map((part): WritingTask => ({ kind: "append", batch: { matches: part } })),
      {
        kind: "append",
        batch: {
          changes,
          acts,
          alerts: [...alerts.values()],
          gaps: [...gaps.values()],
          cycles: lastCycle === null ? [] : [lastCycle],
          meta: Object.fromEntries(meta),
        },
      },
      ...[...calendars].flatMap(([target, { outbox, known, meta: facts, run }]): readonly WritingTask[] => [
        { kind: "calendar", target, batch: { run, meta: Object.fromEntries(facts) } },
        ...inParts([...outbox.values()]).map(
          (part): WritingTask => ({
            kind: "calendar",
            target,
            batch: { outbox: part },
          }),
        ),
        ...inParts([...known.values()]).map(
          (part): WritingTask => ({ kind: "calendar", target, batch: { known: part } }),
        ),
      ]),
    ],
  };
};

export type Mirror = ReturnType<typeof createMirror>;

const keepMeta = (meta: Map<string, string>, facts: Readonly<Record<string, string | null>>): void => {
  for (const [name, value] of Object.entries(facts)) {
    if (value === null) meta.delete(name);
    else meta.set(name, value);
  }
};

/** Lets go of the oldest records that are over, when there are twice as many as are ever shown. */
const forgetOldest = <T>(records: Map<number, T>, shown: number, isOver: (record: T) => boolean): void => {
  let surplus = records.size - shown;
  if (surplus < shown) return;
  for (const [id, record] of records) {
    if (surplus <= 0) return;
    if (!isOver(record)) continue;
    records.delete(id);
    surplus -= 1;
  }
};

const inParts = <T>(rows: readonly T[]): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(rows.length / partRows) }, (_, index) =>
    rows.slice(index * partRows, (index + 1) * partRows),
  );
