import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import type { FeedSubject } from "../../shared/calendar-feed.ts";
import { dayMs, hourMs } from "../../shared/duration.ts";
import { instantOf } from "../../shared/instant.ts";
import { type Match, type Official, unknownOfficial } from "../../shared/match.ts";
import { ProblemError } from "../../shared/problem.ts";
import { usualStyle } from "../calendar/style.ts";
import { aMatch, aRecord, silentLog } from "../calendar/testing/records.ts";
import type { JournalBatch } from "../journal.ts";
import { createMatchBook } from "../matches/book.ts";
import type { MatchRecord } from "../matches/record.ts";
import { createReferees } from "../people/referees.ts";
import { createContents } from "./content.ts";
import { createCalendarFeeds } from "./feeds.ts";
import { feedFactOf } from "./record.ts";
import { createSelection } from "./selection.ts";

const digest = (text: string): string => createHash("sha256").update(text).digest("hex");
const start = Date.UTC(2027, 4, 1);

const named = (name: string, told: Partial<Official> = {}): Official => ({ ...unknownOfficial, name, ...told });
const anna = named("Anna Prov", { personId: "7" });
const bo = named("Bo Prov", { personId: "8", phone: "0700000008" });

/** `day`: of its kick-off. */
const played = (id: string, day: number, facts: Partial<Match> = {}): MatchRecord =>
  aRecord(aMatch({ id, kickoff: instantOf(start + day * dayMs), officials: [anna], ...facts }));

/** Calendar feeds over a book and what a journal of them would keep. */
const desk = (records: readonly MatchRecord[], facts: Record<string, string> = {}) => {
  let now = start;
  let secrets = 0;
  let refuses = false;
  const kept: Record<string, string> = { ...facts };
  const keep = ({ meta = {} }: JournalBatch): void => {
    for (const [name, value] of Object.entries(meta)) {
      if (value === null) delete kept[name];
      else kept[name] = value;
    }
  };
  const written: string[] = [];
  const book = createMatchBook({ records, changes: [], now: () => now, placements: () => ({}) });
  const directory = createReferees({ records: () => book.records.values(), revision: book.revision, digest });
  const clock = { now: () => now, elapsed: () => now };
  const selection = createSelection({ records: book.records, revision: book.revision, directory, clock });
  const feeds = createCalendarFeeds({
    facts,
    records: book.records,
    selection,
    directory,
    contentOf: createContents({
      writer: {
        event: ({ id, summary, cancelled, description }) => {
          written.push(id);
          return `${id} ${cancelled ? "CANCELLED" : summary} ${description}`;
        },
        whole: (name, events) => [name, ...events].join("\n"),
      },
      style: { ...usualStyle, details: [] },
      digest,
      now: () => now,
      version: "1",
    }),
    calendarName: (kind, name) => `${kind} ${name}`,
    base: () => "https://calendar.example.com",
    digest,
    secret: () => {
      secrets += 1;
      return `secret-${secrets}-of-the-calendar`;
    },
    clock,
    log: silentLog,
    write: async (make) => {
      if (refuses) throw new ProblemError({ kind: "journal-full", message: "It is full." });
      const { batch, known } = make();
      keep(batch);
      known?.();
    },
    tellAll: null,
    writeBehind: { write: keep },
  });
  const put = (...changed: readonly MatchRecord[]): void => {
    book.put(changed, []);
    feeds.touch(changed.map(({ match }) => match.id));
  };
  const make = async (subject: FeedSubject) => {
    const [made] = await feeds.make([subject]);
    if (made?.address == null) throw new Error("None was made.");
    return { ...made, token: /\/calendar\/([\w-]+)\.ics$/.exec(made.address)?.[1] ?? "" };
  };
  const idsIn = (token: string): readonly string[] | null =>
    feeds
      .find(token)
      ?.text()
      .match(/^\S+(?= (?:CANCELLED|.* – ))/gm) ?? (feeds.find(token) === null ? null : []);
  return {
    feeds,
    put,
    make,
    idsIn,
    kept,
    written,
    remove: (id: string) => {
      book.remove([id]);
      feeds.touch([id]);
    },
    pass: (ms: number) => {
      now += ms;
    },
    refuse: (value: boolean) => {
      refuses = value;
    },
  };
};

