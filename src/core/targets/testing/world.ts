import type { CalendarName } from "../../../shared/calendar.ts";
import { instantOf } from "../../../shared/instant.ts";
import { instant } from "../../../shared/testing/instant.ts";
import { desiredOf } from "../../calendar/event.ts";
import type { CalendarTarget, WantedEvent } from "../../calendar/port.ts";
import {
  contentOf,
  createCalendarModel,
  digest,
  type Fault,
  type ModelEvent,
} from "../../calendar/testing/calendar-model.ts";
import { createMemoryStore } from "../../calendar/testing/memory-store.ts";
import { aMatch, aRecord, silentLog } from "../../calendar/testing/records.ts";
import { createChance, createVirtualClock } from "../../calendar/testing/virtual-clock.ts";
import type { KeeperStore } from "../../keeper/item.ts";
import type { MatchRecord } from "../../matches/record.ts";
import { portError } from "../../port-problem.ts";
import { calendarEntries } from "../calendar-entries.ts";
import { createTargets, type Targets } from "../targets.ts";

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;
/** When every world begins. */
export const begin = Date.parse("2027-05-01T10:00:00.000Z");
export const keepPastDays = 7;

/** What may happen to a calendar and to those who keep it. */
export type Step =
  | { readonly do: "change"; readonly records: readonly MatchRecord[] }
  | { readonly do: "vanish"; readonly ids: readonly string[] }
  | { readonly do: "pass"; readonly ms: number }
  | { readonly do: "faults" | "storeFaults"; readonly share: number }
  | { readonly do: "kill"; readonly survives: boolean }
  | { readonly do: "sync"; readonly ids: readonly string[] | null }
  | { readonly do: "audit"; readonly repair: boolean }
  | { readonly do: "edit" | "note" | "delete" | "stranger"; readonly index: number }
  /** The predecessor, which is still at work, makes an event of a match. */
  | { readonly do: "rival"; readonly id: string }
  | { readonly do: "restart" | "preview" | "undo" | "confirm" | "keep" | "retry" | "listed" };

export type Scenario = {
  readonly seed: number;
  readonly name: Exclude<CalendarName, "ics">;
  readonly previewFirst: boolean;
  readonly first: readonly MatchRecord[];
  /** Events that the predecessor left; some matches have two of them, some lie in the past. */
  readonly inherited: readonly { readonly id: string; readonly old: boolean }[];
};

const faults: readonly Fault[] = [
  "lost",
  "lost",
  "lost",
  "calendar-timeout",
  "calendar-server",
  "calendar-unreachable",
  "calendar-rate-limited",
  "calendar-conflict",
  "calendar-sign-in",
  "calendar-rejected",
  "refused",
  "glitch",
];

