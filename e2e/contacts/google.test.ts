import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { aMatch, aRecord } from "../../src/core/calendar/testing/records.ts";
import { wantedContacts } from "../../src/core/contacts/contact.ts";
import { sha256 } from "../../src/main/adapters/calendar/seal.ts";
import { readMark } from "../../src/main/adapters/contacts-mark.ts";
import type { Match, Official } from "../../src/shared/match.ts";
import { anOfficial } from "../../src/shared/testing/people.ts";
import { openEngine } from "../calendar/engine.ts";
import { killDuringSyncs } from "../calendar/killing.ts";
import { type BookSpec, createBook } from "../calendar/targets.ts";
import { until } from "../fixtures/until.ts";
import { type GoogleOptions, startGoogle } from "../stand-ins/google-calendar/server.ts";

const digest = (text: string): string => sha256(text).toString("hex");

const aGoogle = async (options: GoogleOptions = {}) => {
  const google = await startGoogle(options);
  onTestFinished(google.stop);
  const folder = await mkdtemp(join(tmpdir(), "avspark-contacts-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const tokenFile = join(folder, "token.json");
  await writeFile(tokenFile, JSON.stringify(google.tokenFile()));
  const spec: BookSpec = { kind: "google", apiRoot: google.url, tokenFile };
  const engine = async () => {
    const running = await openEngine({ folder, targets: [], books: [createBook(spec)] });
    let isOpen = true;
    const close = async (): Promise<void> => {
      if (isOpen) await running.close();
      isOpen = false;
    };
    onTestFinished(close);
    return { engine: running.engine, close };
  };
  const methods = (): readonly string[] => google.calls.map(({ method }) => method);
  return { google, folder, spec, engine, methods };
};

const withOfficials = (officials: readonly Official[]) => [aRecord(aMatch({ id: "1", officials, contacts: [] }))];
const officials = (count: number): readonly Official[] =>
  Array.from({ length: count }, (_, n) =>
    anOfficial({ name: `Prov ${n}`, personId: String(n), number: String(1000 + n), phone: `07010000${n}` }),
  );
const anna = anOfficial({
  name: "Anna Prov",
  personId: "anna",
  number: "101",
  phone: "0700000001",
  email: "anna@example.com",
});

/** As the predecessor writes a contact. */
const predecessors = {
  names: [{ givenName: "Anna", familyName: "Prov" }],
  phoneNumbers: [{ value: "0700000000", type: "mobile" }],
  externalIds: [{ value: "FogisId=DomarNr=101", type: "account" }],
};

const membership = (contactGroupResourceName: string) => ({ contactGroupMembership: { contactGroupResourceName } });

test("200 officials take at most 12 calls, and one when nothing has changed", async () => {
  const { engine: open, methods, google } = await aGoogle({ latencyMs: 50 });
  const { engine } = await open();
  const records = withOfficials(officials(200));
  engine.start(records);
  const results = await engine.sync();
  expect(results.filter(({ outcome }) => outcome === "inserted")).toHaveLength(200);
  expect(methods().length).toBeLessThanOrEqual(12);
  expect(methods().filter((method) => method === "people.batchCreateContacts")).toHaveLength(1);
  // What was written is told of once.
  await engine.sync();
  google.forgetCalls();
  expect((await engine.sync()).every(({ outcome }) => outcome === "unchanged")).toBe(true);
  expect(methods()).toEqual(["people.connections.list"]);
  google.forgetCalls();
  engine.changed(withOfficials(officials(200).map((one) => ({ ...one, email: `${one.personId}@example.com` }))));
  await engine.sync();
  expect(methods().filter((method) => method !== "people.connections.list")).toEqual(["people.batchUpdateContacts"]);
});

test("the predecessor's contacts and its group are taken over, nothing is doubled, and a restart writes nothing", async () => {
  const { google, engine: open, methods } = await aGoogle();
  const group = google.people.group("Referees");
  const name = google.people.add({
    ...predecessors,
    memberships: [membership(group), membership("contactGroups/myContacts")],
    biographies: [{ value: "Ring efter tolv" }],
  });
  const first = await open();
  first.engine.start(withOfficials([anna]));
  await first.engine.sync();
  expect(google.people.all()).toHaveLength(1);
  expect(google.people.all()[0]).toMatchObject({
    resourceName: name,
    phoneNumbers: [{ value: "0700000000" }, { value: "0700000001", type: "mobile" }],
    emailAddresses: [{ value: "anna@example.com" }],
    externalIds: [{ value: "FogisId=DomarNr=101" }],
    biographies: [{ value: "Ring efter tolv" }],
  });
  expect(methods()).not.toContain("contactGroups.create");
  await first.close();
  google.forgetCalls();
  const second = await open();
  second.engine.start(withOfficials([anna]));
  expect((await second.engine.sync()).map(({ outcome }) => outcome)).toEqual(["unchanged"]);
  expect(methods().filter((method) => /batch(Create|Update|Delete)|create$/.test(method))).toEqual([]);
  expect(await second.engine.undo("google-contacts")).toHaveLength(1);
  expect(google.people.all()[0]).toMatchObject({ phoneNumbers: [{ value: "0700000000" }], emailAddresses: [] });
});

test.each([
  ["as the predecessor makes it", { memberships: [membership("contactGroups/myContacts")] }],
  ["in our group alone", { memberships: [membership("contactGroups/g1")] }],
  [
    "in a group of somebody's",
    { memberships: [membership("contactGroups/g2")], userDefined: [{ key: "a", value: "b" }] },
  ],
  ["with what another program notes in it", { clientData: [{ key: "other", value: "theirs" }] }],
  ["without a number of the referee", { externalIds: [], emailAddresses: [{ value: "anna@example.com" }] }],
])("a contact of somebody else's %s is as it was before us after an undo", async (_, fields) => {
  const { google, engine: open } = await aGoogle();
  const groups = ["Referees", "Vänner"].map(google.people.group);
  expect(groups).toEqual(["contactGroups/g1", "contactGroups/g2"]);
  google.people.add({ ...predecessors, ...fields });
  const before = google.people.all();
  const { engine } = await open();
  engine.start(
    withOfficials([{ ...anna, phone: "0700000000", phones: { mobile: null, home: null, work: "0310000000" } }]),
  );
  await engine.sync();
  expect(google.people.all()).toMatchObject([
    { memberships: expect.arrayContaining([membership("contactGroups/g1")]) },
  ]);
  expect(await engine.undo("google-contacts")).toHaveLength(1);
  const filled = (people: typeof before) =>
    people.map((person) =>
      Object.fromEntries(Object.entries(person).filter(([, value]) => !Array.isArray(value) || value.length > 0)),
    );
  expect(filled(google.people.all())).toEqual(filled(before));
});

test("a predecessor's contact that has left our group comes back to it by an undo, also after a restart", async () => {
  const { google, engine: open } = await aGoogle();
  const resourceName = google.people.add({ ...predecessors, biographies: [{ value: "Ring efter tolv" }] });
  const hers = () => {
    const [one] = google.people.all().filter((person) => person.resourceName === resourceName);
    return { memberships: one?.memberships, mark: one?.clientData, biographies: one?.biographies };
  };
  const first = await open();
  first.engine.start(withOfficials([anna, ...officials(1)]));
  await first.engine.sync();
  const completed = hers();
  first.engine.changed(withOfficials(officials(1)));
  await first.engine.sync();
  expect(hers()).toMatchObject({
    memberships: [membership("contactGroups/myContacts")],
    mark: [{ key: "avsparkFormer" }],
  });
  await first.close();
  const { engine } = await open();
  engine.start(withOfficials(officials(1)));
  await engine.sync();
  expect(await engine.undo("google-contacts")).toHaveLength(1);
  expect(hers()).toEqual(completed);
  expect(google.people.all()).toHaveLength(2);
  await engine.undo("google-contacts");
  expect(google.people.all()).toMatchObject([
    { resourceName, emailAddresses: [], phoneNumbers: [{ value: "0700000000" }], clientData: [] },
  ]);
});

test("whoever comes back with another number and address has those, and not the ones before as well", async () => {
  const { google, engine: open } = await aGoogle();
  const { engine } = await open();
  const before = { ...anna, email: "anna@example.com" };
  engine.start(withOfficials([before, ...officials(1)]));
  await engine.sync();
  const contact = google.people.all().find(({ names }) => names?.[0]?.givenName === "Anna");
  google.people.change(contact?.resourceName ?? "", { biographies: [{ value: "Ring efter tolv" }] });
  engine.changed(withOfficials(officials(1)));
  await engine.sync();
  const phones = { ...anna.phones, mobile: "0703333333" };
  engine.changed(
    withOfficials([{ ...anna, phone: "0703333333", phones, email: "anna.ny@example.com" }, ...officials(1)]),
  );
  await engine.sync();
  const back = google.people.all().find(({ resourceName }) => resourceName === contact?.resourceName);
  expect(back).toMatchObject({
    biographies: [{ value: "Ring efter tolv" }],
    phoneNumbers: [{ value: "0703333333" }],
    emailAddresses: [{ value: "anna.ny@example.com" }],
    clientData: [{ key: "avspark" }],
  });
  expect(back?.phoneNumbers).toHaveLength(1);
  expect(google.people.all()).toHaveLength(2);
});

describe("what somebody does in between", () => {
  test("is read again and kept", async () => {
    const { google, engine: open } = await aGoogle();
    const { engine } = await open();
    engine.start(withOfficials([anna]));
    await engine.sync();
    const [contact] = google.people.all();
    google.people.change(contact?.resourceName ?? "", { nicknames: [{ value: "Anki" }] });
    // It is not listed before the write, which meets another etag.
    engine.changed(withOfficials([{ ...anna, email: "prov@example.com" }]));
    await engine.sync();
    expect(google.people.all()).toMatchObject([
      { nicknames: [{ value: "Anki" }], emailAddresses: [{ value: "prov@example.com" }] },
    ]);
  });

  test("in a contact that they make is completed, and ours goes where both were made", async () => {
    const { google, engine: open, methods } = await aGoogle();
    const { engine } = await open();
    const [nils] = officials(1);
    if (nils === undefined) throw new Error("there is one");
    engine.start(withOfficials([nils]));
    await engine.sync();
    google.people.add({ ...predecessors, biographies: [{ value: "Ring efter tolv" }] });
    google.forgetCalls();
    // Nobody asks for a sync, which would read first in any case.
    engine.changed(withOfficials([anna, nils]));
    await until(() => google.people.all().some(({ emailAddresses }) => emailAddresses?.length === 1));
    expect(methods()).toEqual(["people.connections.list", "people.batchUpdateContacts"]);
    google.people.add({ names: [{ displayName: "Prov 0" }], phoneNumbers: [{ value: "070100000" }] });
    await engine.sync();
    expect(google.people.all()).toHaveLength(2);
    while (engine.status()[0]?.undoable === true) await engine.undo("google-contacts");
    expect(google.people.all().map(({ phoneNumbers }) => phoneNumbers?.map(({ value }) => value))).toEqual([
      ["0700000000"],
      ["070100000"],
    ]);
  });

  test("keeps a contact from being deleted", async () => {
    const { google, engine: open } = await aGoogle();
    const { engine } = await open();
    const [nils] = officials(1);
    if (nils === undefined) throw new Error("there is one");
    engine.start(withOfficials([anna, nils]));
    await engine.sync();
    const contact = google.people.all().find(({ names }) => names?.[0]?.givenName === "Anna");
    google.people.change(contact?.resourceName ?? "", { biographies: [{ value: "Bra" }] });
    engine.changed(withOfficials([nils]));
    await engine.sync();
    const left = google.people.all().find(({ resourceName }) => resourceName === contact?.resourceName);
    expect(left).toMatchObject({ memberships: [membership("contactGroups/myContacts")] });
    expect(left?.clientData).toMatchObject([{ key: "avsparkFormer" }]);
  });
});

test("sync tokens that Google has forgotten lead to a whole list", async () => {
  const { google, engine: open, methods } = await aGoogle();
  const { engine } = await open();
  engine.start(withOfficials([anna]));
  await engine.sync();
  google.people.forgetSyncTokens();
  google.forgetCalls();
  expect((await engine.sync()).map(({ outcome }) => outcome)).toEqual(["unchanged"]);
  expect(methods()).toEqual(["people.connections.list", "contactGroups.list", "people.connections.list"]);
});

test("an answer that was lost makes no second contact", async () => {
  const { google, engine: open } = await aGoogle();
  google.fail({ kind: "drop", when: "after", method: "people.batchCreateContacts" });
  const { engine } = await open();
  engine.start(withOfficials(officials(30)));
  await engine.sync();
  expect(google.people.all()).toHaveLength(30);
});

test("killed in the middle of syncs: one contact for each person, all right", { timeout: 180_000 }, async () => {
  const { google, folder, spec } = await aGoogle({ latencyMs: 10 });
  google.people.add({ ...predecessors, userDefined: [{ key: "a", value: "b" }] });
  const matches = [anna, ...officials(20)].map(
    (official, n): Match => aMatch({ id: String(n), officials: [official], contacts: [] }),
  );
  const last = await killDuringSyncs({
    folder,
    books: [spec],
    matches,
    kills: 2,
    seed: 7,
    change: (before, chance) =>
      before.map((match) => ({
        ...match,
        officials: match.officials.map((one) =>
          chance() < 0.5 ? { ...one, email: `${Math.floor(chance() * 1e6)}@example.com` } : one,
        ),
      })),
  });
  const all = google.people.all();
  const marks = all.flatMap(({ clientData }) => readMark(clientData?.[0]?.value) ?? []);
  const wanted = [...wantedContacts(last, { digest, teams: false, ownNumber: null }).values()];
  expect(marks.map(({ id, hash }) => [id, hash]).toSorted()).toEqual(
    wanted.map(({ id, hash }) => [id, hash]).toSorted(),
  );
  expect(all).toHaveLength(wanted.length);
});

test.for([
  ["the permission is missing", "forbidden", "calendar-forbidden"],
  ["there are too many calls", "tooManyRequests", "calendar-rate-limited"],
] as const)("when %s it says so, and not of a calendar", async ([, name, kind]) => {
  const { google, engine: open } = await aGoogle();
  google.fail({ kind: "refusal", name, when: "before", method: "people.connections.list", times: 9 });
  const { engine } = await open();
  engine.start(withOfficials([anna]));
  const [result] = await engine.sync();
  expect(result?.problem?.kind).toBe(kind);
  expect(result?.problem?.message).not.toMatch(/calendar/i);
});
