import type { Problem } from "../../shared/problem.ts";
import type { Clock } from "../ports.ts";
import { createPatience, type Failure, verdictOf } from "./patience.ts";

/** How often a calendar that needs a person is tried all the same: a password may be mended at the other end. */
const lookAgainMs = 15 * 60_000;

/**
 * Whether calls may be made to a calendar.
 *
 * open ──failures in a row, a rate limit──► waiting ──its time is over──► probing ──a call succeeds──► open
 *   └────sign-in, permission, certificate─► needs-person ──a person, or 15 minutes──► probing ──a call fails──► back
 *
 * `probing` lets one call through at a time.
 */
export type GateState =
  | { readonly name: "open" }
  | { readonly name: "probing"; readonly since: number; readonly problem: Problem }
  | { readonly name: "waiting"; readonly since: number; readonly until: number; readonly problem: Problem }
  | { readonly name: "needs-person"; readonly since: number; readonly problem: Problem };

export const createGate = (options: { readonly clock: Clock; readonly onProbe: () => void }) => {
  const { clock, onProbe } = options;
  const patience = createPatience(clock.random);
  let state: GateState = { name: "open" };
  let cancel: () => void = () => undefined;

  const since = (): number => (state.name === "open" ? clock.now() : state.since);

  const probe = (): void => {
    if (state.name !== "waiting" && state.name !== "needs-person") return;
    cancel();
    state = { name: "probing", since: state.since, problem: state.problem };
    onProbe();
  };

  const wait = (problem: Problem, ms: number): void => {
    cancel();
    state = { name: "waiting", since: since(), until: clock.now() + ms, problem };
    cancel = clock.after(ms, probe);
  };

  const needPerson = (problem: Problem): void => {
    cancel();
    state = { name: "needs-person", since: since(), problem };
    cancel = clock.after(lookAgainMs, probe);
  };

  return {
    state: (): GateState => state,
    /** The problem while no call may be made. */
    closed: (): Problem | null => (state.name === "waiting" || state.name === "needs-person" ? state.problem : null),
    succeeded: (): void => {
      if (state.name === "waiting" || state.name === "needs-person") return;
      patience.succeeded();
      state = { name: "open" };
    },
    /** `certain`: without this call nothing else makes sense, so the gate closes at the first failure. */
    failed: (failure: Failure, certain = false): void => {
      if (state.name === "needs-person") return;
      const { problem, retryAfterMs } = failure;
      const verdict = verdictOf(problem.kind);
      // The server has looked at one event and refused it: the calendar itself is well.
      if (verdict === "dead" && !certain) return;
      if (verdict === "person") {
        needPerson(problem);
      } else if (state.name === "waiting") {
        // Calls that were under way when it closed say nothing new, unless the server asks for more time.
        const ms = state.until - clock.now();
        if (retryAfterMs !== null && retryAfterMs > ms) wait(problem, retryAfterMs);
      } else {
        const ms = patience.failed(failure, certain);
        if (ms !== null) wait(problem, ms);
      }
    },
    /** Tries at once what waits; a wait that the server asked for is kept. */
    hurry: (): void => {
      if (state.name !== "waiting" || state.problem.kind !== "calendar-rate-limited") probe();
    },
    close: (): void => cancel(),
  };
};