/** One calendar, one store that outlives its engines, and everything that can happen to them. */
export const createWorld = (
  scenario: Scenario,
  breathe: () => Promise<void>,
  memory: KeeperStore<WantedEvent> = createMemoryStore(),
) => {
  const chance = createChance(scenario.seed);
  const time = createVirtualClock({ start: begin, random: chance, breathe });
  let faultShare = 0;
  let storeFaultShare = 0;
  const violations: string[] = [];
  let isBlinded = false;
  let isUndone = false;

  const onWrite = (before: ModelEvent | undefined, after: WantedEvent | null): void => {
    // A call may be under way while the line moves.
    const oldest = instantOf(time.now() - keepPastDays * day - minute);
    const isOld = (start: string | undefined) => start !== undefined && start < oldest;
    if (before?.matchId === null) violations.push("a stranger's event was written");
    if (before?.matchId && surprised.has(before.matchId)) return;
    // The same once more, since the first answer was lost, is no change.
    if (isOld(before?.content.start) && (after === null || (isOld(after.start) && after.hash !== before?.hash)))
      violations.push("an old event was changed");
    if (before === undefined && isOld(after?.start)) violations.push("an old event was made");
  };
  const model = createCalendarModel({
    clock: time.clock,
    faultFor: () => (chance() < faultShare ? (faults[Math.floor(chance() * faults.length)] ?? "none") : "none"),
    latency: () => Math.floor(chance() * 300),
    onWrite,
    onCrossing: () => violations.push("two calls were under way for one match"),
    // What the store does not know an empty list can hide; all else must be known to be there.
    onGlitch: () => {
      const known = new Set(memory.load(scenario.name).known.map(({ remoteId }) => remoteId));
      if (model.events().some(({ matchId, remoteId }) => matchId !== null && !known.has(remoteId))) isBlinded = true;
    },
  });
  let predecessors = 0;
  const predecessorMakes = (id: string, old: boolean): void => {
    const kickoff = instantOf(begin + (old ? -20 : 3) * day);
    const desired = desiredOf(aRecord(aMatch({ id, kickoff })), { digest });
    if (desired.kind !== "item") throw new Error("it has a kick-off");
    const content = contentOf(desired.item);
    model.put({ remoteId: `old-${predecessors}`, matchId: id, hash: null, content, notes: "" });
    predecessors += 1;
  };
  for (const { id, old } of scenario.inherited) predecessorMakes(id, old);

  const records = new Map(scenario.first.map((record) => [record.match.id, record]));
  const edited = new Set<string>();
  /** Matches whose events a person has said are to stay. */
  const kept = new Set<string>();
  /** Matches whose event was changed behind the engine's back: by a person, or by a call that outlived its caller. */
  const surprised = new Set<string>();
  const strangers: ModelEvent[] = [];

  type Life = {
    alive: boolean;
    /** When it is killed, its calls under way still have their effect. */
    survives: boolean;
    readonly engine: Targets;
    readonly underWay: ReadonlySet<string>;
  };
  /** Every event that was ever kept as wanted. */
  const intents = new Set<string>();
  const keep: KeeperStore<WantedEvent>["write"] = async (target, batch) => {
    await memory.write(target, batch);
    for (const { id, wanted } of batch.outbox ?? []) intents.add(`${id} ${wanted?.hash}`);
  };
  /** No write is made before it is kept that it is to be made. */
  const intending = (target: CalendarTarget): CalendarTarget => {
    const demandIntent = (id: string, wanted: WantedEvent | null): void => {
      const isKept = memory.load(scenario.name).outbox.some((row) => row.id === id);
      // A newer wish may have come while the call is under way.
      if (!isKept || (wanted !== null && !intents.has(`${id} ${wanted.hash}`)))
        violations.push("a call was made before its intent was kept");
    };
    return {
      ...target,
      insert: (event, revision) => {
        demandIntent(event.id, event);
        return target.insert(event, revision);
      },
      update: (event, known, revision) => {
        demandIntent(event.id, event);
        return target.update(event, known, revision);
      },
      remove: (known) => {
        demandIntent(known.id, null);
        return target.remove(known);
      },
    };
  };
  const bear = (): Life => {
    const life = { alive: true, survives: false };
    const store: KeeperStore<WantedEvent> = {
      ...memory,
      write: async (target, batch) => {
        const refuses = chance() < storeFaultShare;
        // The answer comes later than the deed, or the deed comes late.
        const isEarly = chance() < 0.5;
        if (isEarly && !refuses && life.alive) await keep(target, batch);
        await new Promise<void>((resolve) => time.clock.after(Math.floor(chance() * 20), resolve));
        // Whoever was killed gets no answer.
        if (!life.alive) await new Promise(() => undefined);
        if (refuses) throw portError("journal", { kind: "journal-full", message: "Full." });
        if (!isEarly) await keep(target, batch);
      },
    };
    const { target: connected, underWay } = model.connect(scenario.name, {
      isAlive: () => life.alive,
      survives: () => life.survives,
    });
    const target = intending(connected);
    const { previewFirst } = scenario;
    const engine = createTargets({
      digest,
      clock: time.clockFor(() => life.alive),
      log: silentLog,
      targets: calendarEntries({ calendars: [target], store, digest, keepPastDays, demo: false, previewFirst }),
      onStatus: () => undefined,
      onPlacements: () => undefined,
      onStats: () => undefined,
    });
    engine.start([...records.values()]);
    return Object.assign(life, { engine, underWay });
  };
  let life = bear();

  const quietly = (work: Promise<unknown>): void => {
    work.catch((error: unknown) => {
      if (error instanceof Error && "problem" in error) return;
      violations.push(String(error));
    });
  };
  const ours = (n: number): ModelEvent | undefined => {
    const events = model.events().filter(({ matchId }) => matchId !== null);
    return events[n % Math.max(1, events.length)];
  };

  const change = (changed: readonly MatchRecord[]): void => {
    const latest = [...new Map(changed.map((record) => [record.match.id, record])).values()];
    for (const record of latest) records.set(record.match.id, record);
    life.engine.changed(latest);
  };

  const take = async (one: Step): Promise<void> => {
    const { engine } = life;
    switch (one.do) {
      case "change":
        return change(one.records);
      case "vanish":
        return change(
          one.ids.flatMap((id) => {
            const record = records.get(id);
            return record === undefined ? [] : [{ ...record, goneAt: instantOf(time.now()) }];
          }),
        );
      case "pass":
        return time.advance(one.ms);
      case "faults":
        faultShare = one.share;
        return;
      case "storeFaults":
        storeFaultShare = one.share;
        return;
      case "kill":
        life.survives = one.survives;
        if (one.survives) for (const id of life.underWay) surprised.add(id);
        life.alive = false;
        life = bear();
        return;
      case "restart": {
        const stopped = engine.stop();
        await time.advance(1000);
        await stopped;
        life.alive = false;
        life = bear();
        return;
      }
      case "sync":
        return quietly(engine.sync(one.ids === null ? {} : { matchIds: one.ids }));
      case "audit":
        return quietly(engine.audit(scenario.name, one.repair));
      case "preview":
        return quietly(engine.preview(null));
      case "undo":
        isUndone = true;
        // What belonged to no match and went comes back by a person's word, and stays.
        for (const { id } of scenario.inherited)
          if (!records.has(id) && model.events().every(({ matchId }) => matchId !== id)) kept.add(id);
        return quietly(engine.undo(scenario.name));
      case "confirm":
        return quietly(engine.confirm(scenario.name));
      case "keep":
        for (const { matchId } of engine.held(scenario.name)[0]?.removals ?? []) kept.add(matchId);
        return quietly(engine.keep(scenario.name, engine.held(scenario.name)[0]?.token ?? null));
      case "retry":
        return engine.retry(scenario.name);
      case "listed":
        return engine.listed();
      case "rival":
        surprised.add(one.id);
        predecessorMakes(one.id, false);
        return;
      case "stranger":
        strangers.push(
          model.put({
            remoteId: `stranger-${strangers.length}`,
            matchId: null,
            hash: null,
            content: { ...strangeContent, summary: `Lunch ${one.index}` },
            notes: "",
          }),
        );
        return;
      case "edit":
      case "note":
      case "delete": {
        const event = ours(one.index);
        if (event === undefined || event.matchId === null) return;
        if (one.do === "delete") {
          surprised.add(event.matchId);
          model.drop(event.remoteId);
        }
        if (one.do === "note") model.put({ ...event, notes: "Ta med västar" });
        if (one.do === "edit") {
          edited.add(event.matchId);
          surprised.add(event.matchId);
          model.put({ ...event, content: { ...event.content, summary: "Något annat" } });
        }
      }
    }
  };

  /** A person says yes to everything that waits for their word. */
  const confirm = async (): Promise<void> => {
    const [held] = life.engine.held(scenario.name);
    await life.engine.confirm(scenario.name, held?.token ?? null);
  };

  /** No more trouble: waits until everything is done that is done without being asked for, but for a person's word. */
  const calm = async (): Promise<void> => {
    faultShare = 0;
    storeFaultShare = 0;
    for (let word = 0; word < 2; word += 1) {
      await confirm();
      await time.advance(20 * minute);
    }
  };
  const finish = async <T>(work: Promise<T>): Promise<T> => {
    let isDone = false;
    const noted = work.finally(() => {
      isDone = true;
    });
    if (!(await time.until(() => isDone, hour))) throw new Error("it is not done within an hour");
    return noted;
  };

  return {
    take,
    calm,
    confirm,
    finish,
    model,
    records,
    edited,
    kept,
    surprised,
    strangers,
    violations,
    time,
    engine: () => life.engine,
    /** An empty list was believed while there was something that nobody could know of. */
    isBlinded: () => isBlinded,
    isUndone: () => isUndone,
  };
};

const strangeContent = {
  summary: "Lunch",
  description: "",
  location: null,
  start: instant("2027-05-04T10:00:00.000Z"),
  end: instant("2027-05-04T11:00:00.000Z"),
  cancelled: false,
  url: "",
  position: null,
  reminders: null,
};
