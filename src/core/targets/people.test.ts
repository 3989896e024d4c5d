import { describe, expect, test } from "vitest";
import type { Official } from "../../shared/match.ts";
import { instant } from "../../shared/testing/instant.ts";
import { aContact, anOfficial } from "../../shared/testing/people.ts";
import { aMatch, aRecord } from "../calendar/testing/records.ts";
import { type Card, emptyCard } from "../contacts/card.ts";
import type { MatchRecord } from "../matches/record.ts";
import { createPeopleBench, withOfficials } from "./testing/people.ts";

const breathe = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

const anna = anOfficial({ name: "Anna Prov", personId: "1", number: "101", phone: "0700000001" });
const nils = anOfficial({ name: "Nils Prov", personId: "2", number: "102", phone: "0700000002" });

const theirs = (facts: Partial<Card>): Card => ({ ...emptyCard, ...facts });

/** An address book with what others wrote, and what stands in it once these matches are known. */
const kept = async (
  records: readonly MatchRecord[],
  { cards = [], ...options }: { cards?: readonly Card[]; teams?: boolean; ownNumber?: string } = {},
) => {
  const bench = createPeopleBench({ breathe, ...options });
  for (const card of cards) bench.model.add(card);
  const engine = bench.begin(records);
  const results = await bench.finish(engine.sync());
  const cardsNow = (): readonly Card[] => bench.model.entries().map(({ card }) => card);
  const told = async (...changed: readonly MatchRecord[]): Promise<void> => {
    engine.changed(changed);
    await bench.time.advance(10_000);
  };
  return { ...bench, engine, results, cards: cardsNow, told };
};

const numbersOf = ({ phones }: Card): readonly string[] => phones.map(({ number }) => number);

describe("a contact for each official", () => {
  test("is made once, with all that FOGIS tells, in our group", async () => {
    const whole = anOfficial({
      ...anna,
      phones: { mobile: "0700000001", home: "031-10 00 01", work: null },
      email: "anna@example.com",
      address: { careOf: null, street: "Provgatan 1", postalCode: "411 01", city: "Göteborg", country: "Sverige" },
    });
    const { cards, results } = await kept([withOfficials("1", [whole]), withOfficials("2", [whole, nils])]);
    expect(results.map(({ outcome }) => outcome)).toEqual(["inserted", "inserted"]);
    expect(cards()).toMatchObject([
      {
        name: "Anna Prov",
        phones: [
          { kind: "mobile", number: "0700000001" },
          { kind: "home", number: "031-10 00 01" },
        ],
        emails: ["anna@example.com"],
        addresses: [whole.address],
        number: "101",
        isInGroup: true,
      },
      { name: "Nils Prov" },
    ]);
  });

  test("leaves out oneself, and whoever cannot be reached", async () => {
    const unreachable = anOfficial({ name: "Erik Prov", personId: "3" });
    const { cards } = await kept([withOfficials("1", [anna, nils, unreachable])], { ownNumber: "101" });
    expect(cards().map(({ name }) => name)).toEqual(["Nils Prov"]);
  });

  test("has the teams' contact persons by choice, and one contact for whoever is both", async () => {
    const leader = aContact({ team: "IFK", name: "Lisa Prov", phone: "0700000003" });
    const both = aContact({ team: "IFK", name: "Anna Prov", phone: "070-000 00 01" });
    const match = aRecord(aMatch({ id: "1", officials: [anna], contacts: [leader, both] }));
    expect((await kept([match])).cards().map(({ name }) => name)).toEqual(["Anna Prov"]);
    const names = (await kept([match], { teams: true })).cards().map(({ name }) => name);
    expect(names.toSorted()).toEqual(["Anna Prov", "Lisa Prov"]);
  });

  test("is not written again, and one call tells so", async () => {
    const { engine, model, finish } = await kept([withOfficials("1", [anna, nils])]);
    model.forgetCalls();
    const results = await finish(engine.sync());
    expect(results.map(({ outcome }) => outcome)).toEqual(["unchanged", "unchanged"]);
    expect(model.calls()).toEqual(["list"]);
  });

  test("takes two hundred at once", async () => {
    const many = Array.from({ length: 200 }, (_, n) =>
      anOfficial({ name: `Prov ${n}`, personId: String(n), phone: `07010000${n}` }),
    );
    const { model } = await kept([withOfficials("1", many)]);
    expect(model.calls()).toEqual(["list", "create"]);
    expect(model.entries()).toHaveLength(200);
  });
});

