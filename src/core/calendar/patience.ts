import { ConsecutiveBreaker, ExponentialBackoff, type IBackoff, noJitterGenerator } from "cockatiel";
import { type Problem, ProblemError, type ProblemKind } from "../../shared/problem.ts";
import { CalendarProblem, passesByItself } from "./problem.ts";

export type Failure = { readonly problem: Problem; readonly retryAfterMs: number | null };

/** Whatever was thrown, as a value. An error that is no problem of the closed set is a fault of ours. */
export const failureOf = (error: unknown): Failure => {
  if (error instanceof CalendarProblem) return { problem: error.problem, retryAfterMs: error.retryAfterMs };
  if (error instanceof ProblemError) return { problem: error.problem, retryAfterMs: null };
  return {
    problem: { kind: "internal", message: "Something went wrong inside Avspark; the log says what." },
    retryAfterMs: null,
  };
};

/**
 * What a failure asks for. `retry`: it passes by itself. `person`: the whole calendar waits for somebody, since every
 * match would fail alike. `dead`: this match alone waits for somebody.
 */
export type Verdict = "retry" | "person" | "dead";

const needPerson: ReadonlySet<ProblemKind> = new Set<ProblemKind>([
  "calendar-sign-in",
  "calendar-token-file",
  "calendar-forbidden",
  "calendar-not-found",
  "calendar-certificate",
  "calendar-demo",
  "configuration-invalid",
  "keyring-missing",
]);

export const verdictOf = (kind: ProblemKind): Verdict => {
  // A conflict is somebody else's edit at the same moment: the next try reads it.
  if (passesByItself(kind) || kind === "calendar-conflict") return "retry";
  return needPerson.has(kind) ? "person" : "dead";
};

const exponential = (initialDelay: number, maxDelay: number) =>
  new ExponentialBackoff({ generator: noJitterGenerator, initialDelay, maxDelay, exponent: 2 });

/** Half of the wait is chance, so that several machines that lost the same server do not come back as one. */
const jittered = (ms: number, random: number): number => Math.round(ms / 2 + (ms / 2) * random);

const matchWaits = exponential(500, 5 * 60_000);
const calendarWaits = exponential(1000, 5 * 60_000);

/** How long one match waits after its nth failure in a row, from 1. */
export const retryDelay = (attempts: number, random: number): number => {
  let wait = matchWaits.next();
  // The wait has reached its maximum long before the fifteenth.
  for (let n = 1; n < Math.min(attempts, 15); n += 1) wait = wait.next(undefined);
  return jittered(wait.duration, random);
};

/**
 * When to leave a whole calendar alone: after some failures in a row, whichever matches they concern, and at once when
 * the server itself asks for it. cockatiel counts and says how long; the time and the chance come from outside.
 */
export const createPatience = (random: () => number) => {
  const breaker = new ConsecutiveBreaker(5);
  let wait: IBackoff<unknown> | null = null;
  return {
    succeeded: (): void => {
      breaker.success();
      wait = null;
    },
    /** How long the calendar is to be left alone; null: not at all. `certain`: it is, even at the first failure. */
    failed: ({ problem, retryAfterMs }: Failure, certain: boolean): number | null => {
      const broken = breaker.failure();
      if (!broken && !certain && problem.kind !== "calendar-rate-limited") return null;
      wait = wait === null ? calendarWaits.next() : wait.next(undefined);
      return Math.max(retryAfterMs ?? 0, jittered(wait.duration, random()));
    },
  };
};
