import { raise } from "../../shared/problem.ts";
import type { Journal, QuarantineItem } from "../journal.ts";
import type { MatchRecord } from "../matches/record.ts";
import type { Clock } from "../ports.ts";
import { createOverlay } from "./apply.ts";
import { type BatchTools, createBatch, type Outcome } from "./batch.ts";
import type { Decoded } from "./message.ts";

const pageSize = 200;
/** So that what arrives meanwhile is taken between the pages. */
const breathMs = 1;

export type ReplayTools = {
  readonly journal: Pick<Journal, "quarantine" | "quarantined" | "append">;
  readonly decode: (payload: Uint8Array) => Decoded;
  readonly records: ReadonlyMap<string, MatchRecord>;
  readonly numbering: () => { readonly nextChangeId: () => number; readonly keep: () => void };
  readonly maxBytes: number;
  readonly limits: BatchTools["limits"];
  readonly clock: Pick<Clock, "after">;
  /** Acts on what the journal has taken. */
  readonly act: (outcome: Outcome) => void;
  /** Runs a task while no message is on its way to the journal. */
  readonly alone: <T>(task: () => Promise<T>) => Promise<T>;
};

/** Decodes quarantined messages again, one or all; those that are now accepted whole leave the quarantine. */
export const replayQuarantine = async (
  id: number | null,
  tools: ReplayTools,
): Promise<{ readonly replayed: number; readonly accepted: number }> => {
  if (id !== null) {
    const item = tools.journal.quarantined(id);
    const page = [item ?? raise("not-found", "There is nothing with this number in quarantine.", "id")];
    return tools.alone(() => replayPage(page, tools));
  }
  let total = { replayed: 0, accepted: 0 };
  for (let page = nextPage(tools, null); page.length > 0; page = nextPage(tools, page)) {
    const { replayed, accepted } = await tools.alone(() => replayPage(page, tools));
    total = { replayed: total.replayed + replayed, accepted: total.accepted + accepted };
    await new Promise<void>((resolve) => void tools.clock.after(breathMs, resolve));
  }
  return total;
};

const nextPage = ({ journal }: ReplayTools, page: readonly QuarantineItem[] | null): readonly QuarantineItem[] => {
  const before = page?.at(-1)?.id;
  return journal.quarantine({ ...(before !== undefined && { before }), limit: pageSize });
};

const replayPage = async (items: readonly QuarantineItem[], tools: ReplayTools) => {
  const numbers = tools.numbering();
  const batch = createBatch({
    decode: tools.decode,
    isDuplicate: () => false,
    overlay: createOverlay(tools.records),
    // The messages are in the journal already, under their own numbers.
    nextMessageId: () => 0,
    nextChangeId: numbers.nextChangeId,
    onTold: () => undefined,
    maxBytes: tools.maxBytes,
    limits: tools.limits,
    isReplay: true,
  });
  // In the order in which they came: they are kept newest first.
  const kept = items.flatMap(({ payload, ...item }) => (payload === null ? [] : [{ ...item, payload }])).reverse();
  for (const { channel, payload, receivedAt } of kept) {
    batch.take({ channel, payload, receivedAt: Date.parse(receivedAt) });
  }
  const { messages, ...outcome } = batch.outcome();
  const released = kept.filter((_, index) => messages[index]?.summary.verdict === "valid").map(({ id }) => id);
  const { kept: matches, changes, cycles } = outcome;
  await tools.journal.append({ matches, changes, cycles, released });
  numbers.keep();
  tools.act({ ...outcome, messages: [] });
  return { replayed: kept.length, accepted: released.length };
};
