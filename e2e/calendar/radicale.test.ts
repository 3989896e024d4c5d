import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { aRecord } from "../../src/core/calendar/testing/records.ts";
import type { Match } from "../../src/shared/match.ts";
import { until } from "../fixtures/until.ts";
import { killDuringSyncs } from "./killing.ts";
import { comingMatches } from "./matches.ts";
import {
  aloneWithRadicale,
  anEngine,
  expectRight,
  type Place,
  shareRadicale,
  strange,
  temporaryFolder,
} from "./setup.ts";

const aCalendar = shareRadicale();

const records = (matches: readonly Match[]) => matches.map((match) => aRecord(match));

const writes = ({ proxy }: Place) => proxy.seen.filter(({ method }) => method === "PUT" || method === "DELETE");

/** Those of the names whose files are not the same in both. */
const changedFiles = (before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): readonly string[] =>
  [...new Set([...before.keys(), ...after.keys()])].filter((name) => before.get(name) !== after.get(name));

const sequenceOf = (text: string): number => Number(/^SEQUENCE:(\d+)/m.exec(text)?.[1]);

test("60 matches, 10 of them changed: exactly 10 resources change, and nobody else's", async () => {
  const place = await aCalendar();
  const { proxy, spec, files, put } = place;
  await put("lunch.ics", strange);
  const { engine } = await anEngine(await temporaryFolder(), spec);
  const matches = comingMatches(60);
  engine.start(records(matches));
  const first = await engine.sync();
  expect(first.every(({ outcome }) => outcome === "inserted")).toBe(true);
  const before = await files();
  expect(before.size).toBe(61);
  expectRight(before, matches);

  // What was written is read once: the names, and a hundred texts with one call.
  proxy.forget();
  await engine.sync();
  expect(proxy.seen.map(({ method }) => method)).toEqual(["REPORT", "REPORT"]);
  proxy.forget();
  await engine.sync();
  expect(proxy.seen.map(({ method }) => method)).toEqual(["REPORT"]);

  const later = matches.map((match, n) => (n % 6 === 0 ? { ...match, venue: `Plan ${n}` } : match));
  proxy.forget();
  engine.changed(records(later));
  const second = await engine.sync();
  expect(second.filter(({ outcome }) => outcome === "updated")).toHaveLength(10);
  const after = await files();
  expect(changedFiles(before, after)).toHaveLength(10);
  expect(after.get("lunch.ics")).toBe(before.get("lunch.ics"));
  expectRight(after, later);
  expect(writes(place)).toHaveLength(10);
  expect(writes(place).every(({ headers }) => headers["if-match"] !== undefined)).toBe(true);
  expect(proxy.seen.filter(({ method }) => method === "GET")).toEqual([]);
});

test("a restart writes nothing", async () => {
  const place = await aCalendar();
  const folder = await temporaryFolder();
  const matches = comingMatches(20);
  const one = await anEngine(folder, place.spec);
  one.engine.start(records(matches));
  await one.engine.sync();
  await one.close();
  const before = await place.files();
  place.proxy.forget();
  const { engine } = await anEngine(folder, place.spec);
  engine.start(records(matches));
  expect((await engine.sync()).every(({ outcome }) => outcome === "unchanged")).toBe(true);
  expect(writes(place)).toEqual([]);
  expect(await place.files()).toEqual(before);
});

/** What a coordinator adds in a calendar program. */
const personal = [
  "CATEGORIES:Viktigt,Resa",
  "COLOR:turquoise",
  "ATTENDEE;CN=Prov Domare;PARTSTAT=ACCEPTED:mailto:domare@example.com",
  "X-OWN-PROPERTY;X-PARAM=1:keep this",
  "BEGIN:VALARM",
  "ACTION:DISPLAY",
  "DESCRIPTION:Packa väskan",
  "TRIGGER:-PT2H",
  "END:VALARM",
];

const edited = (text: string): string =>
  text
    .replace(/(DESCRIPTION:.*?)\r?\n(?! )/s, "$1\\nTa med västar\\; och pump\r\n")
    .replace("END:VEVENT", `${personal.join("\r\n")}\r\nEND:VEVENT`);

test.for([
  { when: "seen before", sees: true },
  { when: "in between", sees: false },
])("what a person adds survives an update ($when)", async ({ sees }) => {
  const { proxy, spec, files, put } = await aCalendar();
  const { engine } = await anEngine(await temporaryFolder(), spec);
  const [match] = comingMatches(1);
  if (match === undefined) throw new Error("there is one");
  engine.start(records([match]));
  await engine.sync();
  const [[name = "", text = ""] = []] = [...(await files())];
  await put(name, edited(text));
  if (sees) await engine.sync();

  proxy.forget();
  const later: Match = { ...match, venue: "Ny plan", status: "cancelled" };
  engine.changed(records([later]));
  const results = await until(async () => {
    const stored = await files();
    return stored.get(name)?.includes("Ny plan") ? stored : null;
  });
  expectRight(results, [later]);
  const now = (results.get(name) ?? "").replaceAll(/\r?\n /g, "");
  for (const line of personal) expect(now).toContain(line);
  expect(now).toContain("Egna anteckningar under den här raden bevaras ---\\nTa med västar\\; och pump");
  expect(sequenceOf(now)).toBe(sequenceOf(text) + 1);
  expect(proxy.seen.some(({ method }) => method === "DELETE")).toBe(false);
});

