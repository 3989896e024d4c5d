import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { desiredOf } from "../../src/core/calendar/event.ts";
import type { CalendarTarget, WantedEvent } from "../../src/core/calendar/port.ts";
import { createCalendarModel, digest } from "../../src/core/calendar/testing/calendar-model.ts";
import { aMatch, aRecord } from "../../src/core/calendar/testing/records.ts";
import type { Found } from "../../src/core/keeper/item.ts";
import type { Digest } from "../../src/core/ports.ts";
import { sha256 } from "../../src/main/adapters/calendar/seal.ts";
import { systemClock } from "../../src/main/adapters/clock.ts";
import type { Match } from "../../src/shared/match.ts";
import { ProblemError } from "../../src/shared/problem.ts";
import { instant } from "../../src/shared/testing/instant.ts";
import { calendarId, googleFor } from "./google.ts";
import { shareRadicale, strange, temporaryFolder } from "./setup.ts";
import { createTarget } from "./targets.ts";

/**
 * What the keeper relies on in a calendar, whichever it is: run over the real adapters, and over the model on which the
 * keeper's own tests run, so that both are the same thing to it.
 */
type Calendar = {
  readonly digest: Digest;
  /** A connection as a process has it: what it has seen is gone with it. */
  readonly connect: () => CalendarTarget;
  /** Somebody else makes an event of their own there. */
  readonly addStranger: () => Promise<void>;
};

const realDigest: Digest = (text) => sha256(text).toString("hex");
const revision = { sequence: 0, at: instant("2027-01-01T00:00:00.000Z") };
const lunch = { start: { dateTime: "2027-05-04T10:00:00Z" }, end: { dateTime: "2027-05-04T11:00:00Z" } };

const theModel = async (): Promise<Calendar> => {
  const model = createCalendarModel({ clock: systemClock, faultFor: () => "none", latency: () => 0 });
  return {
    digest,
    connect: () => model.connect("google", { isAlive: () => true, survives: () => true }).target,
    addStranger: async () => {
      const [content] = wantedFor(digest, [{}]).map(({ id: _, hash: __, ...rest }) => rest);
      if (content === undefined) throw new Error("it has a kick-off");
      model.put({ remoteId: "lunch", matchId: null, hash: null, content, notes: "" });
    },
  };
};
const aFile = async (): Promise<Calendar> => {
  const file = join(await temporaryFolder(), "calendar.ics");
  return {
    digest: realDigest,
    connect: () => createTarget({ kind: "ics", file }),
    addStranger: async () => undefined,
  };
};
const theStandIn = async (): Promise<Calendar> => {
  const { google, target } = await googleFor();
  return {
    digest: realDigest,
    connect: target,
    addStranger: async () => void google.person.insert(calendarId, { summary: "Lunch", ...lunch }),
  };
};
const freshRadicale = shareRadicale();
const aRadicale = async (): Promise<Calendar> => {
  const { spec, put } = await freshRadicale();
  return { digest: realDigest, connect: () => createTarget(spec), addStranger: () => put("lunch.ics", strange) };
};

const wantedFor = (by: Digest, all: readonly Partial<Match>[]): readonly WantedEvent[] =>
  all.flatMap((facts, n) => {
    const desired = desiredOf(aRecord(aMatch({ id: String(100 + n), ...facts })), { digest: by });
    return desired.kind === "item" ? [desired.item] : [];
  });

const listed = async (target: CalendarTarget): Promise<readonly Found[]> => (await target.list(null)).items;
const isThere = (wanted: WantedEvent) =>
  expect.objectContaining({
    id: wanted.id,
    hash: wanted.hash,
    actual: wanted.hash,
    start: wanted.start,
    cancelled: wanted.cancelled,
  });
const kindOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return "done";
  } catch (error) {
    if (error instanceof ProblemError) return error.problem.kind;
    throw error;
  }
};

