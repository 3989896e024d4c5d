import type { CalendarName } from "../../../shared/calendar.ts";
import { TargetProblem } from "../../keeper/failure.ts";
import type { Found } from "../../keeper/item.ts";
import { isNewerThere } from "../../keeper/plan.ts";
import type { Listed } from "../../keeper/target.ts";
import type { PortProblem } from "../../port-kinds.ts";
import type { Clock } from "../../ports.ts";
import type { CalendarTarget, WantedEvent } from "../port.ts";

type Content = Omit<WantedEvent, "id" | "hash">;

export type ModelEvent = {
  readonly remoteId: string;
  /** null: a stranger's event. */
  readonly matchId: string | null;
  readonly hash: string | null;
  readonly content: Content;
  /** What a person wrote beside our fields. */
  readonly notes: string;
  readonly version: number;
};

/**
 * What goes wrong with a call. `lost`: it has its effect and the answer is lost. `glitch`: a full list comes empty.
 * `refused`: the server does not take this one event.
 */
export type Fault = "none" | "lost" | "glitch" | "refused" | PortProblem<"target">["kind"];

/** What we call the event of a match. */
const ownName = (matchId: string): string => `avspark-${matchId}`;

export const contentOf = ({ id: _, hash: __, ...content }: WantedEvent): Content => content;

/** The text itself: equal text, equal digest, and a failing run can be read. */
export const digest = (text: string): string => text;

/** The content hash of what stands there: while nobody has changed it, the hash that we wrote. */
const hashOf = (matchId: string, content: Content): string => {
  const { summary, description, location, start, end, cancelled, url, position: p, reminders } = content;
  const position = p && [p.latitude, p.longitude];
  const said = [matchId, summary, description, location, start, end, cancelled, url, position];
  return digest(JSON.stringify([digest(JSON.stringify(said)), reminders]));
};

/**
 * A calendar server with the habits of the real ones: versions, a log of changes for incremental lists, inserts that are
 * idempotent by the match id. It is the oracle of the property test; the adapters are tested against real servers.
 */
