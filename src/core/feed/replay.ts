import { raise } from "../../shared/problem.ts";
import type { Journal, QuarantineItem } from "../journal.ts";
import { pause } from "../pause.ts";
import type { Clock } from "../ports.ts";
import { type Arrival, replayArrival, type Way } from "./arrival.ts";
import type { Outcome } from "./batch.ts";
import type { Decoded } from "./message.ts";

const pageSize = 200;
/** So that what arrives meanwhile is taken between the pages. */
const breathMs = 1;

export type ReplayTools = {
  readonly journal: Pick<Journal, "quarantine" | "quarantined">;
  readonly decode: (payload: Uint8Array) => Decoded;
  readonly clock: Pick<Clock, "after">;
  readonly take: (way: Way, arrivals: readonly Arrival[]) => Promise<Outcome>;
};

type Replayed = { readonly replayed: number; readonly accepted: number };

/** Decodes quarantined messages again, one or all; those that are now accepted whole leave the quarantine. */
export const replayQuarantine = async (id: number | null, tools: ReplayTools): Promise<Replayed> => {
  const { journal, clock } = tools;
  if (id !== null) {
    const item =
      journal.quarantined(id) ?? raise("not-found", "There is nothing with this number in quarantine.", "id");
    return replayPage([item], tools);
  }
  let total: Replayed = { replayed: 0, accepted: 0 };
  for (let page = journal.quarantine({ limit: pageSize }); page.length > 0; ) {
    const { replayed, accepted } = await replayPage(page, tools);
    total = { replayed: total.replayed + replayed, accepted: total.accepted + accepted };
    await pause(clock, breathMs);
    const before = page.at(-1)?.id ?? 0;
    page = journal.quarantine({ before, limit: pageSize });
  }
  return total;
};

const replayPage = async (items: readonly QuarantineItem[], { decode, take }: ReplayTools): Promise<Replayed> => {
  // In the order in which they came: they are kept newest first.
  const arrivals = items.toReversed().flatMap(({ payload, ...item }) => {
    return payload === null ? [] : replayArrival(item, decode(payload));
  });
  const { released } = await take("replay", arrivals);
  return { replayed: arrivals.length, accepted: released.length };
};
