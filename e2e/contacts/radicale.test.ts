import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { aMatch, aRecord } from "../../src/core/calendar/testing/records.ts";
import { wantedContacts } from "../../src/core/contacts/contact.ts";
import { sha256 } from "../../src/main/adapters/calendar/seal.ts";
import { readCard } from "../../src/main/adapters/carddav/vcard.ts";
import type { Match, Official } from "../../src/shared/match.ts";
import { anOfficial } from "../../src/shared/testing/people.ts";
import { openEngine } from "../calendar/engine.ts";
import { killDuringSyncs } from "../calendar/killing.ts";
import { temporaryFolder } from "../calendar/setup.ts";
import { type BookSpec, createBook } from "../calendar/targets.ts";
import { startProxy } from "../fixtures/proxy.ts";
import { type Radicale, startRadicale } from "../fixtures/radicale.ts";
import { until } from "../fixtures/until.ts";

let radicale: Radicale;
let count = 0;
beforeAll(async () => {
  radicale = await startRadicale();
});
afterAll(() => radicale.close());

const anAddressBook = async () => {
  count += 1;
  const name = `kontakter-${count}`;
  const direct = await radicale.makeAddressBook(name);
  const proxy = await startProxy(radicale.url);
  onTestFinished(proxy.close);
  const { username, password } = radicale;
  const spec: BookSpec = {
    kind: "carddav",
    url: new URL(new URL(direct).pathname, proxy.url).href,
    username,
    password,
  };
  return {
    spec,
    proxy,
    files: () => radicale.stored(name),
    put: (file: string, text: string) =>
      radicale.send("PUT", new URL(file, direct).href, text, { "content-type": "text/vcard; charset=utf-8" }),
  };
};

const anEngine = async (spec: BookSpec) => {
  const { engine, close } = await openEngine({
    folder: await temporaryFolder(),
    targets: [],
    books: [createBook(spec)],
  });
  onTestFinished(close);
  return engine;
};

const withOfficials = (officials: readonly Official[]) => [aRecord(aMatch({ id: "1", officials, contacts: [] }))];

const anna = anOfficial({
  name: "Anna Prov",
  personId: "1",
  number: "101",
  phones: { mobile: "0700000001", home: null, work: null },
  phone: "0700000001",
  email: "anna@example.com",
  address: {
    careOf: "Prov",
    street: "Provgatan 1; uppg. B",
    postalCode: "411 01",
    city: "Göteborg",
    country: "Sverige",
  },
});
const nils = anOfficial({ name: "Nils Prov", personId: "2", phone: "0700000002" });

/** As a telephone writes it. */
const byHand = `BEGIN:VCARD
VERSION:3.0
PRODID:-//Another program//EN
UID:by-hand@example.com
FN:Anna domare
N:domare;Anna;;;
item1.TEL;TYPE=pref:+46 70 000 00 01
item1.X-ABLabel:Bilen
NOTE:Ring inte före åtta
BDAY:1990-01-01
CATEGORIES:Vänner
X-OWN;X-PARAM=1:keep
END:VCARD
`.replaceAll("\n", "\r\n");

test("a contact is made whole, told of again with one call, and changed in its place", async () => {
  const { spec, proxy, files } = await anAddressBook();
  const engine = await anEngine(spec);
  engine.start(withOfficials([anna, nils]));
  expect((await engine.sync()).map(({ outcome }) => outcome)).toEqual(["inserted", "inserted"]);
  const cards = [...(await files()).values()].map((text) => readCard(text, "Referees"));
  expect(cards).toHaveLength(2);
  expect(cards.find((read) => read?.card.name === "Anna Prov")).toMatchObject({
    hasMore: false,
    card: {
      phones: [{ kind: "mobile", number: "0700000001" }],
      emails: ["anna@example.com"],
      addresses: [anna.address],
      number: "101",
      isInGroup: true,
    },
  });

  await engine.sync();
  proxy.forget();
  expect((await engine.sync()).every(({ outcome }) => outcome === "unchanged")).toBe(true);
  expect(proxy.seen.map(({ method }) => method)).toEqual(["REPORT"]);

  proxy.forget();
  engine.changed(withOfficials([{ ...anna, email: "prov@example.com" }, nils]));
  await engine.sync();
  expect(proxy.seen.filter(({ method }) => method === "PUT")).toMatchObject([
    { headers: { "if-match": expect.any(String) } },
  ]);
  expect([...(await files()).values()].filter((text) => text.includes("prov@example.com"))).toHaveLength(1);
});

test("a contact made by hand is completed, everything in it kept, and given back by an undo", async () => {
  const { spec, files, put } = await anAddressBook();
  await put("by-hand.vcf", byHand);
  const engine = await anEngine(spec);
  engine.start(withOfficials([anna]));
  await engine.sync();
  const after = await files();
  expect([...after.keys()]).toEqual(["by-hand.vcf"]);
  const text = after.get("by-hand.vcf") ?? "";
  for (const line of ["FN:Anna domare", "NOTE:Ring inte före åtta", "19900101", "anna@example.com", "Bilen", "keep"])
    expect(text).toContain(line);
  expect(text).toMatch(/CATEGORIES:(Vänner,Referees|Referees,Vänner)/);
  expect(text.match(/TEL/g)).toHaveLength(1);

  expect(await engine.undo("carddav")).toHaveLength(1);
  const back = readCard((await files()).get("by-hand.vcf") ?? "", "Referees");
  expect(back).toEqual(readCard(byHand, "Referees"));
  expect((await files()).get("by-hand.vcf")).not.toContain("AVSPARK");
});