describe("a contact that is there already", () => {
  test.each<[string, Partial<Card>]>([
    ["the predecessor's, by its referee number", { name: "Anna P.", number: "101" }],
    [
      "one made by hand, by its telephone",
      { name: "anna prov", phones: [{ kind: "other", number: "+46 70-000 00 01" }] },
    ],
    ["one with the first name alone", { name: "Anna domare", phones: [{ kind: "mobile", number: "0700000001" }] }],
    ["one without a name", { phones: [{ kind: "mobile", number: "0046 700000001" }] }],
  ])("is completed: %s", async (_, there) => {
    const { cards } = await kept([withOfficials("1", [{ ...anna, email: "anna@example.com" }])], {
      cards: [theirs(there)],
    });
    expect(cards()).toHaveLength(1);
    expect(cards()[0]).toMatchObject({
      name: there.name ?? "Anna Prov",
      number: "101",
      emails: ["anna@example.com"],
      isInGroup: true,
    });
    expect(cards()[0]?.phones).toHaveLength(1);
  });

  test.each<[string, Partial<Card>]>([
    ["a name alone", { name: "Anna Prov" }],
    ["a telephone under another first name", { name: "Per Prov", phones: [{ kind: "mobile", number: "0700000001" }] }],
    [
      "another referee's number",
      { name: "Anna Prov", number: "999", phones: [{ kind: "mobile", number: "0700000001" }] },
    ],
  ])("is somebody else's with %s", async (_, there) => {
    const { cards } = await kept([withOfficials("1", [anna])], { cards: [theirs(there)] });
    expect(cards()[0]).toEqual(theirs(there));
    expect(cards()).toHaveLength(2);
  });

  test("is given back as it was when the run is taken back", async () => {
    const there = theirs({ name: "Anna", phones: [{ kind: "mobile", number: "0700000001" }] });
    const { cards, engine, finish } = await kept([withOfficials("1", [{ ...anna, email: "anna@example.com" }, nils])], {
      cards: [there],
    });
    expect(cards()).toHaveLength(2);
    expect(await finish(engine.undo("google-contacts"))).toHaveLength(2);
    expect(cards()).toEqual([there]);
    await finish(engine.audit("google-contacts", false));
    expect(cards()).toEqual([there]);
  });

  test("also where the address book had been read before anybody was known", async () => {
    const there = theirs({ name: "Anna", phones: [{ kind: "mobile", number: "0700000001" }], isInGroup: true });
    const { cards, engine, finish, told } = await kept([], { cards: [there] });
    await told(withOfficials("1", [{ ...anna, email: "anna@example.com" }]));
    expect(cards()).toMatchObject([{ emails: ["anna@example.com"] }]);
    expect(await finish(engine.undo("google-contacts"))).toHaveLength(1);
    expect(cards()).toEqual([there]);
  });
});

describe("a contact of ours that is there twice", () => {
  const copied = async (change: (card: Card) => Card) => {
    const { cards, model, engine, finish } = await kept([withOfficials("1", [anna])]);
    const [ours] = cards();
    if (ours === undefined) throw new Error("there is one");
    model.add(change(ours));
    await finish(engine.sync());
    await finish(engine.sync());
    return { ours, cards };
  };

  test("since somebody copied it, is there once again: the copy bears our mark and nothing else", async () => {
    const { ours, cards } = await copied((card) => card);
    expect(cards()).toEqual([ours]);
  });

  test("is the one into which somebody wrote, where somebody did", async () => {
    const { ours, cards } = await copied((card) => ({ ...card, emails: ["anna@example.com"] }));
    expect(cards()).toMatchObject([{ emails: ["anna@example.com"], isInGroup: true, mark: { id: ours.mark?.id } }]);
  });
});

