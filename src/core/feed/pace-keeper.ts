import type { JournaledMessage } from "../journal.ts";
import { heard, hearingAgain, type Paces, pacesSchema, type QuietChannel, quiet } from "./quiet.ts";

/** How often the channels speak, as far as it is known, from one run to the next. */
export const createPaceKeeper = (stored: string | undefined) => {
  let paces = readPaces(stored);
  let kept = paces;
  return {
    note: (messages: readonly JournaledMessage[]): void => {
      const latest = new Map(messages.map(({ summary }) => [summary.channel, summary.receivedAt]));
      for (const [channel, at] of latest) paces = heard(paces, channel, Date.parse(at));
    },
    hearingAgain: (at: number): void => {
      paces = hearingAgain(paces, at);
    },
    /** Those of the channels listened to that are quiet: one that nobody listens to any more has spoken once, too. */
    quiet: (listening: readonly string[], now: number, after: Parameters<typeof quiet>[2]): readonly QuietChannel[] =>
      quiet(paces, now, after).filter(({ channel }) => listening.includes(channel)),
    /** What has been learnt since it was asked the last time; null when that is nothing. */
    learnt: (): string | null => {
      if (paces === kept) return null;
      kept = paces;
      return JSON.stringify(paces);
    },
  };
};

/** What was learnt is worth keeping, not worth a complaint when it cannot be read. */
const readPaces = (text: string | undefined): Paces => {
  try {
    return pacesSchema.parse(JSON.parse(text ?? "{}"));
  } catch {
    return {};
  }
};