const person = (id: string): FeedSubject => ({ kind: "person", id });
const thing = (kind: "team" | "venue" | "competition", name: string, id: string | null = null): FeedSubject => ({
  kind,
  name,
  id,
});

test("a person has their matches alone, by kick-off, and as they become", async () => {
  const { make, idsIn, put, feeds } = desk([played("2", 2), played("1", 1), played("3", 3, { officials: [bo] })]);
  const { token } = await make(person("fogis-7"));
  expect(idsIn(token)).toEqual(["1", "2"]);
  expect(feeds.find(token)?.text()).toMatch(/^person Anna Prov\n/);
  put(played("3", 3, { officials: [bo, anna] }), played("1", 1, { officials: [bo] }));
  expect(idsIn(token)).toEqual(["2", "3"]);
  expect(feeds.find("secret-9-of-the-calendar")).toBeNull();
});

test("colleagues are named; how to reach them, and the teams' contact persons, stay out", async () => {
  const { make, feeds } = desk([played("1", 1, { officials: [anna, bo] })]);
  const text = feeds.find((await make(person("fogis-7"))).token)?.text() ?? "";
  expect(text).toContain("Bo Prov");
  expect(text).not.toContain("0700000008");
  expect(text).not.toContain("Prov Lagledare");
});

test("nothing is written as long as nothing has changed, and only what has", async () => {
  const { make, feeds, put, written } = desk([played("1", 1), played("2", 2), played("3", 3)]);
  const { token } = await make(person("fogis-7"));
  const { etag } = feeds.find(token) ?? { etag: "" };
  expect(written).toEqual([]);
  feeds.find(token)?.text();
  put(played("9", 9, { officials: [bo] }));
  expect(feeds.find(token)?.etag).toBe(etag);
  put(played("2", 5));
  expect(feeds.find(token)?.etag).not.toBe(etag);
  written.length = 0;
  feeds.find(token)?.text();
  expect(written).toEqual(["2"]);
});

test("a match that is gone stands there as cancelled for two weeks; one that is not ours does not", async () => {
  const { make, feeds, put, pass, idsIn } = desk([played("1", 1), played("2", 2)]);
  const { token } = await make(person("fogis-7"));
  const before = feeds.find(token)?.etag;
  put({ ...played("1", 1), goneAt: instantOf(start), goneBy: "list" });
  expect(feeds.find(token)?.text()).toMatch(/^1 CANCELLED/m);
  expect(feeds.find(token)?.etag).not.toBe(before);
  expect(feeds.list(null)[0]?.matches).toBe(1);
  pass(15 * dayMs);
  expect(idsIn(token)).toEqual(["2"]);
  put({ ...played("2", 2), declinedAt: instantOf(start) });
  expect(idsIn(token)).toEqual([]);
  put(played("2", 2, { status: "cancelled" }));
  expect(feeds.find(token)?.text()).toMatch(/^2 CANCELLED/m);
});

test("teams, venues and competitions go by their ids, where they have any, and otherwise by their names", async () => {
  const men = { home: "IFK Prov", homeId: "1", venue: "Provvallen", venueId: "11", competition: "Div 4" } as const;
  const { make, idsIn, put, remove } = desk([
    played("1", 1, men),
    played("2", 2, { ...men, homeId: "2" }),
    played("3", 3, { away: "IFK  PROV", venue: "Hedens IP" }),
  ]);
  const one = await make(thing("team", "IFK Prov", "1"));
  expect(idsIn(one.token)).toEqual(["1", "3"]);
  const any = await make(thing("team", "ifk prov"));
  expect(idsIn(any.token)).toEqual(["1", "2", "3"]);
  const venue = await make(thing("venue", "Provvallen"));
  expect(venue.subject).toEqual({ kind: "venue", name: "Provvallen", id: "11" });
  const competition = await make(thing("competition", "Div 4"));
  put(played("1", 1, { ...men, venue: "Hedens IP", venueId: "12", homeId: "2", competition: "Div 5" }));
  remove("3");
  expect([one, any, venue, competition].map(({ token }) => idsIn(token))).toEqual([[], ["1", "2"], ["2"], ["2"]]);
  await expect(make(thing("team", "Nobody"))).rejects.toMatchObject({ problem: { kind: "not-found" } });
});