describe("a contact made by hand while we are at work", () => {
  const byHand = theirs({ name: "Anna", phones: [{ kind: "mobile", number: "0700000001" }], isInGroup: true });

  test("is seen before ours is made, and completed in its stead", async () => {
    const { model, told, cards, engine, finish } = await kept([withOfficials("1", [nils])]);
    model.add(byHand);
    model.forgetCalls();
    await told(withOfficials("1", [{ ...anna, email: "anna@example.com" }, nils]));
    expect(model.calls()).toEqual(["list", "update"]);
    expect(cards()).toMatchObject([{ name: "Nils Prov" }, { name: "Anna", emails: ["anna@example.com"] }]);
    await finish(engine.undo("google-contacts"));
    expect(cards()).toContainEqual(byHand);
  });

  test.for(["restart", "running"])("beside ours is the one that stays, by the next reading: %s", async (how) => {
    const { model, begin, cards, engine, finish } = await kept([withOfficials("1", [anna, nils])]);
    model.add(byHand);
    const [preview] = await finish(engine.preview("google-contacts"));
    expect(preview?.operations.map(({ kind }) => kind).toSorted()).toEqual(["remove", "update"]);
    let now = engine;
    if (how === "restart") {
      await finish(engine.stop());
      now = begin([withOfficials("1", [anna, nils])]);
    }
    await finish(now.sync());
    expect(cards()).toMatchObject([{ name: "Nils Prov" }, { name: "Anna", mark: { made: false } }]);
    expect(await finish(now.audit("google-contacts", false))).toMatchObject({ missing: 0, different: 0, surplus: 0 });
    // What the run before tells of Anna was done to the contact that made way.
    await finish(now.undo("google-contacts"));
    if (now.status()[0]?.undoable === true) await finish(now.undo("google-contacts"));
    expect(cards()).toContainEqual(byHand);
  });

  test("leaves alone one of ours into which somebody has written", async () => {
    const { model, cards, engine, finish } = await kept([withOfficials("1", [anna])]);
    const [ours] = model.entries();
    if (ours === undefined) throw new Error("there is one");
    model.put({ ...ours, hasMore: true });
    model.add(byHand);
    await finish(engine.sync());
    expect(cards()).toEqual([ours.card, byHand]);
  });
});

describe("father and son", () => {
  const phone = "0700000009";
  const father = anOfficial({ name: "Per Prov", phone });
  const son = anOfficial({ name: "Nils Prov", phone });

  test("who share a telephone have a contact each, also beside one made by hand", async () => {
    const byHand = theirs({ name: "Per Prov", phones: [{ kind: "mobile", number: phone }] });
    const { cards } = await kept([withOfficials("1", [father, son])], { cards: [byHand] });
    expect(cards().map(({ name }) => name)).toEqual(["Per Prov", "Nils Prov"]);
  });

  test("who share a name as well have one each by FOGIS's ids", async () => {
    const [one, other] = ["1", "2"].map((personId) => anOfficial({ name: "Nils Prov", personId, phone }));
    if (one === undefined || other === undefined) throw new Error("there are two");
    const { cards, told } = await kept([withOfficials("1", [one, other])]);
    expect(cards()).toHaveLength(2);
    await told(
      withOfficials("1", [one, { ...other, phone: "0700000010", phones: { ...other.phones, mobile: "0700000010" } }]),
    );
    expect(cards().flatMap(numbersOf).toSorted()).toEqual([phone, "0700000010"]);
  });
});

