import { ProblemError, raise } from "../shared/problem.ts";
import { errorTrail } from "./error-name.ts";
import { isProblemOf, type Port, type PortProblem } from "./port-kinds.ts";
import type { Log } from "./ports.ts";

/** For an adapter to reject with. `cause`: the error that it made this of. */
export const portError = <P extends Port>(_port: P, problem: PortProblem<P>, cause?: unknown): ProblemError =>
  new ProblemError(problem, {}, { cause });

/**
 * What was caught of calls to ports, as a value; the log says what it came of. Whatever they do not name is a fault of ours,
 * and null.
 */
export const problemFrom = <P extends Port>(ports: readonly P[], error: unknown, log: Log): PortProblem<P> | null => {
  if (error instanceof ProblemError) {
    const { problem, cause } = error;
    for (const port of ports) {
      if (!isProblemOf(port, problem)) continue;
      if (cause !== undefined) log.debug("a port failed", { port, kind: problem.kind, error: errorTrail(error) });
      return problem;
    }
  }
  const kind = error instanceof ProblemError ? error.problem.kind : null;
  log.error("a port failed in a way that it does not name", { ports, kind, error: errorTrail(error) });
  return null;
};

/** `raise` for an adapter: it knows the kinds of its port alone. */
export const raiseFor =
  <P extends Port>(_port: P) =>
  (kind: PortProblem<P>["kind"], message: string, at?: string): never =>
    raise(kind, message, at);