export const createCalendarModel = (options: {
  readonly clock: Clock;
  readonly faultFor: (call: string) => Fault;
  readonly latency: () => number;
  /** Told of every write before it is made. */
  readonly onWrite?: (before: ModelEvent | undefined, after: WantedEvent | null) => void;
  /** Two calls are under way for one match. */
  readonly onCrossing?: () => void;
  /** A full list comes empty. */
  readonly onGlitch?: () => void;
}) => {
  const { clock, faultFor, latency, onWrite, onCrossing, onGlitch } = options;
  const events = new Map<string, ModelEvent>();
  const removedAt = new Map<string, number>();
  let version = 0;
  let calls = 0;
  let writes = 0;
  let peak = 0;

  const put = (event: Omit<ModelEvent, "version">): ModelEvent => {
    version += 1;
    const stored = { ...event, version };
    events.set(event.remoteId, stored);
    removedAt.delete(event.remoteId);
    return stored;
  };
  const drop = (remoteId: string): void => {
    if (!events.delete(remoteId)) return;
    version += 1;
    removedAt.set(remoteId, version);
  };

  const knownOf = (event: ModelEvent): readonly Found[] =>
    event.matchId === null
      ? []
      : [
          {
            id: event.matchId,
            remoteId: event.remoteId,
            etag: String(event.version),
            hash: event.hash,
            actual: hashOf(event.matchId, event.content),
            start: event.content.start,
            cancelled: event.content.cancelled,
            rev: event.hash === null ? undefined : event.content.rev,
          },
        ];

  const listed = (event: ModelEvent): readonly Listed<WantedEvent>[] =>
    knownOf(event).map((found) => ({ ...found, content: { ...event.content, id: found.id, hash: found.actual } }));

  const wrote = (wanted: WantedEvent, before: ModelEvent | undefined, remoteId: string): Found => {
    writes += 1;
    onWrite?.(before, wanted);
    const event = put({
      remoteId,
      matchId: wanted.id,
      hash: wanted.hash,
      content: contentOf(wanted),
      notes: before?.notes ?? "",
    });
    const [known] = knownOf(event);
    if (known === undefined) throw new Error("an event of ours is known");
    // What is there is what was written, also where something personal was taken out of it and its hash stayed.
    return { ...known, actual: wanted.hash };
  };

  /** What another desk has written after a newer word, which is left alone; null: none has. */
  const newer = (wanted: WantedEvent, before: ModelEvent | undefined): Found | null => {
    const [known] = before === undefined ? [] : knownOf(before);
    return known !== undefined && isNewerThere(known, wanted, clock.now()) ? known : null;
  };

  /** A connection of one engine. When it is cut, what is under way may or may not have its effect, and nothing comes back. */
  const connect = (
    name: CalendarName,
    connection: { readonly isAlive: () => boolean; readonly survives: () => boolean },
  ) => {
    const underWay = new Set<string>();
    const call = <T>(what: string, matchId: string | null, effect: (fault: Fault) => T): Promise<T> =>
      new Promise((resolve, reject) => {
        if (!connection.isAlive()) return;
        calls += 1;
        const subject = matchId ?? what;
        if (underWay.has(subject)) onCrossing?.();
        underWay.add(subject);
        peak = Math.max(peak, underWay.size);
        const fault = faultFor(what);
        const half = latency() / 2;
        clock.after(half, () => {
          if (!connection.isAlive() && !connection.survives()) return;
          const end = outcome(fault, () => effect(fault));
          clock.after(half, () => {
            underWay.delete(subject);
            if (!connection.isAlive()) return;
            if (end.ok) resolve(end.value);
            else reject(end.error);
          });
        });
      });

    const target: CalendarTarget = {
      name,
      id: `${name} model`,
      label: `${name} model`,
      list: (token) =>
        call("list", null, (fault) => {
          const since = token === null ? null : Number(token);
          if (since === null && fault === "glitch") {
            onGlitch?.();
            return { kind: "full" as const, items: [], removed: [], token: String(version) };
          }
          const all = [...events.values()];
          return {
            kind: since === null ? ("full" as const) : ("delta" as const),
            items: all.filter((event) => since === null || event.version > since).flatMap(listed),
            removed: since === null ? [] : [...removedAt].filter(([, at]) => at > since).map(([remoteId]) => remoteId),
            token: String(version),
          };
        }),
      insert: (wanted) =>
        call("insert", wanted.id, () => {
          const remoteId = ownName(wanted.id);
          const before = events.get(remoteId);
          return newer(wanted, before) ?? wrote(wanted, before, remoteId);
        }),
      update: (wanted, known) =>
        call("update", wanted.id, () => {
          const before = events.get(known.remoteId);
          if (before === undefined) throw gone();
          return newer(wanted, before) ?? wrote(wanted, before, known.remoteId);
        }),
      remove: (known) =>
        call("remove", known.id, () => {
          const before = events.get(known.remoteId);
          if (before === undefined) throw gone();
          writes += 1;
          onWrite?.(before, null);
          drop(known.remoteId);
        }),
      isOursAlone: ({ id, remoteId, hash, actual }) =>
        remoteId === ownName(id) && hash === actual && events.get(remoteId)?.notes === "",
      close: () => undefined,
    };
    /** Match ids, and `list`. */
    return { target, underWay: underWay as ReadonlySet<string> };
  };

  return {
    connect,
    /** What a person does, or the predecessor did. */
    put,
    drop,
    events: (): readonly ModelEvent[] => [...events.values()],
    counts: () => ({ calls, writes, peak }),
    resetCounts: (): void => {
      calls = 0;
      writes = 0;
      peak = 0;
    },
  };
};
export type CalendarModel = ReturnType<typeof createCalendarModel>;

type End<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown };

const outcome = <T>(fault: Fault, effect: () => T): End<T> => {
  switch (fault) {
    case "none":
    case "glitch":
    case "lost":
      try {
        const value = effect();
        return fault === "lost" ? { ok: false, error: problem("calendar-timeout") } : { ok: true, value };
      } catch (error) {
        return { ok: false, error };
      }
    case "refused":
      return { ok: false, error: new TargetProblem(refusal, { concern: "item" }) };
    default:
      return { ok: false, error: problem(fault) };
  }
};

const refusal = { kind: "calendar-forbidden", message: "Not this one." } as const;

const problem = (kind: PortProblem<"target">["kind"]): TargetProblem =>
  new TargetProblem(
    { kind, message: "A fault of the model." },
    { retryAfterMs: kind === "calendar-rate-limited" ? 3000 : null },
  );

const gone = (): TargetProblem => new TargetProblem({ kind: "calendar-not-found", message: "Gone." });