test("an edit of a field of ours is shown, and put right only by an audit or the next change", async () => {
  const { spec, files, put } = await aCalendar();
  const { engine } = await anEngine(await temporaryFolder(), spec);
  const matches = comingMatches(2);
  engine.start(records(matches));
  await engine.sync();
  const [[name = "", text = ""] = []] = [...(await files())];
  const changed = text.replace("Lag 1 BK", "Lag X").replace("Lag 2 BK", "Lag X");
  await put(name, changed);
  await engine.sync();
  const states = matches.map(({ id }) => engine.placements(id).caldav?.state).sort();
  expect(states).toEqual(["differs", "there"]);
  expect((await files()).get(name)).toContain("Lag X");
  expect(await engine.audit("caldav", true)).toMatchObject({ different: 1, repaired: 1 });
  expectRight(await files(), matches);
});

test("an event that a person deleted comes back with an audit; a copy that a person made is theirs", async () => {
  const { radicale, address, spec, files, put } = await aCalendar();
  const { engine } = await anEngine(await temporaryFolder(), spec);
  const matches = comingMatches(3);
  engine.start(records(matches));
  await engine.sync();
  const [[first = ""] = [], [second = "", text = ""] = []] = [...(await files())];
  await radicale.send("DELETE", new URL(first, address).href);
  const copy = text.replace(/UID:.*\r?\n( .*\r?\n)*/, "UID:copy@example.com\r\n");
  await put("copy.ics", copy);
  const stored = (await files()).get("copy.ics");
  await engine.audit("caldav", true);
  const after = await files();
  expect(after.get("copy.ics")).toBe(stored);
  expect([...after.keys()].sort()).toEqual(
    [first, second, "copy.ics", ...after.keys()].filter((n, i, all) => all.indexOf(n) === i).sort(),
  );
  expectRight(new Map([...after].filter(([name]) => name !== "copy.ics")), matches);
});

test("a match that loses its kick-off loses its event, and gets it back", async () => {
  const { spec, files } = await aCalendar();
  const { engine } = await anEngine(await temporaryFolder(), spec);
  const matches = comingMatches(20);
  engine.start(records(matches));
  await engine.sync();
  const first = await files();
  const without = matches.map((match, n) => (n === 4 ? { ...match, kickoff: null } : match));
  engine.changed(records(without));
  await engine.sync();
  expectRight(await files(), without);
  engine.changed(records(matches));
  await engine.sync();
  const stored = await files();
  expectRight(stored, matches);
  const moved = [...stored].filter(([name, text]) => sequenceOf(text) !== sequenceOf(first.get(name) ?? ""));
  expect(moved).toHaveLength(1);
});

test("notes as long as a book survive", async () => {
  const { spec, files, put } = await aCalendar();
  const { engine } = await anEngine(await temporaryFolder(), spec);
  const [match] = comingMatches(1);
  if (match === undefined) throw new Error("there is one");
  engine.start(records([match]));
  await engine.sync();
  const [[name = "", text = ""] = []] = [...(await files())];
  const book = "En hel bok & mer. ".repeat(10_000);
  const withBook = text.replace(/(DESCRIPTION:.*?)\r?\n(?! )/s, `$1\\n${book}END\r\n`);
  await put(name, withBook);
  await engine.sync();
  const later = { ...match, venue: "Ny plan" };
  engine.changed(records([later]));
  await engine.sync();
  const stored = await files();
  expectRight(stored, [later]);
  expect((stored.get(name) ?? "").replaceAll(/\r?\n /g, "")).toContain(`${book}END`);
});

test("Radicale goes away in the middle of a sync and comes back: everything is there, once", async () => {
  const place = await aloneWithRadicale();
  const { radicale, spec, files } = place;
  const { engine } = await anEngine(await temporaryFolder(), spec);
  const matches = comingMatches(80);
  engine.start(records(matches));
  const synced = engine.sync();
  await until(() => writes(place).length > 10);
  await radicale.stop();
  await synced;
  await pause(100);
  expect(engine.status()).toMatchObject([{ state: { name: "waiting", problem: { kind: "calendar-unreachable" } } }]);
  await radicale.restart();
  engine.retry("caldav");
  await until(() => engine.status()[0]?.state.name === "idle", { withinMs: 40_000 });
  expectRight(await files(), matches);
});

test("killed in the middle of syncs: one event for each match, all right", { timeout: 180_000 }, async () => {
  const { spec, files, put } = await aCalendar();
  await put("lunch.ics", strange);
  const lunch = (await files()).get("lunch.ics");
  const folder = await temporaryFolder();
  const matches = await killDuringSyncs({ folder, targets: [spec], matches: comingMatches(12), kills: 3, seed: 4 });
  const stored = await files();
  expectRight(stored, matches);
  expect(stored.get("lunch.ics")).toBe(lunch);
});
