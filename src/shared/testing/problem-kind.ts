import { ProblemError, type ProblemKind } from "../problem.ts";

/** The kind of the problem that `work` throws at once; null when it does not. */
export const problemKindOf = (work: () => unknown): ProblemKind | null => {
  try {
    work();
    return null;
  } catch (error) {
    if (error instanceof ProblemError) return error.problem.kind;
    throw error;
  }
};
