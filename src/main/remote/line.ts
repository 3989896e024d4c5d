import { backoff } from "../../core/backoff.ts";
import type { Clock } from "../../core/ports.ts";
import { failed, type Problem } from "../../shared/problem.ts";
import type { Hello } from "../../shared/protocol.ts";
import type { Delta, Snapshot } from "../../shared/snapshot.ts";
import type { Follow } from "./follow.ts";

/** Whether the service is heard. */
export type LineState =
  | { readonly state: "live"; readonly address: string }
  | { readonly state: "lost"; readonly problem: Problem };

type LineOptions = {
  readonly addresses: readonly string[];
  readonly follow: Follow;
  readonly clock: Pick<Clock, "after" | "elapsed" | "random">;
  readonly onState: (state: LineState) => void;
  readonly onWhole: (snapshot: Snapshot, about: { readonly hello: Hello; readonly unread: number }) => void;
  readonly onDelta: (delta: Delta, unread: number) => void;
};

/** One address that is tried, or the one that answers. */
type Call = {
  readonly address: string;
  readonly hangUp: () => void;
  hello: Hello | null;
  /** Takes back what is done when it says nothing more. */
  stopWaiting: () => void;
};

/** While one address is silent the next is tried; so many at once, each for so long. */
const mostCalls = 8;
const answerMs = 8000;
const silentMs = 1000;
/** Longer than this many heartbeats without a byte is no connection, whatever TCP says. */
const heartbeatsMissed = 2.5;
const waits = { baseMs: 250, least: 0.5 } as const;
/** What people must mend is not asked for every second. */
const capOf = ({ kind }: Problem): number => (passing.has(kind) ? 1000 : 10_000);
/** What is over when a service is back: it was away, is of another version for a while, or something answers in its place. */
const passing: ReadonlySet<Problem["kind"]> = new Set<Problem["kind"]>([
  "service-unreachable",
  "service-strange",
  "service-too-old",
  "window-too-old",
]);

/**
 * The line to a service that may be reached by several addresses. Live is one from which a snapshot has come and bytes go on
 * coming. Otherwise calls are begun one after the other, the next not waiting for the one before, and the first that
 * answers is kept: so a service is found within a second of its return, and a slow one is found as well.
 */
export const createLine = ({ addresses, follow, clock, onState, onWhole, onDelta }: LineOptions) => {
  const calls = new Set<Call>();
  /** Why each address did not answer last. */
  const problems = new Map<string, Problem>();
  let live: Call | null = null;
  let turn = 0;
  let failures = 0;
  let cancelNext: () => void = () => undefined;
  let stopped = false;

  /** What is more telling than that nobody answered. */
  const problem = (): Problem => {
    const known = addresses.flatMap((address) => problems.get(address) ?? []);
    return known.find(({ kind }) => kind !== "service-unreachable") ?? known[0] ?? notYet;
  };

  const drop = (call: Call): void => {
    calls.delete(call);
    call.stopWaiting();
    call.hangUp();
  };

  const fail = (call: Call, why: Problem): void => {
    if (!calls.has(call)) return;
    drop(call);
    problems.set(call.address, why);
    failures += 1;
    if (live === call) {
      live = null;
      // The one that was there is asked first.
      turn = addresses.indexOf(call.address);
    }
    if (live === null && !stopped) {
      onState({ state: "lost", problem: problem() });
      again();
    }
  };

  /** Gives up on a call that says nothing for so long. */
  const expect = (call: Call): void => {
    call.stopWaiting();
    const ms = call.hello === null ? answerMs : call.hello.heartbeatMs * heartbeatsMissed;
    call.stopWaiting = clock.after(ms, () => {
      // It may have been this process that did not listen for so long: what has come in is read first.
      call.stopWaiting = clock.after(0, () => fail(call, silent(call.address)));
    });
  };

  const next = (ms: number): void => {
    cancelNext();
    cancelNext = clock.after(ms, begin);
  };

  const again = (): void => {
    const capMs = Math.min(...addresses.map((address) => capOf(problems.get(address) ?? notYet)));
    next(backoff({ ...waits, capMs, failures, random: clock.random() }));
  };

  const begin = (): void => {
    const address = addresses[turn % addresses.length];
    if (address === undefined || stopped || live !== null) return;
    const isAnswered = [...calls].some(({ hello }) => hello !== null);
    if (!isAnswered && calls.size < mostCalls) {
      turn += 1;
      dial(address);
    }
    next(silentMs);
  };

  const dial = (address: string): void => {
    const call: Call = {
      address,
      hello: null,
      stopWaiting: () => undefined,
      hangUp: follow(address, {
        alive: () => calls.has(call) && expect(call),
        hello: (hello) => {
          call.hello = hello;
        },
        whole: (snapshot, unread) => {
          if (call.hello === null || !calls.has(call)) return;
          const { hello } = call;
          const isNew = live === null;
          if (isNew) keep(call);
          onWhole(snapshot, { hello, unread });
          if (isNew) onState({ state: "live", address });
        },
        delta: (delta, unread) => {
          if (live === call) onDelta(delta, unread);
        },
        ended: (why) => fail(call, why),
      }),
    };
    calls.add(call);
    expect(call);
  };

  const keep = (call: Call): void => {
    live = call;
    failures = 0;
    problems.clear();
    cancelNext();
    for (const other of [...calls]) if (other !== call) drop(other);
  };

  return {
    start: begin,
    /** Where the service answers; null: nowhere. */
    address: (): string | null => live?.address ?? null,
    problem,
    /** The machine was asleep: nothing from before is to be trusted. */
    anew: (): void => {
      for (const call of [...calls]) fail(call, silent(call.address));
      failures = 0;
      cancelNext();
      begin();
    },
    stop: (): void => {
      stopped = true;
      cancelNext();
      for (const call of [...calls]) drop(call);
    },
  };
};
export type Line = ReturnType<typeof createLine>;

const notYet = failed("service-unreachable", "The service has not answered yet.").problem;
const silent = (address: string): Problem =>
  failed("service-unreachable", `${new URL(address).host} says nothing.`).problem;