test("a view's filter holds whatever comes, and one saved anew under its name keeps the address", async () => {
  const { make, idsIn, put, feeds } = desk([
    played("1", 1, { competition: "Div 4", openPlaces: ["AD1"] }),
    played("2", 2, { competition: "Div 5", openPlaces: ["AD1"] }),
    played("3", 3, { competition: "Div 4" }),
  ]);
  const filter = {
    ...{ competition: "Div 4", venue: null, personId: null, openPlace: "AD1", status: null },
    missingOfficial: false,
  };
  const { token } = await make({ kind: "filter", name: "Lediga", filter });
  expect(idsIn(token)).toEqual(["1"]);
  put(played("3", 3, { competition: "Div 4", openPlaces: ["AD1"] }));
  expect(idsIn(token)).toEqual(["1", "3"]);
  await make({ kind: "filter", name: "lediga", filter: { ...filter, competition: null } });
  expect(idsIn(token)).toEqual(["1", "2", "3"]);
  expect(feeds.list(null)).toHaveLength(1);
});

test("whoever was known by a name keeps the calendar when FOGIS's id becomes known, and when namesakes come", async () => {
  const { make, idsIn, put, feeds, kept } = desk([played("1", 1, { officials: [named("Anna Prov")] })]);
  const id = `name-${digest("anna prov").slice(0, 16)}`;
  const { token, id: feedId } = await make(person(id));
  put(played("2", 2));
  expect(idsIn(token)).toEqual(["1", "2"]);
  feeds.settle();
  expect(kept[feedFactOf(feedId)]).toContain("fogis-7");
  // From now on it is hers alone: another of the same name gets nothing of it, nor she of his.
  put(played("3", 3, { officials: [named("Anna Prov", { personId: "9" })] }));
  expect(idsIn(token)).toEqual(["2"]);
  expect(feeds.list("fogis-7")).toHaveLength(1);
  expect(feeds.list("fogis-9")).toEqual([]);
});

test("two who turn out to be one go on with both addresses", async () => {
  const { make, idsIn, put, feeds } = desk([
    played("1", 1, {
      officials: [
        named("Anna Prov", { phone: "0700000007", phones: { mobile: "0700000007", home: null, work: null } }),
      ],
    }),
    played("2", 2, { officials: [named("A. Prov", { personId: "7" })] }),
  ]);
  const [reach] = feeds.list(null).map(({ id }) => id);
  expect(reach).toBeUndefined();
  const first = await make(person(`reach-${digest("anna prov 0700000007").slice(0, 16)}`));
  const second = await make(person("fogis-7"));
  expect([idsIn(first.token), idsIn(second.token)]).toEqual([["1"], ["2"]]);
  const both = { phone: "0700000007", phones: { mobile: "0700000007", home: null, work: null } };
  put(played("2", 2, { officials: [named("Anna Prov", { personId: "7", ...both })] }));
  feeds.settle();
  expect([idsIn(first.token), idsIn(second.token)]).toEqual([
    ["1", "2"],
    ["1", "2"],
  ]);
  expect(feeds.list("fogis-7")).toHaveLength(2);
  await feeds.revoke(first.id);
  expect((await make(person("fogis-7"))).id).toBe(second.id);
});

test("the calendar of somebody who is erased, or has no match, is empty, and fills when they are told of again", async () => {
  const { make, idsIn, put, feeds, kept } = desk([played("1", 1)]);
  const { token } = await make(person("fogis-7"));
  put(played("1", 1, { officials: [] }));
  feeds.erased({ payload: (text) => text });
  expect(idsIn(token)).toEqual([]);
  expect(feeds.list(null)).toMatchObject([{ label: null, matches: 0 }]);
  expect(JSON.stringify(kept)).not.toContain("Anna");
  put(played("2", 2));
  expect(idsIn(token)).toEqual(["2"]);
});

