import { expect, test } from "vitest";
import { instantOf } from "../../shared/instant.ts";
import { createVirtualClock } from "../calendar/testing/virtual-clock.ts";
import { createBatches } from "../feed/batch.ts";
import { decodeMessage } from "../feed/decode.ts";
import { createIngest } from "../feed/ingest.ts";
import { createMemoryJournal } from "../feed/testing/memory-journal.ts";
import { silentLog } from "../feed/testing/silent-log.ts";
import type { JournalBatch } from "../journal.ts";
import { createMatchBook } from "../matches/book.ts";
import { recordWith } from "../matches/contacts.ts";
import { limitsAt } from "../matches/retention-limits.ts";
import { contactsEraser } from "./eraser.ts";
import { personEraser } from "./person.ts";
import { createPersonalData } from "./personal-data.ts";
import { createRetirement } from "./retirement.ts";

const start = Date.parse("2027-05-08T12:00:00.000Z");
const day = 86_400_000;
const days = { matches: 400, personal: 90 };
const ada = "Ada Persson";

const room = { messages: 100, bytes: 1e6 };

/** What erases, and the messages, on one journal that takes its time and erases what it has. */
const createDesk = (limits = { queue: room, overflow: room, spillBytes: 1e6 }) => {
  const breathe = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
  const time = createVirtualClock({ start, random: () => 0.5, breathe });
  const memory = createMemoryJournal(time.clock);
  const eraseInRows = ({ erased }: JournalBatch): void => {
    const eraser = erased?.kind === "person" ? personEraser(erased.name, erased.ways) : contactsEraser;
    if (erased !== undefined)
      for (const [id, record] of memory.matches) memory.matches.set(id, recordWith(record, eraser.said));
  };
  const journal = {
    ...memory,
    append: async (batch: JournalBatch): Promise<void> => {
      await memory.append(batch);
      eraseInRows(batch);
    },
  };
  const book = createMatchBook({ records: [], changes: [], now: time.now, placements: () => ({}) });
  const batches = createBatches({
    book,
    lastIds: { message: 0, change: 0 },
    encode: (text) => new TextEncoder().encode(text),
    limits: () => limitsAt(time.now(), days),
    maxBytes: 1e6,
    log: silentLog,
  });
  const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
  const ingest = createIngest({
    journal,
    clock: time.clock,
    log: silentLog,
    decode: (payload) => decodeMessage(payload, { text, utf8Only: true, maxBytes: 1e6 }),
    batches,
    limits,
    spilled: { messages: 0, bytes: 0 },
  });
  const notes = { naming: () => [], ticksOf: () => [], erasing: () => ({}), forgetting: () => ({}) };
  const feeds = { ofPeople: () => [], erasing: () => ({}) };
  const parts = {
    notes,
    feeds,
    write: ingest.write,
    writeAfterHeard: ingest.writeAfterHeard,
    clock: time.clock,
    records: book.records,
  };
  return {
    time,
    memory,
    current: book.records,
    personalData: createPersonalData({
      ...parts,
      journal,
      idOf: ({ name }) => name,
      decodeText: text,
      onErased: (records) => void book.put(records, []),
    }),
    retirement: createRetirement({
      ...parts,
      days: () => days,
      onErased: (_ids, records) => void book.put(records, []),
      onArchived: (ids) => void book.remove(ids),
    }),
    /** A message tells of a match, played so long after the start, with its referee. */
    hear: (id: number, playedIn: number, name = ada): void => {
      const match = {
        matchid: id,
        lag1namn: "Alfa IF",
        tid: `/Date(${start + playedIn})/`,
        domaruppdraglista: [{ personnamn: name, domarrollnamn: "Huvuddomare", mobiltelefon: "0701239876" }],
      };
      const wire = { type: "match_updates", timestamp: instantOf(time.now()), payload: { matches: [match] } };
      const payload = new TextEncoder().encode(JSON.stringify(wire));
      ingest.receive({ channel: "fogis:matches:updates", payload, receivedAt: time.now() });
    },
    /** Of everything that memory and journal have of matches, what these texts stand in. */
    holding: (text: string): readonly string[] =>
      [...book.records.values(), ...memory.matches.values()]
        .filter((record) => JSON.stringify(record).includes(text))
        .map(({ match }) => match.id),
  };
};

test("a person who is erased while a message that names them waits for the journal does not come back with it", async () => {
  const { time, memory, personalData, hear, holding, current } = createDesk();
  hear(1, day);
  await time.advance(100);
  expect(holding(ada)).toEqual(["1", "1"]);
  // The journal has no room when this one is given to it, and is given it again a second later.
  memory.refuse(true);
  hear(2, day);
  await time.advance(100);
  memory.refuse(false);
  const erased = personalData.erase(ada);
  await time.advance(3000);
  expect(await erased).toBe(2);
  expect([...current.keys()]).toEqual(["1", "2"]);
  expect(holding(ada)).toEqual([]);
});

test("nor with one that is on its way to the journal, wherever on that way it is", async () => {
  for (const afterMs of [5, 6, 7, 8, 12]) {
    const { time, personalData, hear, holding } = createDesk();
    hear(1, day);
    await time.advance(100);
    hear(2, day);
    hear(3, day, "Bo Prov");
    await time.advance(afterMs);
    const erased = personalData.erase(ada);
    await time.advance(3000);
    await erased;
    expect([afterMs, holding(ada), holding("Bo Prov")]).toEqual([afterMs, [], ["3", "3"]]);
  }
});

test("nor with one that has not been decoded yet, in memory or in the spill", async () => {
  // One waits in the queue, one on its way to the spill, the others in it.
  const { time, memory, personalData, hear, holding, current } = createDesk({
    queue: { messages: 1, bytes: 1e6 },
    overflow: { messages: 3, bytes: 1e6 },
    spillBytes: 1e6,
  });
  for (const id of [1, 2, 3]) hear(id, day);
  await time.advance(5);
  hear(4, day);
  hear(5, day, "Bo Prov");
  expect(memory.spillSize()).toBeGreaterThan(0);
  const erased = personalData.erase(ada);
  // What is heard afterwards is news.
  hear(6, day, "Cy Prov");
  await time.advance(10_000);
  expect(await erased).toBe(4);
  expect([...current.keys()].sort()).toEqual(["1", "2", "3", "4", "5", "6"]);
  expect([holding(ada), holding("Bo Prov"), holding("Cy Prov")]).toEqual([[], ["5", "5"], ["6", "6"]]);
});

test("a match that is archived while a message that tells of it waits for the journal does not come back with it", async () => {
  const { time, memory, retirement, hear, current } = createDesk();
  const played = -400 * day + 1000;
  hear(1, played);
  await time.advance(100);
  memory.refuse(true);
  hear(1, played);
  await time.advance(2000);
  memory.refuse(false);
  const slice = retirement.slice();
  await time.advance(3000);
  expect(await slice).toBe(true);
  expect([[...current.keys()], [...memory.matches.keys()]]).toEqual([[], []]);
});
