import type { Instant } from "../../shared/instant.ts";
import { instantOf } from "../../shared/instant.ts";
import type { Problem } from "../../shared/problem.ts";
import { backoff } from "../backoff.ts";
import type { Clock } from "../ports.ts";
import { type Failure, needsPerson } from "./failure.ts";

/** How often a target that needs a person is tried all the same: a password may be mended at the other end. */
const lookAgainMs = 15 * 60_000;
/** So many failed calls in a row, whichever items they were for, are no chance. */
const failuresInARow = 5;

/** Failed calls in a row, and how often the target was left alone since the last call that succeeded. */
type Counts = { readonly failures: number; readonly waits: number };

/**
 * Whether calls may be made to a target.
 *
 * open ──failures in a row, a rate limit──► waiting ──its time is over──► probing ──a call succeeds──► open
 *   └────sign-in, permission, certificate─► needs-person ──a person, or 15 minutes──► probing ──a call fails──► back
 *
 * `probing` lets one call through at a time. `since` is told to people; `until` is measured on the clock's `elapsed`.
 */
export type GateState = Counts &
  (
    | { readonly name: "open" }
    | { readonly name: "probing"; readonly since: Instant; readonly problem: Problem }
    | { readonly name: "waiting"; readonly since: Instant; readonly until: number; readonly problem: Problem }
    | { readonly name: "needs-person"; readonly since: Instant; readonly until: number; readonly problem: Problem }
  );

export type GateEvent =
  | { readonly name: "succeeded" }
  | { readonly name: "failed"; readonly failure: Failure }
  /** Somebody asks for it to be tried at once. */
  | { readonly name: "hurried" }
  /** The time it waited for has come. */
  | { readonly name: "due" };

export type GateFacts = {
  readonly now: Instant;
  readonly elapsed: number;
  readonly random: number;
  readonly longestWaitMs: number;
};

export const openGate: GateState = { name: "open", failures: 0, waits: 0 };

const failed = (state: GateState, failure: Failure, facts: GateFacts): GateState => {
  const { problem, retryAfterMs, concern } = failure;
  if (concern === "item" || state.name === "needs-person") return state;
  const since = state.name === "open" ? facts.now : state.since;
  const { waits } = state;
  if (concern === "collection" && needsPerson(problem.kind)) {
    return { ...state, name: "needs-person", since, until: facts.elapsed + lookAgainMs, problem };
  }
  if (state.name === "waiting") {
    // Calls that were under way when it closed say nothing new, unless the server asks for more time.
    const until = facts.elapsed + (retryAfterMs ?? 0);
    return until > state.until ? { ...state, until, problem } : state;
  }
  const failures = state.failures + 1;
  const isOver = failures >= failuresInARow || concern === "collection" || problem.kind === "calendar-rate-limited";
  if (!isOver) return { ...state, failures };
  const { random, longestWaitMs } = facts;
  const wait = backoff({ baseMs: 1000, capMs: longestWaitMs, failures: waits + 1, random, least: 0.5 });
  const until = facts.elapsed + Math.max(retryAfterMs ?? 0, wait);
  return { name: "waiting", since, until, problem, failures, waits: waits + 1 };
};

const probing = (state: GateState): GateState => {
  if (state.name !== "waiting" && state.name !== "needs-person") return state;
  const { since, problem, failures, waits } = state;
  return { name: "probing", since, problem, failures, waits };
};

/** A wait that the server asked for is kept, whoever is in a hurry. */
const isAskedFor = (state: GateState): boolean =>
  state.name === "waiting" && state.problem.kind === "calendar-rate-limited";

export const nextGate = (state: GateState, event: GateEvent, facts: GateFacts): GateState => {
  switch (event.name) {
    case "succeeded":
      return state.name === "waiting" || state.name === "needs-person" ? state : openGate;
    case "failed":
      return failed(state, event.failure, facts);
    case "hurried":
      return isAskedFor(state) ? state : probing(state);
    case "due":
      return probing(state);
  }
};

/** The gate of one target, with its timer. */
export const createGate = (options: {
  readonly clock: Clock;
  readonly longestWaitMs: number;
  readonly onProbe: () => void;
}) => {
  const { clock, longestWaitMs, onProbe } = options;
  let state: GateState = openGate;
  let cancel = (): void => undefined;

  const tell = (event: GateEvent): void => {
    const before = state;
    const facts = { now: instantOf(clock.now()), elapsed: clock.elapsed(), random: clock.random(), longestWaitMs };
    state = nextGate(before, event, facts);
    if (state === before) return;
    cancel();
    cancel = () => undefined;
    if (state.name === "waiting" || state.name === "needs-person") {
      cancel = clock.after(state.until - facts.elapsed, () => tell({ name: "due" }));
    }
    if (state.name === "probing" && before.name !== "probing") onProbe();
  };

  return {
    state: (): GateState => state,
    /** The problem while no call may be made. */
    closed: (): Problem | null => (state.name === "waiting" || state.name === "needs-person" ? state.problem : null),
    succeeded: (): void => tell({ name: "succeeded" }),
    failed: (failure: Failure): void => tell({ name: "failed", failure }),
    hurry: (): void => tell({ name: "hurried" }),
    close: (): void => cancel(),
  };
};