describe("somebody", () => {
  const withPhone = (official: Official, mobile: string): Official => ({
    ...official,
    phone: mobile,
    phones: { ...official.phones, mobile },
  });

  test("who changes number has the new one alone, beside what people wrote", async () => {
    const { cards, model, told } = await kept([withOfficials("1", [anna])]);
    const [entry] = model.entries();
    if (entry === undefined) throw new Error("there is one");
    const own = { kind: "home" as const, number: "031-99 99 99" };
    model.put({ ...entry, card: { ...entry.card, name: "Anna (bil)", phones: [...entry.card.phones, own] } });
    await told(withOfficials("1", [withPhone(anna, "0700000007")]));
    expect(cards()).toHaveLength(1);
    expect(cards()[0]).toMatchObject({ name: "Anna (bil)", phones: [own, { kind: "mobile", number: "0700000007" }] });
  });

  test("whose id is told only later keeps the contact", async () => {
    const { cards, told } = await kept([withOfficials("1", [{ ...anna, personId: null }])]);
    await told(withOfficials("1", [anna]));
    expect(cards()).toMatchObject([{ mark: { id: "fogis-1" }, isInGroup: true }]);
  });

  test("whose id is told only later has no empty contact after an undo", async () => {
    const { cards, told, engine, finish } = await kept([withOfficials("1", [{ ...anna, personId: null }])]);
    await told(withOfficials("1", [anna]));
    await finish(engine.undo("google-contacts"));
    expect(cards()).toEqual([]);
    await finish(engine.sync());
    expect(cards()).toMatchObject([{ mark: { id: "fogis-1" }, isInGroup: true }]);
  });

  test("who is needed no longer goes where nobody touched the contact, and comes back as one", async () => {
    const { cards, told } = await kept([withOfficials("1", [anna, nils])]);
    await told(withOfficials("1", [nils]));
    expect(cards().map(({ name }) => name)).toEqual(["Nils Prov"]);
    await told(withOfficials("1", [anna, nils]));
    expect(
      cards()
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(["Anna Prov", "Nils Prov"]);
  });

  test.each([
    ["a note", { hasMore: true, card: {} }],
    ["a number", { hasMore: false, card: { phones: [{ kind: "home", number: "031-1" } as const] } }],
  ])("is taken out of the group alone where a person has added %s, and comes back in", async (_, added) => {
    const { model, cards, told } = await kept([withOfficials("1", [anna, nils])]);
    const [entry] = model.entries();
    if (entry === undefined) throw new Error("there is one");
    model.put({ ...entry, hasMore: added.hasMore, card: { ...entry.card, ...added.card } });
    await told(withOfficials("1", [nils]));
    expect(
      cards()
        .map(({ name, isInGroup }) => [name, isInGroup])
        .toSorted(),
    ).toEqual([
      ["Anna Prov", false],
      ["Nils Prov", true],
    ]);
    await told(withOfficials("1", [anna, nils]));
    expect(cards()).toHaveLength(2);
    expect(cards().every(({ isInGroup }) => isInGroup)).toBe(true);
  });

  test("is needed no longer when the match is gone; nobody at all is no proof", async () => {
    const gone = { goneAt: instant("2027-05-01T10:00:00.000Z") };
    const { cards, told } = await kept([withOfficials("1", [anna]), withOfficials("2", [nils])]);
    await told(withOfficials("1", [anna], gone));
    expect(cards().map(({ name }) => name)).toEqual(["Nils Prov"]);
    await told(withOfficials("2", [nils], gone));
    expect(cards().map(({ name }) => name)).toEqual(["Nils Prov"]);
  });
});

describe("the removal of a contact that was there before us", () => {
  const there = theirs({ name: "Anna P.", phones: [{ kind: "mobile", number: "0700000001" }] });
  const everybody = withOfficials("1", [{ ...anna, email: "anna@example.com" }, nils]);
  const nothingAmiss = { missing: 0, different: 0, surplus: 0, repaired: 0 };

  /** Hers has a note. It was completed, and has left our group. */
  const leaving = async ({ card = there, hasMore = true }: { card?: Card; hasMore?: boolean } = {}) => {
    const bench = await kept([]);
    const remoteId = bench.model.add(card, hasMore);
    await bench.told(everybody);
    const hers = (): Card | undefined =>
      bench.model.entries().find((entry) => entry.remoteId === remoteId && entry.hasMore === hasMore)?.card;
    const completed = hers();
    if (completed?.mark == null) throw new Error("hers is completed");
    await bench.told(withOfficials("1", [nils]));
    expect(hers()).toEqual({ ...completed, isInGroup: false, mark: null, formerly: completed.mark });
    const undo = () => bench.finish(bench.engine.undo("google-contacts"));
    const audit = () => bench.finish(bench.engine.audit("google-contacts", false));
    return { ...bench, remoteId, hers, completed, undo, audit };
  };

  test("leaves behind what we had put there, which is replaced when they come back with another number", async () => {
    const { told, hers, completed } = await leaving();
    const number = "0709999999";
    const back = { ...anna, phone: number, phones: { ...anna.phones, mobile: number }, email: "anna.ny@example.com" };
    await told(withOfficials("1", [back, nils]));
    // The number that was there before us is somebody's own.
    const own = there.phones.map((phone) => phone.number);
    expect(hers()?.phones.map((phone) => phone.number)).toEqual([...own, number]);
    expect(hers()?.emails).toEqual(["anna.ny@example.com"]);
    expect(hers()).toMatchObject({ isInGroup: true, formerly: null, mark: { id: completed.mark?.id } });
  });

  test("is taken back on that very contact, and so is its completion after that", async () => {
    const { hers, completed, cards, undo, audit } = await leaving();
    expect(await undo()).toHaveLength(1);
    expect(hers()).toEqual(completed);
    expect(cards()).toHaveLength(2);
    expect(await audit()).toEqual(nothingAmiss);
    expect(await undo()).toHaveLength(2);
    expect(cards()).toEqual([there]);
    expect(await audit()).toEqual(nothingAmiss);
  });

  test("is taken back there also after a restart, and where somebody has made it hard to recognise", async () => {
    const { hers, completed, model, engine, begin, finish, remoteId } = await leaving();
    const [entry] = model.entries().filter((one) => one.remoteId === remoteId);
    if (entry === undefined) throw new Error("hers is there");
    const disguise = { name: "Domaren", phones: [], emails: [], number: "7" };
    model.put({ ...entry, card: { ...entry.card, ...disguise } });
    await finish(engine.stop());
    const anew = begin([withOfficials("1", [nils])]);
    await finish(anew.sync());
    expect(await finish(anew.undo("google-contacts"))).toHaveLength(1);
    expect(hers()).toMatchObject({ name: "Domaren", number: "7", isInGroup: true, mark: { id: completed.mark?.id } });
    expect(model.entries()).toHaveLength(2);
  });

  test.for(["before", "after"])("agrees with what every question answers where she came back %s that", async (when) => {
    const { cards, completed, told, undo, audit, engine, finish, hers } = await leaving();
    if (when === "before") await told(everybody);
    await undo();
    if (when === "before") await undo();
    if (when === "after") await told(everybody);
    expect(hers()).toMatchObject({ isInGroup: true, mark: { id: completed.mark?.id } });
    expect(cards()).toHaveLength(2);
    const [preview] = await finish(engine.preview("google-contacts"));
    expect(preview?.operations).toEqual([]);
    expect((await finish(engine.sync())).map(({ outcome }) => outcome)).toEqual(["unchanged", "unchanged"]);
    expect(await audit()).toEqual(nothingAmiss);
  });

  test("leaves out of the group what a person had taken out of it", async () => {
    const { model, cards, told, finish, engine } = await kept([everybody], { cards: [there] });
    const [entry] = model.entries();
    if (entry === undefined) throw new Error("there is one");
    const outside = { ...entry.card, isInGroup: false };
    model.put({ ...entry, card: outside });
    await finish(engine.sync());
    await told(withOfficials("1", [nils]));
    await finish(engine.undo("google-contacts"));
    expect(cards()).toContainEqual(outside);
  });

  test("is taken back on the one that she is known by, where hers was brought in anew meanwhile", async () => {
    const { model, remoteId, hers, completed, cards, undo } = await leaving();
    const card = hers();
    if (card === undefined) throw new Error("hers is there");
    model.drop(remoteId);
    model.add(card, true);
    expect(await undo()).toHaveLength(1);
    expect(cards()).toMatchObject([{ name: "Nils Prov" }, { name: "Anna P.", mark: { id: completed.mark?.id } }]);
  });

  test("makes one where somebody has deleted hers, and leaves nothing of it when that is taken back", async () => {
    const { model, remoteId, cards, undo, audit } = await leaving();
    model.drop(remoteId);
    expect(await undo()).toHaveLength(1);
    expect(cards().map(({ name }) => name)).toEqual(["Nils Prov", "Anna Prov"]);
    expect(await undo()).toHaveLength(2);
    expect(cards()).toEqual([]);
    expect(await audit()).toEqual(nothingAmiss);
  });

  test("gives back as ours what we had made and somebody has written into", async () => {
    const { model, told, cards, engine, finish } = await kept([everybody]);
    const [entry] = model.entries();
    if (entry === undefined) throw new Error("there is one");
    model.put({ ...entry, hasMore: true });
    await finish(engine.sync());
    await told(withOfficials("1", [nils]));
    await finish(engine.undo("google-contacts"));
    expect(cards()).toHaveLength(2);
    expect(cards()).toContainEqual(entry.card);
  });

  test.for([false, true])("is made again when a sync is asked for, of hers with a note: %s", async (hasMore) => {
    const { cards, undo, audit, engine, finish, hers } = await leaving({ hasMore });
    await undo();
    expect(await audit()).toEqual(nothingAmiss);
    const results = await finish(engine.sync());
    expect(results.map(({ outcome }) => outcome).toSorted()).toEqual(["removed", "unchanged"]);
    expect(hers()).toMatchObject({ isInGroup: false, mark: null });
    expect(cards()).toHaveLength(2);
    // She is gone for good: nobody is told of her again and again.
    expect(await finish(engine.sync())).toHaveLength(1);
  });
});

test("many removals that were taken back wait for a person again when a sync is asked for", async () => {
  const many = Array.from({ length: 30 }, (_, n) =>
    anOfficial({ name: `Prov ${n}`, personId: String(n), phone: `0701${n}` }),
  );
  const { engine, cards, told, time, finish } = await kept([withOfficials("1", many)]);
  await told(withOfficials("1", many.slice(0, 10)));
  await engine.confirm("google-contacts", engine.held("google-contacts")[0]?.token ?? null);
  await time.advance(10_000);
  expect(cards()).toHaveLength(10);
  expect(await finish(engine.undo("google-contacts"))).toHaveLength(20);
  expect(cards()).toHaveLength(30);
  const results = await finish(engine.sync());
  expect(results.filter(({ outcome }) => outcome === "waiting")).toHaveLength(20);
  expect(engine.held("google-contacts")[0]?.removals).toHaveLength(20);
  expect(await finish(engine.audit("google-contacts", false))).toMatchObject({ surplus: 20 });
});

describe("an undo of removals during which we are killed", () => {
  const three = [anna, nils, anOfficial({ name: "Erik Prov", personId: "3", phone: "0700000003" })];
  const rest = withOfficials("1", [anOfficial({ name: "Lisa Prov", personId: "4", phone: "0700000004" })]);
  const gone = withOfficials("2", three, { goneAt: instant("2027-05-01T10:00:00.000Z") });

  /** Killed when these many milliseconds of the undo have passed. */
  const killedAfter = async (ms: number, survives: boolean, left: readonly MatchRecord[]) => {
    const bench = createPeopleBench({ breathe });
    const life = { alive: true, survives };
    const first = bench.begin([withOfficials("2", three), rest], life);
    await bench.finish(first.sync());
    first.changed([gone]);
    await bench.time.advance(10_000);
    first.changed(left);
    await bench.time.advance(10_000);
    void first.undo("google-contacts").catch(() => undefined);
    await bench.time.advance(ms);
    life.alive = false;
    const engine = bench.begin([gone, ...left]);
    engine.listed();
    return { ...bench, engine };
  };

  const moments = [0, 10, 40, 60, 80, 120, 1000];
  test.each(
    moments.flatMap((ms) =>
      [true, false].flatMap((survives) => [true, false].map((isLisaLeft) => ({ ms, survives, isLisaLeft }))),
    ),
  )("after $ms ms goes on: none is held, all are back once: $survives, $isLisaLeft", async (one) => {
    const left = one.isLisaLeft ? [rest] : [withOfficials("1", [])];
    const { engine, time, model, finish } = await killedAfter(one.ms, one.survives, left);
    await time.advance(60_000);
    // Whether she is needed no longer, nobody at all is no proof of: a person is asked.
    const held = engine.held("google-contacts").flatMap(({ removals }) => removals.map(({ title }) => title));
    expect(held).toEqual(one.isLisaLeft ? [] : ["Lisa Prov"]);
    const names = () =>
      model
        .entries()
        .map(({ card }) => card.name)
        .toSorted();
    expect(names()).toEqual(["Anna Prov", "Erik Prov", "Lisa Prov", "Nils Prov"]);
    const [preview] = await finish(engine.preview("google-contacts"));
    expect(preview).toMatchObject({ operations: [], held: 0, undone: 3 });
    // Somebody else is told of, which says nothing of them.
    engine.changed([rest]);
    await time.advance(60_000);
    expect(names()).toEqual(["Anna Prov", "Erik Prov", "Lisa Prov", "Nils Prov"]);
  });

  test("what waits is shown by name, also by those who know nothing of it yet", async () => {
    const { engine, finish, time, model } = await killedAfter(0, false, [rest]);
    const { operations } = (await finish(engine.preview("google-contacts")))[0] ?? { operations: [] };
    expect(operations.map(({ kind, title }) => [kind, title]).toSorted()).toEqual(
      three.map(({ name }) => ["insert", name]).toSorted(),
    );
    await time.advance(60_000);
    // Another journal knows of none of them: a person is asked, and told whom it is about.
    const other = createPeopleBench({ breathe });
    for (const { card } of model.entries()) other.model.add(card);
    const stranger = other.begin([rest]);
    stranger.listed();
    await other.time.advance(60_000);
    const [held] = stranger.held("google-contacts");
    expect(held?.removals.map(({ title }) => title).toSorted()).toEqual(three.map(({ name }) => name).toSorted());
  });
});

test("many at once wait for a person's word", async () => {
  const many = Array.from({ length: 30 }, (_, n) =>
    anOfficial({ name: `Prov ${n}`, personId: String(n), phone: `0701${n}` }),
  );
  const { engine, cards, told, time } = await kept([withOfficials("1", many)]);
  await told(withOfficials("1", many.slice(0, 10)));
  expect(cards()).toHaveLength(30);
  const [held] = engine.held("google-contacts");
  expect(held?.removals).toHaveLength(20);
  expect(held?.removals[0]?.title).toMatch(/^Prov \d+$/);
  await engine.confirm("google-contacts", held?.token ?? null);
  await time.advance(10_000);
  expect(cards()).toHaveLength(10);
});

test.each<[string, readonly Official[]]>([
  ["everybody", [anna, nils]],
  ["nobody", []],
  ["somebody else", [nils]],
])(
  "the first sync is looked at first: what would be made, and what completed, known at first: %s",
  async (_, first) => {
    const bench = createPeopleBench({ breathe, previewFirst: true });
    bench.model.add(theirs({ name: "Anna Prov", phones: [{ kind: "mobile", number: "0700000001" }] }));
    const engine = bench.begin([withOfficials("1", first)]);
    await bench.time.advance(10_000);
    engine.changed([withOfficials("1", [anna, nils])]);
    await bench.time.advance(10_000);
    const [preview] = await bench.finish(engine.preview("google-contacts"));
    expect(preview?.operations.map(({ kind, title }) => [title, kind]).toSorted()).toEqual([
      ["Anna Prov", "update"],
      ["Nils Prov", "insert"],
    ]);
    expect(bench.model.calls().filter((call) => call !== "list")).toEqual([]);
  },
);

test("a person's edit in between is kept", async () => {
  const { model, engine, cards, time } = await kept([withOfficials("1", [anna])]);
  const [entry] = model.entries();
  if (entry === undefined) throw new Error("there is one");
  engine.changed([withOfficials("1", [{ ...anna, email: "anna@example.com" }])]);
  model.put({ ...entry, hasMore: true, card: { ...entry.card, name: "Anna från Heden" } });
  await time.advance(10_000);
  expect(cards()).toMatchObject([{ name: "Anna från Heden", emails: ["anna@example.com"] }]);
  expect(model.entries()[0]?.hasMore).toBe(true);
});
