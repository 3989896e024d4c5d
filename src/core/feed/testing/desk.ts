import { type Instant, instantOf } from "../../../shared/instant.ts";
import { listChannel } from "../../../shared/match.ts";
import type { JournaledMessage } from "../../journal.ts";
import type { MatchRecord } from "../../matches/record.ts";
import { limitsAt } from "../../matches/retention-limits.ts";
import { type Arrival, type Heard, listArrival, messageArrival, replayArrival, type Way } from "../arrival.ts";
import { createBatches, type Outcome } from "../batch.ts";
import { decodeMatches } from "../decode/matches.ts";
import type { Decoded } from "../message.ts";
import { bookOf } from "./book.ts";
import { silentLog } from "./silent-log.ts";

type DeskOptions = {
  readonly start: number;
  readonly decode: (payload: Uint8Array) => Decoded;
  readonly encode: (text: string) => Uint8Array;
  readonly maxBytes: number;
};

/** Takes what arrives, one batch after the other, as the feed does when the journal says yes at once. */
export const createDesk = ({ start, decode, encode, maxBytes }: DeskOptions) => {
  const records = new Map<string, MatchRecord>();
  const quarantine = new Map<number, JournaledMessage>();
  const batches = createBatches({
    book: bookOf(records),
    lastIds: { message: 0, change: 0 },
    encode,
    limits: () => limitsAt(start, { matches: 400, personal: 90 }),
    maxBytes,
    log: silentLog,
  });
  /** So many seconds after the start. */
  const at = (seconds: number): Instant => instantOf(start + seconds * 1000);

  const take = (way: Way, ...arrivals: readonly Arrival[]): Outcome => {
    const outcome = batches.apply(way, arrivals);
    batches.commit(outcome);
    for (const message of outcome.messages)
      if (message.rejections.length > 0) quarantine.set(message.summary.id, message);
    for (const id of outcome.released) quarantine.delete(id);
    return outcome;
  };

  const list = (way: "http" | "manual", matches: readonly unknown[], seconds: number): Outcome =>
    take(
      way,
      listArrival(matches, decodeMatches(matches, "matches"), {
        channel: way === "http" ? listChannel : "manual",
        at: at(seconds),
        receivedAt: at(seconds + 1),
        completeAt: way === "http" ? at(seconds) : null,
      }),
    );

  return {
    at,
    known: (id: string): MatchRecord | undefined => records.get(id),
    quarantined: (): number => quarantine.size,
    hear: (...heard: readonly Heard[]): Outcome =>
      take("redis", ...heard.map((each) => messageArrival(each, decode(each.payload)))),
    /** A complete list, asked for then. */
    fetch: (matches: readonly unknown[], seconds: number): Outcome => list("http", matches, seconds),
    enter: (matches: readonly unknown[], seconds: number): Outcome => list("manual", matches, seconds),
    replay: (): Outcome =>
      take(
        "replay",
        ...[...quarantine.values()].flatMap(({ summary, payload }) =>
          payload === null ? [] : replayArrival(summary, decode(payload)),
        ),
      ),
  };
};
