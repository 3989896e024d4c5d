import { instantOf } from "../../shared/instant.ts";
import type { MessageSummary } from "../../shared/message.ts";
import type { Problem } from "../../shared/problem.ts";
import type { Journal } from "../journal.ts";
import { problemFrom } from "../port-problem.ts";
import type { Clock, Log } from "../ports.ts";

const unforeseen: Problem = { kind: "internal", message: "Cleaning failed, for an error of Avspark's own." };

const everyMs = 10 * 60_000;
const pauseMs = 50;
/** A journal that grows by this share of its limit is looked at sooner. */
const growth = 0.1;

type CleanerOptions = {
  readonly journal: Pick<Journal, "cleanSlice">;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits: () => Omit<Parameters<Journal["cleanSlice"]>[0], "now">;
  /** One slice of what is to leave matches, or with them; true when there is more to do. It goes before the journal's own. */
  readonly retire: () => Promise<boolean>;
  /** After every run. */
  readonly onCleaned: () => void;
};

type Grown = { readonly messages: readonly { readonly summary: Pick<MessageSummary, "bytes"> }[] };

/** Keeps what is kept within its limits: in slices, with pauses, so that nothing waits for it. */
export const createCleaner = ({ journal, clock, log, limits, retire, onCleaned }: CleanerOptions) => {
  let stage: "idle" | "waiting" | "hurrying" | "cleaning" | "stopped" = "idle";
  let cancel = (): void => undefined;
  let grown = 0;

  const after = (ms: number, task: () => void): void => {
    if (stage === "stopped") return;
    cancel();
    cancel = clock.after(ms, task);
  };

  const wait = (how: "waiting" | "hurrying"): void => {
    if (stage === "stopped") return;
    stage = how;
    after(how === "waiting" ? everyMs : pauseMs, begin);
  };

  const begin = (): void => {
    stage = "cleaning";
    grown = 0;
    void slice();
  };

  const slice = async (): Promise<void> => {
    const problem = await attempt();
    if (problem === "more") return after(pauseMs, () => void slice());
    if (problem !== null) log.warn("cleaning failed and is tried again later", { kind: problem.kind });
    wait("waiting");
    if (stage !== "stopped") onCleaned();
  };

  const attempt = async (): Promise<Problem | "more" | null> => {
    try {
      if (await retire()) return "more";
      return (await journal.cleanSlice({ now: instantOf(clock.now()), ...limits() })) ? "more" : null;
    } catch (error) {
      return problemFrom(["journal"], error, log) ?? unforeseen;
    }
  };

  return {
    start: (): void => wait("waiting"),
    stop: (): void => {
      stage = "stopped";
      cancel();
    },
    /** Messages were journaled. */
    note: ({ messages }: Grown): void => {
      for (const { summary } of messages) grown += summary.bytes;
      if (stage === "waiting" && grown > limits().megabytes * 1_000_000 * growth) wait("hurrying");
    },
  };
};
