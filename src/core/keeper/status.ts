import type { OtherTag, Placement, SyncResult, TargetName, TargetStatus } from "../../shared/calendar.ts";
import { type Instant, instantOf, storedInstant } from "../../shared/instant.ts";
import type { Problem } from "../../shared/problem.ts";
import type { Clock, Digest } from "../ports.ts";
import type { GateState } from "./gate.ts";
import { heldRows, tokenOf } from "./held.ts";
import { mark, type Wanted } from "./item.ts";
import type { Lateness } from "./lateness.ts";
import { undoRows } from "./outbox.ts";
import { isOlder } from "./plan.ts";
import type { Retry } from "./queue.ts";
import type { Desired, Outcome, Target } from "./target.ts";
import type { TargetFacts, TargetState } from "./target-state.ts";

/** After so many failures in a row nobody is kept waiting for one item; it is tried again all the same. */
const failuresToWaitFor = 4;

const confirmationNeeded: Problem = {
  kind: "confirmation-needed",
  message: "A person must confirm this before it is done.",
};

/** What has become of one item for somebody who waits for it; null while that is open. */
export const resultOf = <W extends Wanted>(options: {
  readonly id: string;
  readonly target: TargetName;
  readonly state: TargetFacts<W>;
  readonly desired: Desired<W> | undefined;
  readonly retry: Retry | undefined;
  /** What was written since they began to wait. */
  readonly written: Outcome | undefined;
  /** Why no call can be made at the moment. */
  readonly blocked: Problem | "preview" | "stopped" | null;
  readonly isBusy: boolean;
}): SyncResult | null => {
  const { id, target, state, desired, retry, written, blocked, isBusy } = options;
  const base = { matchId: id, target, reason: null, problem: null } as const;
  const row = state.outbox.get(id);
  if (retry?.refused === true && !isBusy) return { ...base, outcome: "failed", problem: retry.problem };
  if (row?.state === "held" || blocked === "preview") {
    return { ...base, outcome: "waiting", problem: confirmationNeeded };
  }
  // What was done before the target became unreachable is done.
  if (row === undefined && written !== undefined && !isBusy) return { ...base, outcome: written };
  if (blocked !== null) return { ...base, outcome: "waiting", problem: blocked === "stopped" ? null : blocked };
  if (isBusy) return null;
  if (row !== undefined) {
    const isTried = retry !== undefined && retry.failures >= failuresToWaitFor;
    return isTried ? { ...base, outcome: "waiting", problem: retry.problem } : null;
  }
  if (state.known.has(id)) return { ...base, outcome: "unchanged" };
  return { ...base, outcome: "skipped", reason: desired?.kind === "none" ? desired.reason : "too-old" };
};

export const placementOf = <W extends Wanted>(options: {
  readonly id: string;
  readonly state: TargetFacts<W>;
  readonly desired: Desired<W>;
  readonly retry: Retry | undefined;
  readonly oldest: Instant | null;
}): Placement => {
  const { id, state, desired, retry, oldest } = options;
  if (retry?.refused === true) return { state: "failed", problem: retry.problem, at: retry.at };
  if (state.outbox.has(id)) return { state: "waiting" };
  const known = state.known.get(id);
  if (known !== undefined) {
    const differs = known.hash !== null && known.actual !== known.hash;
    return differs
      ? { state: "differs", at: storedInstant(state.meta.get(mark.checkedAt)) ?? known.writtenAt }
      : { state: "there", at: known.writtenAt };
  }
  if (desired.kind === "none") return { state: "skipped", reason: desired.reason };
  if (isOlder(desired.item.start, oldest)) return { state: "skipped", reason: "too-old" };
  if (state.meta.has(mark.undone(id))) return { state: "skipped", reason: "undone" };
  // The target has not been read yet.
  return { state: "waiting" };
};

/** Writes that follow each other without a pause. */
export type Run = { readonly number: number; readonly startedAt: Instant; readonly done: number };

type StateOptions<W extends Wanted> = {
  readonly state: TargetFacts<W> & Pick<TargetState<W>, "hasRun">;
  readonly gate: GateState;
  readonly needsPreview: boolean;
  readonly otherTags: readonly OtherTag[];
  readonly run: Run | null;
  readonly startedAt: Instant;
  readonly clock: Pick<Clock, "now" | "elapsed">;
  readonly digest: Digest;
};

const stateOf = <W extends Wanted>(options: StateOptions<W>): TargetStatus["state"] => {
  const { gate, state, needsPreview, run, startedAt, clock, digest } = options;
  switch (gate.name) {
    case "needs-person":
      return { name: "needs-person", since: gate.since, problem: gate.problem };
    case "waiting": {
      const until = instantOf(clock.now() + gate.until - clock.elapsed());
      return { name: "waiting", since: gate.since, until, problem: gate.problem };
    }
    case "probing":
      return { name: "waiting", since: gate.since, until: null, problem: gate.problem };
    case "open":
      break;
  }
  if (needsPreview) return { name: "needs-preview", since: startedAt, otherTags: options.otherTags };
  const held = heldRows(state);
  if (run !== null) {
    const { done, startedAt: since } = run;
    return { name: "working", done, of: done + state.outbox.size - held.length, startedAt: since };
  }
  const [first] = held.map(({ queuedAt }) => queuedAt).sort();
  if (first !== undefined)
    return { name: "needs-confirmation", since: first, removals: held.length, token: tokenOf(state, digest) };
  return { name: "idle" };
};

export const statusOf = <W extends Wanted>(
  options: StateOptions<W> & {
    readonly target: Pick<Target<W>, "name">;
    readonly label: string;
    readonly placements: Iterable<Placement>;
    /** How many a person has taken back, and are left so. */
    readonly undone: number;
    readonly signInExpiresAt: Instant | null;
    readonly late: ReturnType<Lateness["late"]>;
    /** How the last try of an item failed; null: it has not ended yet. */
    readonly problemOf: (id: string) => Problem | null;
  },
): TargetStatus => {
  const { target, label, state, placements, signInExpiresAt } = options;
  const counts = { waiting: 0, there: 0, failed: 0, differs: 0, skipped: 0 };
  for (const placement of placements) counts[placement.state] += 1;
  return {
    name: target.name,
    label,
    state: stateOf(options),
    ...counts,
    undone: options.undone,
    lastWriteAt: storedInstant(state.meta.get(mark.writtenAt)),
    lastCheckAt: storedInstant(state.meta.get(mark.checkedAt)),
    undoable: state.hasRun() && undoRows(state).length === 0,
    signInExpiresAt,
    late: lateOf(options),
  };
};

const noAnswer: Problem = { kind: "calendar-timeout", message: "There is no answer yet." };

const lateOf = ({
  late,
  problemOf,
  clock,
}: {
  readonly late: ReturnType<Lateness["late"]>;
  readonly problemOf: (id: string) => Problem | null;
  readonly clock: Pick<Clock, "now">;
}): TargetStatus["late"] => {
  if (late === null) return null;
  const problem = late.ids.map(problemOf).find((one) => one !== null) ?? noAnswer;
  return { count: late.ids.length, since: instantOf(clock.now() - late.ms), problem };
};
