import type { AlertLevel } from "../../shared/alert.ts";
import type { Instant } from "../../shared/instant.ts";
import type { MessengerName } from "../../shared/outward.ts";
import { ProblemError } from "../../shared/problem.ts";
import type { PortProblem } from "../port-kinds.ts";
import type { AbortSignalLike } from "../ports.ts";

/** A notice in words, as it leaves the machine. It names nobody's phone, e-mail or address. */
export type OutwardMessage = {
  /** The same for the same notice however often it is sent: whoever gets it twice can see that. */
  readonly id: string;
  /** The same for all that is told of one cause; null for what is of several. */
  readonly thread: string | null;
  /** Of what it tells: the key of an alert, `match/ID`, `several` or `test`. */
  readonly about: string;
  /** `over`: what was wrong is so no more. */
  readonly state: "news" | "over";
  readonly level: AlertLevel;
  /** When it came about. */
  readonly at: Instant;
  readonly title: string;
  /** Lines. */
  readonly text: string;
  readonly link: string | null;
};

/** The port through which notices leave: a webhook, or e-mail. */
export type Messenger = {
  readonly name: MessengerName;
  /** The host it goes to, without anything secret. */
  readonly server: string;
  /** Resolves when the server has it; rejects with a `MessengerProblem`, within half a minute, or soon after an abort. */
  readonly send: (message: OutwardMessage, signal: AbortSignalLike) => Promise<void>;
};

export class MessengerProblem extends ProblemError {
  declare readonly problem: PortProblem<"messenger">;
  /** How long the server asked us to wait. */
  readonly retryAfterMs: number | null;
  constructor(
    problem: PortProblem<"messenger">,
    details: { readonly retryAfterMs?: number | null; readonly cause?: unknown } = {},
  ) {
    super(problem, {}, details);
    this.name = "MessengerProblem";
    this.retryAfterMs = details.retryAfterMs ?? null;
  }
}
