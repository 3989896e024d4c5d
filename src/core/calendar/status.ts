import type { Placement, SyncResult, TargetName, TargetStatus } from "../../shared/calendar.ts";
import { type Instant, instantOf, storedInstant } from "../../shared/instant.ts";
import type { Problem } from "../../shared/problem.ts";
import type { GateState } from "./gate.ts";
import type { Ledger } from "./ledger.ts";
import type { Desired } from "./plan.ts";
import { undoneMark } from "./rows.ts";
import type { OutboxRow } from "./store.ts";
import type { WriteOutcome } from "./write.ts";

type Books = Pick<Ledger, "known" | "outbox" | "meta">;

/** After so many failures in a row nobody is kept waiting for one match; it is tried again all the same. */
const patientAttempts = 4;

const confirmationNeeded: Problem = {
  kind: "confirmation-needed",
  message: "A person must confirm this before it is done.",
};

/** What has become of one match for somebody who waits for it; null while that is open. */
export const settledOf = (options: {
  readonly id: string;
  readonly target: TargetName;
  readonly ledger: Books;
  readonly desired: Desired | undefined;
  /** What was written since they began to wait. */
  readonly written: WriteOutcome | undefined;
  /** Why no call can be made at the moment. */
  readonly blocked: Problem | "preview" | "stopped" | null;
  readonly isBusy: boolean;
}): SyncResult | null => {
  const { id, target, ledger, desired, written, blocked, isBusy } = options;
  const base = { matchId: id, target, reason: null, problem: null } as const;
  const row = ledger.outbox.get(id);
  if (row?.state === "dead" && !isBusy) return { ...base, outcome: "failed", problem: row.problem };
  if (row?.state === "held" || blocked === "preview") {
    return { ...base, outcome: "waiting", problem: confirmationNeeded };
  }
  // What was done before the calendar became unreachable is done.
  if (row === undefined && written !== undefined && !isBusy) return { ...base, outcome: written };
  if (blocked !== null) return { ...base, outcome: "waiting", problem: blocked === "stopped" ? null : blocked };
  if (isBusy) return null;
  if (row !== undefined) {
    return row.attempts >= patientAttempts ? { ...base, outcome: "waiting", problem: row.problem } : null;
  }
  if (ledger.known.has(id)) return { ...base, outcome: "unchanged" };
  return { ...base, outcome: "skipped", reason: desired?.kind === "none" ? desired.reason : "too-old" };
};

export const placementOf = (options: {
  readonly id: string;
  readonly ledger: Books;
  readonly desired: Desired;
  readonly oldest: Instant;
}): Placement => {
  const { id, ledger, desired, oldest } = options;
  const row = ledger.outbox.get(id);
  if (row?.state === "dead" && row.problem !== null) return { state: "failed", problem: row.problem, at: row.queuedAt };
  if (row !== undefined) return { state: "waiting" };
  const known = ledger.known.get(id);
  if (known !== undefined) {
    const differs = known.hash !== null && known.actual !== known.hash;
    return differs
      ? { state: "differs", at: storedInstant(ledger.meta.get("checkedAt")) ?? known.writtenAt }
      : { state: "there", at: known.writtenAt };
  }
  if (desired.kind === "none") return { state: "skipped", reason: desired.reason };
  if (desired.event.start < oldest) return { state: "skipped", reason: "too-old" };
  if (ledger.meta.has(undoneMark(id))) return { state: "skipped", reason: "undone" };
  // The calendar has not been read yet.
  return { state: "waiting" };
};

const stateOf = (options: {
  readonly gate: GateState;
  readonly rows: readonly OutboxRow[];
  readonly needsPreview: boolean;
  readonly burst: { readonly startedAt: number; readonly done: number } | null;
  readonly startedAt: Instant;
}): TargetStatus["state"] => {
  const { gate, rows, needsPreview, burst, startedAt } = options;
  switch (gate.name) {
    case "needs-person":
      return { name: "needs-person", since: instantOf(gate.since), problem: gate.problem };
    case "waiting":
      return { name: "waiting", since: instantOf(gate.since), until: instantOf(gate.until), problem: gate.problem };
    case "probing":
      return { name: "waiting", since: instantOf(gate.since), until: null, problem: gate.problem };
    case "open":
      break;
  }
  if (needsPreview) return { name: "needs-preview", since: startedAt };
  const ready = rows.filter(({ state }) => state === "ready").length;
  if (burst !== null) {
    return { name: "working", done: burst.done, of: burst.done + ready, startedAt: instantOf(burst.startedAt) };
  }
  const held = rows.filter(({ state }) => state === "held");
  const [first] = held.map(({ queuedAt }) => queuedAt).sort();
  if (first !== undefined) return { name: "needs-confirmation", since: first, removals: held.length };
  return { name: "idle" };
};

export const statusOf = (options: {
  readonly name: TargetName;
  readonly label: string;
  readonly ledger: Books & Pick<Ledger, "hasRun">;
  readonly gate: GateState;
  readonly needsPreview: boolean;
  readonly burst: { readonly startedAt: number; readonly done: number } | null;
  readonly startedAt: Instant;
  readonly placements: Iterable<Placement>;
  readonly signInExpiresAt: Instant | null;
}): TargetStatus => {
  const { name, label, ledger, placements, signInExpiresAt } = options;
  const counts = { waiting: 0, there: 0, failed: 0, differs: 0, skipped: 0 };
  for (const { state } of placements) counts[state] += 1;
  return {
    name,
    label,
    state: stateOf({ ...options, rows: [...ledger.outbox.values()] }),
    ...counts,
    lastWriteAt: storedInstant(ledger.meta.get("writtenAt")),
    lastCheckAt: storedInstant(ledger.meta.get("checkedAt")),
    undoable: ledger.hasRun(),
    signInExpiresAt,
  };
};
