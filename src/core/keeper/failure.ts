import { type Problem, ProblemError, type ProblemKind } from "../../shared/problem.ts";
import { isProblemOf, type PortProblem } from "../port-kinds.ts";

/**
 * What a failure says of others. `item`: this item was looked at and refused, all else is well. `collection`: every item
 * would fail alike. `call`: the call failed, and nothing is known of others.
 */
export type Concern = "item" | "collection" | "call";

export type Failure = {
  readonly problem: Problem;
  /** How long the server asked us to wait before the next call. */
  readonly retryAfterMs: number | null;
  readonly concern: Concern;
};

/** The kinds that pass by themselves: worth another try without a person. */
const passing: ReadonlySet<ProblemKind> = new Set<ProblemKind>([
  "calendar-rate-limited",
  "calendar-unreachable",
  "calendar-timeout",
  "calendar-server",
  "calendar-bad-answer",
  "calendar-file",
]);

export const passesByItself = (kind: ProblemKind): boolean => passing.has(kind);

/** The kinds that only a person can mend, at the account or at the collection. */
const forPerson: ReadonlySet<ProblemKind> = new Set<ProblemKind>([
  "calendar-sign-in",
  "calendar-token-file",
  "calendar-forbidden",
  "calendar-not-found",
  "calendar-certificate",
  "calendar-demo",
  "configuration-invalid",
  "keyring-missing",
]);

export const needsPerson = (kind: ProblemKind): boolean => forPerson.has(kind);

const usualConcern = (kind: ProblemKind): Concern => {
  // A conflict is somebody else's edit at the same moment: the next try reads it.
  if (passesByItself(kind) || kind === "calendar-conflict") return "call";
  return needsPerson(kind) ? "collection" : "item";
};

/** A target's failure: the problem, how long to wait, and whom it concerns; without a word, what is usual for its kind. */
export class TargetProblem extends ProblemError {
  declare readonly problem: PortProblem<"target">;
  readonly retryAfterMs: number | null;
  readonly concern: Concern;
  constructor(
    problem: PortProblem<"target">,
    details: {
      readonly retryAfterMs?: number | null;
      readonly concern?: Concern;
      /** Not of a library whose errors carry secrets. */
      readonly cause?: unknown;
    } = {},
  ) {
    super(problem, {}, details);
    this.name = "TargetProblem";
    this.retryAfterMs = details.retryAfterMs ?? null;
    this.concern = details.concern ?? usualConcern(problem.kind);
  }
}

/** Whatever a target or the store has thrown, as a value. What neither of them names is a fault of ours. */
export const failureOf = (error: unknown): Failure => {
  if (error instanceof TargetProblem) {
    const { problem, retryAfterMs, concern } = error;
    return { problem, retryAfterMs, concern };
  }
  const problem: Problem =
    error instanceof ProblemError && (isProblemOf("target", error.problem) || isProblemOf("journal", error.problem))
      ? error.problem
      : { kind: "internal", message: "Something went wrong inside Avspark; the log says what." };
  return { problem, retryAfterMs: null, concern: usualConcern(problem.kind) };
};

/** The same failure where it keeps the whole collection from being kept: nothing could be read, or nothing stored. */
export const ofCollection = (error: unknown): Failure => ({ ...failureOf(error), concern: "collection" });