test("a contact that somebody makes while we are at work is completed, and given back by an undo; ours goes where both were made", async () => {
  const { spec, files, put } = await anAddressBook();
  const engine = await anEngine(spec);
  engine.start(withOfficials([nils]));
  await engine.sync();
  await put("by-hand.vcf", byHand);
  // Nobody asks for a sync, which would read first in any case.
  engine.changed(withOfficials([anna, nils]));
  await until(async () => (await files()).get("by-hand.vcf")?.includes("anna@example.com"));
  expect((await files()).size).toBe(2);

  const hers = byHand.replaceAll("Anna", "Nils").replace("+46 70 000 00 01", "0700000002").replace("UID:by", "UID:2");
  await put("nils.vcf", hers);
  await engine.sync();
  expect([...(await files()).keys()].toSorted()).toEqual(["by-hand.vcf", "nils.vcf"]);
  expect((await files()).get("nils.vcf")).toMatch(/CATEGORIES:(Vänner,Referees|Referees,Vänner)/);
  while (engine.status()[0]?.undoable === true) await engine.undo("carddav");
  const left = await files();
  expect([...left.keys()].toSorted()).toEqual(["by-hand.vcf", "nils.vcf"]);
  expect(readCard(left.get("nils.vcf") ?? "", "Referees")).toEqual(readCard(hers, "Referees"));
  expect(readCard(left.get("by-hand.vcf") ?? "", "Referees")).toEqual(readCard(byHand, "Referees"));
});

test("whoever is needed no longer goes, or leaves the group where a person has written something", async () => {
  const { spec, files, put } = await anAddressBook();
  const engine = await anEngine(spec);
  const erik = anOfficial({ name: "Erik Prov", personId: "3", phone: "0700000003" });
  engine.start(withOfficials([anna, nils, erik]));
  await engine.sync();
  const [name, text] = [...(await files())].find(([, one]) => one.includes("Anna Prov")) ?? ["", ""];
  await put(name, text.replace("END:VCARD", "NOTE:Bra på gräs\r\nEND:VCARD"));
  engine.changed(withOfficials([erik]));
  await engine.sync();
  const left = [...(await files()).values()].map((one) => readCard(one, "Referees")?.card);
  expect(left.map((card) => [card?.name, card?.isInGroup]).toSorted()).toEqual([
    ["Anna Prov", false],
    ["Erik Prov", true],
  ]);
});

test("a contact made by hand that has left our group comes back to it by an undo, and leaves again by a sync", async () => {
  const { spec, files, put } = await anAddressBook();
  await put("by-hand.vcf", byHand);
  const hers = async () => readCard((await files()).get("by-hand.vcf") ?? "", "Referees");
  const engine = await anEngine(spec);
  engine.start(withOfficials([anna, nils]));
  await engine.sync();
  const completed = await hers();
  engine.changed(withOfficials([nils]));
  await engine.sync();
  expect(await hers()).toMatchObject({ card: { isInGroup: false, mark: null } });
  expect(await engine.undo("carddav")).toHaveLength(1);
  expect(await hers()).toEqual(completed);
  expect((await files()).size).toBe(2);
  await engine.sync();
  expect(await hers()).toMatchObject({ card: { isInGroup: false, mark: null } });
});

test("the address book is found behind the server's address alone", async () => {
  const own = await startRadicale();
  onTestFinished(own.close);
  await own.makeAddressBook("kontakter");
  await own.makeCalendar("matcher");
  const { url, username, password } = own;
  const engine = await anEngine({ kind: "carddav", url, username, password });
  engine.start(withOfficials([nils]));
  await engine.sync();
  expect((await own.stored("kontakter")).size).toBe(1);
  expect(engine.status()).toMatchObject([{ name: "carddav", label: "Kontakter", there: 1 }]);
});

const digest = (text: string): string => sha256(text).toString("hex");

test("killed in the middle of syncs: one contact for each person, all right", { timeout: 180_000 }, async () => {
  const { spec, files, put } = await anAddressBook();
  await put("by-hand.vcf", byHand);
  const people = Array.from({ length: 20 }, (_, n) =>
    anOfficial({ name: `Prov ${n}`, personId: String(100 + n), phone: `07010000${n}` }),
  );
  const matches = people.map((official, n): Match => aMatch({ id: String(n), officials: [official], contacts: [] }));
  const last = await killDuringSyncs({
    folder: await temporaryFolder(),
    books: [spec],
    matches: [...matches, aMatch({ id: "anna", officials: [anna], contacts: [] })],
    kills: 3,
    seed: 4,
    change: (before, chance) =>
      before.map((match) =>
        chance() < 0.4
          ? {
              ...match,
              officials: match.officials.map((one) => ({ ...one, email: `${Math.floor(chance() * 1e6)}@example.com` })),
            }
          : match,
      ),
  });
  const stored = await files();
  const marks = [...stored.values()].flatMap((text) => readCard(text, "Referees")?.card.mark ?? []);
  const wanted = [...wantedContacts(last, { digest, teams: false, ownNumber: null }).values()];
  expect(marks.map(({ id, hash }) => [id, hash]).toSorted()).toEqual(
    wanted.map(({ id, hash }) => [id, hash]).toSorted(),
  );
  expect(stored.size).toBe(wanted.length);
  expect(stored.get("by-hand.vcf")).toContain("Ring inte före åtta");
});