describe.each([
  { name: "the model", open: theModel },
  { name: "the calendar file", open: aFile },
  { name: "Radicale", open: aRadicale },
  { name: "Google's stand-in", open: theStandIn },
])("$name", ({ name, open }) => {
  const openWith = async (...facts: readonly Partial<Match>[]) => {
    const calendar = await open();
    const [one, ...others] = wantedFor(calendar.digest, facts.length === 0 ? [{}] : facts);
    if (one === undefined) throw new Error("it has a kick-off");
    return { ...calendar, target: calendar.connect(), one, others };
  };

  test("gives back what was put in, to whoever reads it, with the words as they are", async () => {
    const { target, connect, one, others } = await openWith(
      {},
      { venue: 'Hedens IP; plan 3, \\ "norra"', competition: "Division 2 – Åländska <b>&amp;</b>" },
      { home: "Förening 🏟️ é", status: "cancelled", venue: null },
      { status: "postponed", position: null, officials: [], contacts: [] },
    );
    const all = [one, ...others];
    for (const event of all) expect(await target.insert(event, revision)).toEqual(isThere(event));
    const found = await listed(connect());
    expect(found).toHaveLength(all.length);
    for (const event of all) {
      expect(found).toContainEqual(isThere(event));
      expect(found).toContainEqual(
        expect.objectContaining({ content: expect.objectContaining({ id: event.id, summary: event.summary }) }),
      );
    }
  });

  test("has one event however often it is put in", async () => {
    const { target, connect, one } = await openWith();
    await target.insert(one, revision);
    expect(await connect().insert(one, revision)).toEqual(isThere(one));
    expect(await listed(connect())).toHaveLength(1);
  });

  test("takes a change, also from whoever knows only an older version", async () => {
    const { target, connect, one, digest: by } = await openWith();
    const first = await target.insert(one, revision);
    const [second] = wantedFor(by, [{ venue: "Hedens IP" }]);
    const [third] = wantedFor(by, [{ venue: "Ruddalen", status: "cancelled" }]);
    if (second === undefined || third === undefined) throw new Error("they have a kick-off");
    expect(await target.update(second, first, revision)).toEqual(isThere(second));
    expect(await connect().update(third, first, revision)).toEqual(isThere(third));
    expect(await listed(connect())).toEqual([isThere(third)]);
  });

  // Nobody else writes the file.
  test.skipIf(name === "the calendar file")(
    "keeps what another desk has written after a newer word, whoever comes late with an older one",
    async () => {
      const { target, connect, one, digest: by } = await openWith();
      const [newer] = wantedFor(by, [{ venue: "Hedens IP" }]);
      const [older] = wantedFor(by, [{ venue: "Ruddalen" }]);
      if (newer === undefined || older === undefined) throw new Error("they have a kick-off");
      const rev = Date.now();
      const late = connect();
      const first = await late.insert({ ...one, rev: rev - 3 }, revision);
      const theirs = { ...newer, rev: rev - 1 };
      expect(await target.insert(theirs, revision)).toEqual(isThere(theirs));
      expect(await late.update({ ...older, rev: rev - 2 }, first, revision)).toMatchObject({
        hash: newer.hash,
        rev: rev - 1,
      });
      expect(await late.insert({ ...older, rev: rev - 2 }, revision)).toMatchObject({ hash: newer.hash, rev: rev - 1 });
      expect(await listed(connect())).toEqual([expect.objectContaining({ hash: newer.hash, rev: rev - 1 })]);
    },
  );

  test("lets go of an event, once and again, and takes it back", async () => {
    const { target, connect, one } = await openWith();
    const found = await target.insert(one, revision);
    await target.remove(found);
    expect(await listed(connect())).toEqual([]);
    expect(["done", "calendar-not-found"]).toContain(await kindOf(target.remove(found)));
    expect(await target.insert(one, revision)).toEqual(isThere(one));
    expect(await listed(connect())).toHaveLength(1);
  });

  test("says so, or makes it anew, when what is to be changed is gone", async () => {
    const { target, connect, one, digest: by } = await openWith();
    const [changed] = wantedFor(by, [{ venue: "Ruddalen" }]);
    if (changed === undefined) throw new Error("it has a kick-off");
    const found = await target.insert(one, revision);
    await connect().remove(found);
    const outcome = await kindOf(target.update(changed, found, revision));
    expect(await listed(connect())).toHaveLength(outcome === "done" ? 1 : 0);
    expect(["done", "calendar-not-found"]).toContain(outcome);
  });

  test("tells what has changed since it was read, and nothing more when nothing has", async () => {
    const { target, connect, one, others } = await openWith({}, {}, {});
    const events = [one, ...others];
    const made = await Promise.all(events.map((event) => target.insert(event, revision)));
    const first = await target.list(null);
    expect(first).toMatchObject({ kind: "full", removed: [] });
    const still = await target.list(first.token);
    if (still.kind === "delta") expect(still).toMatchObject({ items: [], removed: [] });

    const other = connect();
    await other.list(null);
    const [gone, stays] = made;
    if (gone === undefined || stays === undefined) throw new Error("there are three");
    await other.remove(gone);
    const since = await target.list(still.token);
    if (since.kind === "delta") expect(since).toMatchObject({ items: [], removed: [gone.remoteId] });
    else expect(since.items).toHaveLength(2);
  });

  test("holds what is not ours, and never speaks of it", async () => {
    const { target, connect, one, addStranger } = await openWith();
    await addStranger();
    await target.insert(one, revision);
    const { token } = await target.list(null);
    await addStranger();
    expect(await listed(connect())).toEqual([isThere(one)]);
    expect((await target.list(token)).items.map(({ id }) => id)).not.toContain("lunch");
  });

  test("takes many at once", async () => {
    const { target, connect, one, others } = await openWith(...Array.from({ length: 30 }, () => ({})));
    await Promise.all([one, ...others].map((event) => target.insert(event, revision)));
    expect(new Set((await listed(connect())).map(({ id }) => id)).size).toBe(30);
  });
});
