import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import type { Journal, JournalBatch, JournaledMessage } from "../../../core/journal.ts";
import type { MatchRecord } from "../../../core/matches/record.ts";
import type { Alert } from "../../../shared/alert.ts";
import type { Change } from "../../../shared/change.ts";
import type { Gap } from "../../../shared/connection.ts";
import type { Cycle } from "../../../shared/snapshot.ts";
import { journalOnThisThread, temporaryFolder } from "./harness.ts";
import { channel, later, matchRecord, noon, refusedMessage, validMessage, venueChange } from "./samples.ts";

/** Everything that is written is read back: any batches, any texts, in this run and in the next. */

// Texts that have broken databases before: quotes, zeros, emoji, right-to-left, half a surrogate pair.
const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom("'; DROP TABLE messages; --", "a\0b", "🧤⚽", "שלום", "\ud800"),
);
/** Names and ids are tidied by core before they come here, so they hold no zeros and no halves. */
const tidied = fc.oneof(fc.string({ unit: "grapheme" }), fc.constantFrom("'; DROP TABLE messages; --", "שלום"));
const matchIds = ["a", "b'", "🧤", "שלום"];
const matchId = fc.constantFrom(...matchIds);
const at = fc.nat({ max: 1_000_000 }).map((seconds) => later(seconds));
const unnumbered = { id: 0 };

const message = fc
  .record({
    refused: fc.boolean(),
    payload: fc.option(fc.uint8Array({ maxLength: 300 })),
    matchIds: fc.uniqueArray(matchId),
    messageId: fc.option(text),
    at,
  })
  .map(({ refused, messageId, ...sample }): JournaledMessage => {
    const made = (refused ? refusedMessage : validMessage)({ ...unnumbered, ...sample });
    return { ...made, summary: { ...made.summary, messageId } };
  });

const match = fc
  .record({ id: matchId, venue: fc.option(text), at })
  .map(({ id, venue, at: updatedAt }): MatchRecord => ({ ...matchRecord(id, { venue }), updatedAt }));

const change = fc
  .record({ id: matchId, title: text, at })
  .map(({ id, title, at: when }): Change => ({ ...venueChange(0, id, when), title }));

const alert = fc.record({ id: fc.integer({ min: 1, max: 5 }), words: text, count: fc.nat() }).map(
  ({ id, words, count }): Alert => ({
    id,
    key: `${id}`,
    cause: { kind: "system", alertType: "type", text: words },
    level: "warning",
    severity: "high",
    firstAt: noon,
    lastAt: noon,
    count,
    state: { name: "active" },
  }),
);

const gap = fc.record({ id: fc.integer({ min: 1, max: 5 }), to: fc.option(at) }).map(
  ({ id, to }): Gap => ({
    id,
    from: noon,
    to,
    cause: { kind: "lost", problem: { kind: "redis-frozen", message: "No answer." } },
    state: to === null ? "open" : "unfilled",
    filledAt: null,
    brought: null,
  }),
);

const cycle = fc
  .record({ at, cycle: fc.option(fc.nat()) })
  .map((given): Cycle => ({ ...given, status: "completed", matches: null, durationMs: 12.5 }));

const batch = fc.record(
  {
    messages: fc.array(message, { maxLength: 60 }),
    matches: fc.array(match),
    changes: fc.array(change, { maxLength: 60 }),
    alerts: fc.array(alert),
    gaps: fc.array(gap),
    cycles: fc.array(cycle),
    meta: fc.dictionary(tidied, fc.option(tidied), { noNullPrototype: true }),
  },
  { requiredKeys: [] },
);

/** Core numbers them. */
const numbered = (batches: readonly JournalBatch[]): readonly JournalBatch[] => {
  let messageId = 0;
  let changeId = 0;
  return batches.map(({ messages = [], changes = [], ...rest }) => ({
    ...rest,
    messages: messages.map((entry) => ({ ...entry, summary: { ...entry.summary, id: ++messageId } })),
    changes: changes.map((entry) => ({ ...entry, id: ++changeId })),
  }));
};

/** The last of each key. */
const latest = <T>(entries: readonly T[], keyOf: (entry: T) => string | number): readonly T[] => [
  ...new Map(entries.map((entry) => [keyOf(entry), entry])).values(),
];
const newestFirst = <T extends { readonly id: number }>(entries: readonly T[]): readonly T[] =>
  entries.toSorted((one, other) => other.id - one.id);

const expectAllIn = (journal: Journal, batches: readonly JournalBatch[]): void => {
  const all = <T>(pick: (batch: JournalBatch) => readonly T[] | undefined): readonly T[] =>
    batches.flatMap((entry) => pick(entry) ?? []);
  const messages = all((entry) => entry.messages);
  const changes = all((entry) => entry.changes);
  const refused = messages.filter(({ rejections }) => rejections.length > 0);
  const meta = new Map(all((entry) => Object.entries(entry.meta ?? {})));
  const loaded = journal.load();

  expect(loaded.messages).toEqual(messages.map(({ summary }) => summary).toReversed());
  expect(loaded.changes).toEqual(changes.toReversed());
  expect(loaded.matches.toSorted((one, other) => (one.match.id < other.match.id ? -1 : 1))).toEqual(
    latest(
      all((entry) => entry.matches),
      ({ match: { id } }) => id,
    ).toSorted((one, other) => (one.match.id < other.match.id ? -1 : 1)),
  );
  expect(loaded.alerts).toEqual(
    newestFirst(
      latest(
        all((entry) => entry.alerts),
        ({ id }) => id,
      ),
    ),
  );
  expect(loaded.gaps).toEqual(
    newestFirst(
      latest(
        all((entry) => entry.gaps),
        ({ id }) => id,
      ),
    ),
  );
  expect(loaded.lastCycle).toEqual(all((entry) => entry.cycles).at(-1) ?? null);
  expect(new Map(Object.entries(loaded.meta))).toEqual(new Map([...meta].filter(([, value]) => value !== null)));
  expect(loaded.lastIds).toMatchObject({ message: messages.length, change: changes.length });
  expect(loaded.quarantine.count).toBe(refused.length);

  for (const { summary, payload, rejections } of messages) {
    const found = journal.payload(summary.id);
    expect(found).toEqual({ summary, payload: found?.payload ?? null, rejections });
    expect(Buffer.from(found?.payload ?? "").equals(payload ?? Buffer.from(""))).toBe(true);
  }
  for (const id of matchIds) {
    const about = messages.filter(({ matchIds }) => matchIds.includes(id)).map(({ summary }) => summary);
    expect(journal.messages({ matchId: id, limit: 1000 })).toEqual(about.toReversed());
    expect(journal.changesOf(id)).toEqual(changes.filter((entry) => entry.matchId === id).toReversed());
  }
  expect(journal.messages({ channel, limit: 1000 })).toHaveLength(messages.length);
};

it("whatever batches are written, all of it is there, also after a restart", async () => {
  const folder = temporaryFolder();
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(batch, { maxLength: 4 }), async (unnumbered) => {
      const batches = numbered(unnumbered);
      const file = join(folder, `${++run}.db`);
      const first = journalOnThisThread(file).journal;
      for (const entry of batches) await first.append(entry);
      expectAllIn(first, batches);
      await first.close();
      const second = journalOnThisThread(file).journal;
      expectAllIn(second, batches);
      await second.close();
    }),
    { numRuns: 40 },
  );
});
