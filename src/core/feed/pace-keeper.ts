import { type Instant, instantOf } from "../../shared/instant.ts";
import { momentOf } from "../moment.ts";
import type { Clock } from "../ports.ts";
import type { Outcome } from "./batch.ts";
import { heard, hearingAgain, knownPaces, type Paces, pacesSchema, quiet } from "./quiet.ts";

/** A channel that is quiet for longer than it used to be, and when it spoke last. */
export type QuietChannel = { readonly channel: string; readonly lastAt: Instant };

/** How often the channels speak, as far as it is known, from one run to the next. */
export const createPaceKeeper = (clock: Pick<Clock, "elapsed" | "now">, stored: string | undefined) => {
  let paces = knownPaces(readPaces(stored));
  let kept = paces.channels;
  return {
    note: ({ way, messages }: Pick<Outcome, "way" | "messages">): void => {
      if (way !== "redis") return;
      const latest = new Map(messages.map(({ summary }) => [summary.channel, summary.receivedAt]));
      for (const [channel, at] of latest)
        paces = heard(paces, channel, { elapsed: clock.elapsed(), wall: Date.parse(at) });
    },
    hearingAgain: (): void => {
      paces = hearingAgain(paces, clock.elapsed());
    },
    /** Those of the channels listened to that are quiet: one that nobody listens to any more has spoken once, too. */
    quiet: (listening: readonly string[], after: Parameters<typeof quiet>[2]): readonly QuietChannel[] =>
      quiet(paces, momentOf(clock), after)
        .filter(({ channel }) => listening.includes(channel))
        .map(({ channel, lastAt }) => ({ channel, lastAt: instantOf(lastAt) })),
    /** What has been learnt since it was asked the last time; null when that is nothing. */
    learnt: (): string | null => {
      if (paces.channels === kept) return null;
      kept = paces.channels;
      return JSON.stringify(kept);
    },
  };
};

/** What was learnt is worth keeping, not worth a complaint when it cannot be read. */
const readPaces = (text: string | undefined): Paces["channels"] => {
  try {
    return pacesSchema.parse(JSON.parse(text ?? "{}"));
  } catch {
    return {};
  }
};
