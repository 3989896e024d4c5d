import type { Connection, SourceStatus } from "../../shared/connection.ts";
import type { Instant } from "../../shared/instant.ts";

/**
 * The connection and the list as health sees them: by what the last attempt came to. Another one under way is neither
 * better nor worse than that, and a failure that follows a failure began with the first.
 */
export const createLastAttempts = (options: { readonly hasSource: boolean; readonly now: () => Instant }) => {
  let connection: Connection | null = null;
  let source: SourceStatus = options.hasSource ? { state: "waiting", nextAt: null } : { state: "unconfigured" };
  let sourceFailingSince: Instant | null = null;
  return {
    /** null before the first is known. */
    connection: (): Connection | null => connection,
    source: (): SourceStatus => source,
    sourceFailingSince: (): Instant | null => sourceFailingSince,
    noteConnection: (next: Connection): void => {
      if (!isAnotherTry(connection, next)) connection = next;
    },
    noteSource: (next: SourceStatus): void => {
      if (next.state === "fetching") return;
      source = next;
      if (next.state === "failed") sourceFailingSince ??= options.now();
      else if (next.state === "fetched") sourceFailingSince = null;
    },
  };
};

const isAnotherTry = (before: Connection | null, now: Connection): boolean =>
  (now.state === "connecting" || now.state === "subscribing") &&
  (before?.state === "reconnecting" || before?.state === "refused");
