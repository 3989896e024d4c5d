import { readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { applyFacts } from "../../../core/matches/merge.ts";
import type { MatchRecord } from "../../../core/matches/record.ts";
import type { Change } from "../../../shared/change.ts";
import { anOfficial } from "../../../shared/testing/people.ts";
import { readableText } from "../text.ts";
import { blobSchema } from "./database.ts";
import { journalIn, journalOnThisThread, temporaryFolder } from "./harness.ts";
import { unpack } from "./pack.ts";
import {
  channel,
  knownRow,
  later,
  noon,
  outboxRow,
  refusedMessage,
  runEntry,
  validMessage,
  venueChange,
  wantedEvent,
} from "./samples.ts";

const name = "Åsa Öst";
const reach = ["0701234567", "0317654321", "asa.ost@example.com", "Storgatan 17"] as const;

const wire = (matchId: number, person: object = {}) => ({
  matchid: matchId,
  domaruppdraglista: [
    { personnamn: name, mobiltelefon: reach[0], telefon: reach[1], epostadress: reach[2], adress: reach[3], ...person },
  ],
});
const payload = (...matches: readonly object[]): Uint8Array =>
  Buffer.from(JSON.stringify({ type: "match_updates", payload: { matches } }));

const record = (id: string): MatchRecord =>
  applyFacts(
    undefined,
    {
      id,
      dialect: "fogis",
      wallClock: false,
      told: {
        home: "Ängby IF",
        kickoff: later(-100 * 86_400),
        officials: [
          {
            name,
            role: "Huvuddomare",
            phones: { mobile: reach[0], home: reach[1] },
            email: reach[2],
            address: { careOf: null, street: reach[3], postalCode: null, city: null, country: null },
          },
        ],
      },
      noted: [],
    },
    { origin: { at: noon, dialect: "fogis", channel }, receivedAt: noon, urgent: false, isReplay: false },
  ).record;

const officialsChange = (id: number, matchId: string): Change => ({
  ...venueChange(id, matchId),
  difference: {
    field: "officials",
    before: [],
    after: [anOfficial({ name, phone: reach[0], email: reach[2] })],
  },
  note: { category: null, priority: null, description: `Ny domare: ${name}, tel ${reach[1]}` },
});

const event = (matchId: string) => ({
  ...wantedEvent(matchId),
  description: `Division 3\n\nHuvuddomare: ${name}\nTelefon: ${reach[0]}\nE-post: ${reach[2]}\n\nRing ${reach[1]}, ${reach[3]}`,
});

/** All that is kept of two matches, with how to reach somebody wherever it can stand. */
const fill = async ({ journal, calendars }: Awaited<ReturnType<typeof journalIn>>): Promise<void> => {
  await journal.append({
    messages: [
      validMessage({ id: 1, matchIds: ["1"], payload: payload(wire(1)) }),
      validMessage({ id: 2, matchIds: ["2"], payload: payload({ matchid: 2, hemmalag: "Östra BK" }) }),
      validMessage({ id: 3, matchIds: ["1"], payload: Buffer.from(`domare ${reach[0]}, ${reach[2]}, {`) }),
      { ...refusedMessage({ id: 4, payload: payload(wire(1, { domarnr: 7 })) }), matchIds: ["1"] },
    ],
    matches: [record("1"), record("2")],
    changes: [officialsChange(1, "1"), venueChange(2, "1"), officialsChange(3, "2")],
  });
  for (const target of ["google", "caldav"] as const)
    await calendars.write(target, {
      known: [{ ...knownRow("1"), target, written: event("1") }],
      outbox: [{ ...outboxRow("1"), target, wanted: event("1") }],
      run: [{ ...runEntry(1, "1"), target, before: event("1"), after: event("1") }],
    });
};

/** What of these texts is anywhere in the folder, the packed payloads included. */
const found = (folder: string, texts: readonly string[]): readonly string[] => {
  const bytes = readdirSync(folder).map((file) => readFileSync(join(folder, file)));
  const { journal, database } = journalOnThisThread(join(folder, "journal.sqlite"));
  const packs = database.rows("SELECT bytes FROM packs", [], z.object({ bytes: blobSchema }));
  void journal.close();
  const all = [...bytes, ...packs.map((pack) => Buffer.from(unpack(pack.bytes)))];
  return texts.filter((text) => all.some((part) => part.includes(text)));
};

describe("how to reach people", () => {
  it("of some matches is erased everywhere in the file, and what else there is stays", async () => {
    const folder = temporaryFolder();
    const opened = await journalIn(folder);
    await fill(opened);
    const { journal, calendars } = opened;
    // What was read before it was erased is not remembered.
    for (const id of [1, 2, 3]) expect(journal.payload(id)?.payload).not.toBeNull();
    await journal.append({ erased: { kind: "contacts", matchIds: ["1"] } });

    const [one, two] = journal.load().matches;
    expect(one?.match.officials).toEqual([anOfficial({ name, role: "Huvuddomare" })]);
    expect(two?.match.officials).toMatchObject([{ phone: reach[0] }]);
    expect(journal.changesOf("1").map(({ difference, note }) => [difference.field, note?.description])).toEqual([
      ["venue", undefined],
      ["officials", `Ny domare: ${name}, tel •••`],
    ]);
    expect(calendars.load("google").known[0]?.written?.description).toContain(`Huvuddomare: ${name}\n\nRing •••`);
    const text = (id: number): string => readableText(journal.payload(id)?.payload ?? new Uint8Array());
    expect(text(1)).toContain(name);
    expect(text(2)).toContain("Östra BK");
    expect(text(3)).toMatch(/^domare •••/);
    expect(journal.quarantined(4)).toMatchObject({ payload: null });

    // The other match has the same referee.
    await journal.append({ erased: { kind: "contacts", matchIds: ["2"] } });
    await opened.close();
    expect(found(folder, [reach[0], reach[1], reach[2]])).toEqual([]);
    expect(found(folder, [name])).toEqual([name]);
  });

  it("goes out of old messages whatever they speak of, a slice at a time", async () => {
    const folder = temporaryFolder();
    const opened = await journalIn(folder);
    const { journal } = opened;
    for (let id = 1; id <= 500; id += 1) {
      const at = later(-(500 - id) * 3600);
      const message = id % 100 === 0 ? refusedMessage : validMessage;
      await journal.append({ messages: [message({ id, at, payload: payload(wire(id)) })], more: true });
    }
    const limits = { now: noon, days: 365, megabytes: 200, personalDays: 10 };
    let slices = 0;
    while (await journal.cleanSlice(limits)) slices += 1;
    expect(slices).toBeGreaterThan(1);
    const hasReach = (id: number): boolean =>
      readableText(journal.payload(id)?.payload ?? new Uint8Array()).includes(reach[0]);
    expect([1, 100, 259, 261, 500].map(hasReach)).toEqual([false, false, false, true, true]);
    expect(journal.quarantine({ limit: 9 }).map(({ id, payload: kept }) => [id, kept !== null])).toEqual([
      [500, true],
      [400, true],
      [300, true],
      [200, false],
      [100, false],
    ]);
    while (await journal.cleanSlice({ ...limits, now: later(20 * 86_400) }));
    await opened.close();
    expect(found(folder, reach)).toEqual([]);
  });
});

it("goes with the copies that upgrades have kept, when those are old", async () => {
  const folder = temporaryFolder();
  const { journal } = await journalIn(folder);
  const copy = (name: string, days: number): void => {
    writeFileSync(join(folder, name), reach[0]);
    const at = Date.parse(noon) / 1000 - days * 86_400;
    utimesSync(join(folder, name), at, at);
  };
  copy("journal.schema-2.sqlite", 91);
  copy("journal.schema-3.sqlite", 89);
  while (await journal.cleanSlice({ now: noon, days: 30, megabytes: 200, personalDays: 90 }));
  expect(readdirSync(folder).filter((name) => name.includes("schema"))).toEqual(["journal.schema-3.sqlite"]);
});

describe("a person", () => {
  it("is erased everywhere, by name, and nobody else", async () => {
    const folder = temporaryFolder();
    const opened = await journalIn(folder);
    await fill(opened);
    const { journal } = opened;
    const other = { personnamn: "Bo Prov", mobiltelefon: "0709999999" };
    await journal.append({
      messages: [validMessage({ id: 5, matchIds: ["1"], payload: payload(wire(1), wire(2, other)) })],
    });
    const person = { name: " åsa  öst", ways: reach };
    await journal.append({ erased: { kind: "person", ...person } });
    await journal.append({ erased: { kind: "person-in-messages", ...person, after: 0, upTo: 3 } });
    await journal.append({ erased: { kind: "person-in-messages", ...person, after: 3, upTo: 9 } });
    expect(journal.load().matches.map(({ match }) => match.officials)).toEqual([[], []]);
    expect(readableText(journal.payload(5)?.payload ?? new Uint8Array())).toContain("0709999999");
    await opened.close();
    expect(found(folder, [name, ...reach])).toEqual([]);
    expect(found(folder, ["Bo Prov"])).toEqual(["Bo Prov"]);
  });
});
