import type { ProblemKind } from "../problem.ts";

/** What a person needs when something is wrong: what happened, what it means, what to do. */
export type Advice = { readonly what: string; readonly why: string; readonly remedy: string };

/** One entry for every kind of problem; the compiler names a kind without advice. */
export type AdviceTable = Readonly<Record<ProblemKind, Advice>>;
