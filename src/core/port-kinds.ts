import { messengerKinds, type Problem, type ProblemKind } from "../shared/problem.ts";

/** What each port may reject with. An adapter that meets another trouble has its kind named here, or does not compile. */
export const portKinds = {
  /** Redis (ports.ts). */
  subscription: [
    "configuration-invalid",
    "redis-unreachable",
    "redis-timeout",
    "redis-closed",
    "redis-auth-required",
    "redis-auth-wrong",
    "redis-no-permission",
    "redis-certificate",
    "redis-protocol",
    "redis-overrun",
    "redis-degraded",
    "redis-stream",
    "redis-stream-missing",
  ],
  /** The list over HTTP (ports.ts). */
  source: [
    "configuration-invalid",
    "source-unreachable",
    "source-timeout",
    "source-status",
    "source-not-json",
    "source-empty",
    "source-incomplete",
    "source-too-large",
    "source-redirect",
  ],
  /** The journal and the keeper's store in it (journal.ts, keeper/item.ts). */
  journal: [
    "already-running",
    "journal-full",
    "journal-locked",
    "journal-lost",
    "journal-damaged",
    "journal-newer",
    "journal-failed",
  ],
  /** A calendar, or the program that matches go to (calendar/port.ts, keeper/target.ts). */
  target: [
    "configuration-invalid",
    "keyring-missing",
    "calendar-sign-in",
    "calendar-token-file",
    "calendar-forbidden",
    "calendar-not-found",
    "calendar-rate-limited",
    "calendar-unreachable",
    "calendar-timeout",
    "calendar-certificate",
    "calendar-server",
    "calendar-bad-answer",
    "calendar-rejected",
    "calendar-conflict",
    "calendar-file",
    "program-failed",
  ],
  /** What takes notices out (outward/messenger.ts). */
  messenger: ["configuration-invalid", ...messengerKinds],
} as const satisfies Readonly<Record<string, readonly ProblemKind[]>>;

export type Port = keyof typeof portKinds;
export type PortProblem<P extends Port> = Problem & { readonly kind: (typeof portKinds)[P][number] };

export const isProblemOf = <P extends Port>(port: P, problem: Problem): problem is PortProblem<P> => {
  const kinds: readonly ProblemKind[] = portKinds[port];
  return kinds.includes(problem.kind);
};
