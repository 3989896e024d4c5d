import type { Connection } from "../../shared/connection.ts";
import type { Instant } from "../../shared/instant.ts";
import type { Problem, ProblemKind } from "../../shared/problem.ts";

const ofStreams: ReadonlySet<ProblemKind> = new Set<ProblemKind>([
  "redis-stream",
  "redis-stream-missing",
  "redis-no-permission",
]);

/** Why the stream is not read while what is said over the channels is heard; null: it is, or there is none. */
export const streamTroubleOf = (
  connection: Connection,
): { readonly problem: Problem; readonly since: Instant } | null => {
  const trouble = connection.state === "live" ? connection.trouble : null;
  return trouble !== null && ofStreams.has(trouble.problem.kind) ? trouble : null;
};