test("a view that is named after somebody is no more when they are erased", async () => {
  const { make, feeds, kept } = desk([played("1", 1)]);
  const filter = {
    ...{ competition: null, venue: null, personId: null, openPlace: null, status: null },
    missingOfficial: false,
  };
  const { id } = await make({ kind: "filter", name: "Anna Prov", filter });
  const eraser = { payload: (text: string) => text.replaceAll("Anna Prov", "•••") };
  expect(feeds.erasing(eraser)[feedFactOf(id)]).not.toContain("Anna");
  feeds.erased(eraser);
  expect(feeds.list(null)).toMatchObject([{ label: "•••" }]);
  expect(JSON.stringify(kept)).toContain("Anna");
});

test("made twice it is the same; renewed, the address before answers nobody; revoked, none does, in the next run as well", async () => {
  const { make, feeds, idsIn, kept, pass } = desk([played("1", 1)]);
  const { id, token } = await make(person("fogis-7"));
  expect((await make(person("fogis-7"))).address).toContain(token);
  pass(hourMs);
  idsIn(token);
  const renewed = await feeds.renew(id);
  expect(idsIn(token)).toBeNull();
  const [, second = ""] = /calendar\/([\w-]+)\.ics/.exec(renewed.address ?? "") ?? [];
  expect(renewed.webcal).toBe(`webcal://calendar.example.com/calendar/${second}.ics`);
  expect(idsIn(second)).toEqual(["1"]);
  feeds.settle();

  const again = desk([played("1", 1)], kept);
  expect(again.idsIn(second)).toEqual(["1"]);
  expect(again.idsIn(token)).toBeNull();
  expect(again.feeds.list(null)).toMatchObject([
    { id, renewedAt: instantOf(start + hourMs), lastFetchedAt: expect.any(String) },
  ]);
  await again.feeds.revoke(id);
  expect(again.idsIn(second)).toBeNull();
  expect(desk([played("1", 1)], again.kept).feeds.list(null)).toEqual([]);
  await expect(again.feeds.revoke(id)).rejects.toMatchObject({ problem: { kind: "not-found" } });
});

test("what the journal refuses has not happened", async () => {
  const { make, feeds, idsIn, refuse } = desk([played("1", 1)]);
  const { id, token } = await make(person("fogis-7"));
  refuse(true);
  await expect(feeds.renew(id)).rejects.toMatchObject({ problem: { kind: "journal-full" } });
  await expect(feeds.revoke(id)).rejects.toMatchObject({ problem: { kind: "journal-full" } });
  expect(idsIn(token)).toEqual(["1"]);
});

test("a feed of another version is kept, and answers nobody", () => {
  const facts = { [feedFactOf("x")]: JSON.stringify({ version: 9, token: "secret-1-of-the-calendar" }) };
  const { feeds, kept } = desk([played("1", 1)], facts);
  expect(feeds.find("secret-1-of-the-calendar")).toBeNull();
  expect(kept).toEqual(facts);
});

test("an event's number grows with when its match changed, and is the same wherever the match is known", () => {
  const sequences: number[] = [];
  const contentOf = createContents({
    writer: {
      event: (_event, { sequence }) => {
        sequences.push(sequence);
        return "";
      },
      whole: () => "",
    },
    style: usualStyle,
    digest,
    now: () => start,
    version: "1",
  });
  const changed = (seconds: number): MatchRecord => ({
    ...played("1", 3),
    changedAt: instantOf(start + seconds * 1000),
  });
  for (const record of [changed(0), changed(1), changed(90), { ...changed(90), goneAt: instantOf(start) }])
    contentOf("Anna", [record]).text();
  const [first = 0] = sequences;
  expect(sequences.map((sequence) => sequence - first)).toEqual([0, 1, 90, 91]);
  // As RFC 5545 (3.3.8) bounds whole numbers, for longer than anybody keeps a calendar.
  expect(first).toBeGreaterThan(0);
  expect(first).toBeLessThan(2 ** 31 / 2);
});
