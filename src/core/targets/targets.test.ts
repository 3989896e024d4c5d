import { describe, expect, test } from "vitest";
import { type Instant, instantOf } from "../../shared/instant.ts";
import { desiredOf } from "../calendar/event.ts";
import type { CalendarTarget } from "../calendar/port.ts";
import { contentOf, digest, type Fault, type ModelEvent } from "../calendar/testing/calendar-model.ts";
import { aMatch, aRecord } from "../calendar/testing/records.ts";
import { TargetProblem } from "../keeper/failure.ts";
import type { MatchRecord } from "../matches/record.ts";
import { createBench } from "./testing/bench.ts";

const hour = 60 * 60_000;
const day = 24 * hour;
const start = Date.parse("2027-05-01T10:00:00.000Z");
const at = (ms: number): Instant => instantOf(start + ms);
const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const bench = (options: Partial<Parameters<typeof createBench>[0]> = {}) => createBench({ start, breathe, ...options });

/** Matches of the coming days, each an hour after the other. */
const coming = (count: number): readonly MatchRecord[] =>
  Array.from({ length: count }, (_, n) => aRecord(aMatch({ id: `${n + 1}`, kickoff: at(3 * day + n * hour) })));
const gone = (record: MatchRecord): MatchRecord => ({ ...record, goneAt: at(0) });
const moved = (record: MatchRecord, facts: Partial<MatchRecord["match"]>): MatchRecord => ({
  ...record,
  match: { ...record.match, ...facts },
});
const idsOf = (records: readonly MatchRecord[]): readonly string[] => records.map(({ match }) => match.id);

const eventOf = (match: MatchRecord["match"]) => {
  const desired = desiredOf(aRecord(match), { digest });
  if (desired.kind !== "item") throw new Error("it has a kick-off");
  return desired.item;
};
const idsThere = (events: readonly ModelEvent[]): readonly (string | null)[] =>
  events.map(({ matchId }) => matchId).toSorted((one, other) => Number(one) - Number(other));

/** A bench on which these matches have their events. */
const settled = async (records: readonly MatchRecord[], options: Parameters<typeof bench>[0] = {}) => {
  const made = bench(options);
  const { engine, told, kill } = made.begin(records);
  await made.finish(engine.sync());
  return { ...made, engine, told, kill, events: () => made.model("google").events() };
};

describe("the guard", () => {
  test("a few matches that are gone take their events along", async () => {
    const records = coming(20);
    const { engine, time, events } = await settled(records);
    engine.changed(records.slice(0, 4).map(gone));
    await time.advance(5000);
    expect(events()).toHaveLength(16);
    expect(engine.status()).toMatchObject([{ state: { name: "idle" } }]);
  });

  test.each([
    { many: 5, of: 20 },
    { many: 11, of: 100 },
    { many: 2, of: 3 },
  ])("$many of $of at once wait for a person's word", async ({ many, of }) => {
    const records = coming(of);
    const { engine, time, events, finish } = await settled(records);
    engine.changed(records.slice(0, many).map(gone));
    await time.advance(5000);
    expect(events()).toHaveLength(of);
    expect(engine.status()).toMatchObject([{ state: { name: "needs-confirmation", removals: many } }]);
    // A sync that is asked for meanwhile is no such word.
    const results = await finish(engine.sync({ matchIds: idsOf(records.slice(0, many)) }));
    expect(new Set(results.map(({ problem }) => problem?.kind))).toEqual(new Set(["confirmation-needed"]));
    expect(events()).toHaveLength(of);

    await engine.confirm("google");
    await time.advance(5000);
    expect(events()).toHaveLength(of - many);
  });

  test("the other matches go on meanwhile, and what comes back was never touched", async () => {
    const records = coming(20);
    const { engine, time, events, model } = await settled(records);
    engine.changed(records.slice(0, 10).map(gone));
    const [last] = records.slice(-1);
    if (last === undefined) throw new Error("there is one");
    engine.changed([moved(last, { venue: "Ruddalen" })]);
    await time.advance(5000);
    expect(events().filter(({ content }) => content.location === "Ruddalen")).toHaveLength(1);

    model("google").resetCounts();
    engine.changed(records.slice(0, 10));
    await time.advance(5000);
    expect(engine.status()).toMatchObject([{ state: { name: "idle" }, there: 20 }]);
    expect(model("google").counts()).toMatchObject({ writes: 0 });
  });

  test("a restart keeps what is held", async () => {
    const records = coming(20);
    const { engine, time, events, begin, finish } = await settled(records);
    engine.changed(records.slice(0, 10).map(gone));
    await finish(engine.stop());
    const again = begin([...records.slice(0, 10).map(gone), ...records.slice(10)]);
    await time.advance(5000);
    expect(again.engine.status()).toMatchObject([{ state: { name: "needs-confirmation", removals: 10 } }]);
    expect(events()).toHaveLength(20);
  });

  test("what is older than the days to keep is never touched", async () => {
    const records = coming(3);
    const { engine, time, events, finish } = await settled(records);
    await time.advance(12 * day);
    engine.changed(records.map(gone));
    await finish(engine.audit("google", true));
    await time.advance(5000);
    expect(events()).toHaveLength(3);
    expect(engine.status()).toMatchObject([{ state: { name: "idle" } }]);
  });

  test("a cancelled match is marked; one that lost its kick-off loses its event, and gets it back", async () => {
    const [one, two, ...rest] = coming(10);
    if (one === undefined || two === undefined) throw new Error("there are ten");
    const { engine, time, events } = await settled([one, two, ...rest]);
    engine.changed([moved(one, { status: "cancelled" }), moved(two, { kickoff: null })]);
    await time.advance(5000);
    expect(events().find(({ matchId }) => matchId === "1")?.content).toMatchObject({
      cancelled: true,
      summary: expect.stringMatching(/^INSTÄLLD: /),
    });
    expect(events().find(({ matchId }) => matchId === "2")).toBeUndefined();
    expect(engine.placements("2")).toEqual({ google: { state: "skipped", reason: "no-kickoff" } });

    engine.changed([moved(two, { kickoff: at(9 * day) })]);
    await time.advance(5000);
    expect(events().find(({ matchId }) => matchId === "2")?.content.start).toBe(at(9 * day));
  });
});

describe("what is held", () => {
  test("is told with what it has in common, in the order of kick-off", async () => {
    const records = coming(30).map((record, n) => moved(record, { competition: n < 10 ? "Division 2" : "Division 3" }));
    const { engine } = await settled(records);
    engine.changed(records.slice(0, 12).map(gone));
    const [held] = engine.held("google");
    expect(held?.removals.map(({ matchId }) => matchId)).toEqual(idsOf(records.slice(0, 12)));
    expect(held?.removals[0]).toMatchObject({ title: "IFK Göteborg – Falkenbergs FF", reason: "gone" });
    expect(held).toMatchObject({
      matches: { now: 18, before: 30 },
      // From 12 o'clock in Stockholm on, an hour apart.
      days: [{ name: "2027-05-04", removals: 12, of: 12 }],
      competitions: [
        { name: "Division 2", removals: 10, of: 10 },
        { name: "Division 3", removals: 2, of: 20 },
      ],
    });
    expect(engine.status()).toMatchObject([{ state: { token: held?.token } }]);
    expect(engine.held(null)).toEqual([held]);
  });

  test("is let go as it was seen, and refused when it has become something else", async () => {
    const records = coming(40);
    const { engine, time, events } = await settled(records);
    engine.changed(records.slice(0, 11).map(gone));
    const [seen] = engine.held("google");
    engine.changed(records.slice(11, 12).map(gone));
    for (const answer of [engine.confirm, engine.keep]) {
      await expect(answer("google", seen?.token)).rejects.toMatchObject({ problem: { kind: "removals-changed" } });
    }
    await time.advance(5000);
    expect(events()).toHaveLength(40);

    // What comes back makes it what it was.
    engine.changed(records.slice(11, 12));
    expect(await engine.confirm("google", seen?.token)).toEqual({ decided: 11, held: 0 });
    await time.advance(5000);
    expect(events()).toHaveLength(29);
  });

  test("is let go without a token as far as it was held first; what was added since stays held", async () => {
    const records = coming(40);
    const { engine, time, events } = await settled(records);
    engine.changed(records.slice(0, 11).map(gone));
    await time.advance(60_000);
    engine.changed(records.slice(11, 30).map(gone));
    expect(await engine.confirm("google")).toEqual({ decided: 11, held: 19 });
    await time.advance(5000);
    expect(events()).toHaveLength(29);
    expect(engine.status()).toMatchObject([{ state: { name: "needs-confirmation", removals: 19 } }]);
  });

  test("is answered by what it is called on every node, but for what was held after the answer", async () => {
    const records = coming(40);
    const { engine, time, events } = await settled(records);
    engine.changed(records.slice(0, 11).map(gone));
    const answer = engine.answerTo("google", engine.held("google")[0]?.token ?? null);
    expect(answer).toMatchObject({ begins: false });
    expect(answer.ids).toHaveLength(11);
    const before = instantOf(time.clock.now() - 60_000);
    expect(engine.answer("google", answer, { go: true, by: before })).toEqual({ decided: 0, held: 11 });
    const some = { ...answer, ids: [...answer.ids.slice(0, 5), "of another node"] };
    const now = instantOf(time.clock.now());
    expect(engine.answer("google", some, { go: false, by: now })).toEqual({ decided: 5, held: 6 });
    expect(engine.answer("google", answer, { go: true, by: now })).toEqual({ decided: 6, held: 0 });
    await time.advance(5000);
    expect(events()).toHaveLength(34);
  });

  test("is kept: it stays through syncs and a restart, until its match asks for something else", async () => {
    const records = coming(20);
    const { engine, time, events, finish, begin } = await settled(records);
    const without = [...records.slice(0, 12).map(gone), ...records.slice(12)];
    engine.changed(without.slice(0, 12));
    const [held] = engine.held("google");
    expect(await engine.keep("google", held?.token)).toEqual({ decided: 12, held: 0 });
    await finish(engine.sync());
    await finish(engine.stop());
    const again = begin(without);
    await finish(again.engine.sync());
    expect(events()).toHaveLength(20);
    expect(again.engine.status()).toMatchObject([{ state: { name: "idle" } }]);
    await expectLeft(again.engine, finish);

    const [first] = records;
    if (first === undefined) throw new Error("there are twenty");
    again.engine.changed([moved(first, { venue: "Ruddalen" })]);
    await time.advance(5000);
    expect(events().find(({ matchId }) => matchId === "1")?.content.location).toBe("Ruddalen");
    again.engine.changed([gone(first)]);
    await time.advance(5000);
    expect(events()).toHaveLength(19);
  });
});

describe("events of ours that belong to no match", () => {
  const withOrphans = async () => {
    const records = coming(10);
    const made = await settled(records);
    const [first] = made.model("google").events();
    if (first === undefined) throw new Error("there are ten");
    for (const id of ["4711", "4712"]) made.model("google").put({ ...first, remoteId: `old-${id}`, matchId: id });
    await made.finish(made.engine.sync());
    return { ...made, records };
  };

  test("are nobody's business until a complete list has been taken", async () => {
    const { engine, time } = await withOrphans();
    await time.advance(2 * day);
    expect(engine.status()).toMatchObject([{ state: { name: "idle" } }]);
    expect(engine.held("google")).toEqual([]);
  });

  test("are offered for removal then, whatever the guard says of others, and others go on", async () => {
    const { engine, time, events, records } = await withOrphans();
    engine.listed();
    const [held] = engine.held("google");
    expect(held?.removals).toMatchObject([
      { matchId: "4711", reason: "unknown" },
      { matchId: "4712", reason: "unknown" },
    ]);
    engine.changed(records.slice(0, 2).map(gone));
    await time.advance(5000);
    expect(events()).toHaveLength(10);
    expect(engine.status()).toMatchObject([{ state: { name: "needs-confirmation", removals: 2 } }]);

    await engine.confirm("google", engine.held("google")[0]?.token);
    await time.advance(5000);
    expect(idsThere(events())).toEqual(idsOf(records.slice(2)));
  });

  test("are found at the first reading, when the list was taken before it", async () => {
    const { engine, finish, begin, records } = await withOrphans();
    await finish(engine.stop());
    const again = begin(records);
    again.engine.listed();
    await finish(again.engine.sync());
    expect(again.engine.status()).toMatchObject([{ state: { name: "needs-confirmation", removals: 2 } }]);
  });

  test("are nobody's to decide any more when somebody has removed them", async () => {
    const { engine, finish, model } = await withOrphans();
    engine.listed();
    model("google").drop("old-4711");
    await finish(engine.sync());
    expect(engine.held("google")[0]?.removals).toMatchObject([{ matchId: "4712" }]);
    model("google").drop("old-4712");
    await finish(engine.sync());
    expect(engine.held("google")).toEqual([]);
    expect(engine.status()).toMatchObject([{ state: { name: "idle" } }]);
  });

  test("are let be when their match turns up after all, or when a person says so", async () => {
    const { engine, finish, events } = await withOrphans();
    engine.listed();
    engine.changed([aRecord(aMatch({ id: "4711", kickoff: at(4 * day) }))]);
    expect(engine.held("google")[0]?.removals).toMatchObject([{ matchId: "4712" }]);
    await engine.keep("google");
    await finish(engine.sync());
    expect(engine.status()).toMatchObject([{ state: { name: "idle" } }]);
    expect(events()).toHaveLength(12);
  });
});

test.each([0, 10, 40, 60, 200])(
  "an undo of removals that is killed after %s ms goes on after a restart, of matches that are known and that are not",
  async (ms) => {
    const records = coming(10);
    const { engine, begin, finish, model, time, events, kill } = await settled(records);
    const [first] = model("google").events();
    if (first === undefined) throw new Error("there are ten");
    model("google").put({ ...first, remoteId: "old-4711", matchId: "4711" });
    await finish(engine.sync());
    engine.changed(records.slice(0, 1).map(gone));
    engine.listed();
    await engine.confirm("google", engine.held("google")[0]?.token);
    await time.advance(5000);
    expect(events()).toHaveLength(9);
    void engine.undo("google").catch(() => undefined);
    await time.advance(ms);
    kill();
    const next = begin([...records.slice(0, 1).map(gone), ...records.slice(1)]);
    next.engine.listed();
    if (ms === 0) {
      const [preview] = await finish(next.engine.preview("google"));
      const inserts = preview?.operations.filter(({ kind }) => kind === "insert").map(({ title }) => title);
      expect(inserts).toEqual([eventOf(records[0]?.match ?? aMatch({ id: "1" })).summary, first.content.summary]);
    }
    await time.advance(60_000);
    expect(next.engine.held("google")).toEqual([]);
    expect(idsThere(events())).toEqual([...idsOf(records), "4711"]);
    await expectLeft(next.engine, finish);
  },
);

/** Nothing is to be done, and nothing differs from what should be there: a person has had their word. */
const expectLeft = async (
  engine: ReturnType<ReturnType<typeof bench>["begin"]>["engine"],
  finish: ReturnType<typeof bench>["finish"],
): Promise<void> => {
  expect((await finish(engine.preview("google")))[0]?.operations).toEqual([]);
  expect(await finish(engine.audit("google", false))).toEqual({ missing: 0, different: 0, surplus: 0, repaired: 0 });
};

describe("undo", () => {
  test("takes back the last run: a change goes back, and stays so until the match really changes", async () => {
    const records = coming(3);
    const { engine, time, events, finish } = await settled(records);
    await time.advance(1000);
    const changed = records.map((record) => moved(record, { venue: "Ruddalen" }));
    engine.changed(changed);
    await time.advance(5000);

    expect(await finish(engine.undo("google"))).toHaveLength(3);
    expect(events().map(({ content }) => content.location)).toEqual(records.map(({ match }) => match.venue));
    engine.changed(changed);
    await time.advance(5000);
    expect(events().map(({ content }) => content.location)).toEqual(records.map(({ match }) => match.venue));

    engine.changed([moved(changed[0] ?? aRecord(aMatch({ id: "1" })), { venue: "Hedens IP" })]);
    await time.advance(5000);
    expect(events().find(({ matchId }) => matchId === "1")?.content.location).toBe("Hedens IP");
  });

  test("holds though other reminders are set meanwhile; all other events are written once for them", async () => {
    const records = coming(12);
    const { engine, begin, finish, model, events } = await settled(records);
    const [first, ...others] = records;
    if (first === undefined) throw new Error("there are matches");
    engine.changed([moved(first, { venue: "Ruddalen" })]);
    await finish(engine.sync());
    expect(await finish(engine.undo("google"))).toHaveLength(1);
    await engine.stop();

    const before = model("google").counts().writes;
    const { engine: next } = begin([moved(first, { venue: "Ruddalen" }), ...others], undefined, []);
    await finish(next.sync({ matchIds: idsOf(others) }));
    expect(model("google").counts().writes - before).toBe(11);
    const reminded = events().filter(({ content }) => content.reminders?.length !== 0);
    expect(reminded).toMatchObject([{ matchId: "1", content: { location: first.match.venue } }]);
    await finish(next.sync({ matchIds: idsOf(others) }));
    expect(model("google").counts().writes - before).toBe(11);
  });

  test("of a first run empties the calendar; a sync that is asked for fills it again", async () => {
    const records = coming(12);
    const { engine, events, finish } = await settled(records);
    expect(engine.status()).toMatchObject([{ undoable: true }]);
    expect(await finish(engine.undo("google"))).toHaveLength(12);
    expect(events()).toEqual([]);
    expect(engine.placements("1")).toEqual({ google: { state: "skipped", reason: "undone" } });
    expect(engine.status()).toMatchObject([{ undoable: false, skipped: 12, undone: 12 }]);
    await expectLeft(engine, finish);
    expect(await finish(engine.preview("google"))).toMatchObject([{ unchanged: 0, undone: 12 }]);
    await finish(engine.sync());
    expect(engine.status()).toMatchObject([{ undone: 0 }]);
    expect(await finish(engine.preview("google"))).toMatchObject([{ unchanged: 12, undone: 0 }]);
    expect(events()).toHaveLength(12);
  });

  test("brings back what was removed", async () => {
    const records = coming(20);
    const { engine, time, events, finish } = await settled(records);
    await time.advance(1000);
    engine.changed(records.slice(0, 2).map(gone));
    await time.advance(5000);
    expect(events()).toHaveLength(18);
    expect(await finish(engine.undo("google"))).toHaveLength(2);
    expect(events()).toHaveLength(20);
    await expectLeft(engine, finish);
  });

  /** Two runs, of which the last changed two events and is taken back while every call goes wrong so. */
  const spoilt = async (fault: Fault) => {
    const records = coming(3);
    const made = await settled(records);
    await made.time.advance(1000);
    const changed = records.map((record, n) => (n < 2 ? moved(record, { venue: "Ruddalen" }) : record));
    made.engine.changed(changed);
    await made.time.advance(5000);
    made.spoil("google", fault);
    return {
      ...made,
      changed,
      venues: () => made.events().map(({ content }) => content.location),
      before: records.map(({ match }) => match.venue),
    };
  };

  test.each<Fault>([
    "calendar-unreachable",
    "calendar-timeout",
    "calendar-server",
    "calendar-forbidden",
    "calendar-sign-in",
    "calendar-rejected",
  ])("that meets %s says so and waits; no other run is taken back meanwhile, nor after a restart", async (kind) => {
    const { engine, finish, spoil, begin, time, changed, venues, before, events } = await spoilt(kind);
    const results = await finish(engine.undo("google"));
    const told = results.map(({ matchId, outcome, problem }) => `${matchId} ${outcome}: ${problem?.kind}`);
    expect(told.toSorted()).toEqual([`1 waiting: ${kind}`, `2 waiting: ${kind}`]);
    expect(engine.status()).toMatchObject([{ undoable: false }]);
    await expect(finish(engine.undo("google"))).rejects.toMatchObject({ problem: { kind: "busy" } });

    await finish(engine.stop());
    const { engine: next } = begin(changed);
    await time.advance(1000);
    await expect(finish(next.undo("google"))).rejects.toMatchObject({ problem: { kind: "busy" } });
    expect(venues().filter((venue) => venue === "Ruddalen")).toHaveLength(2);

    spoil("google", "none");
    next.retry("google");
    await time.advance(5000);
    expect(venues()).toEqual(before);
    // Whoever asks now has seen it, and means the run before.
    expect(next.status()).toMatchObject([{ undoable: true }]);
    expect(await finish(next.undo("google"))).toHaveLength(3);
    expect(events()).toEqual([]);
  });

  test("that is asked for twice, or is cut short, takes back one run", async () => {
    const { engine, finish, begin, time, changed, venues, before } = await spoilt("none");
    const undone = engine.undo("google");
    await expect(engine.undo("google")).rejects.toMatchObject({ problem: { kind: "busy" } });
    await finish(engine.stop());
    expect((await undone).map(({ outcome }) => outcome)).toEqual(["waiting", "waiting"]);

    const { engine: next } = begin(changed);
    await expect(finish(next.undo("google"))).rejects.toMatchObject({ problem: { kind: "busy" } });
    await time.advance(5000);
    expect(venues()).toEqual(before);
  });

  test("that the calendar refuses is in the preview, and a sync gives it up", async () => {
    const { engine: first, finish, begin, time, changed, venues } = await spoilt("none");
    await finish(first.stop());
    const refused = new TargetProblem({ kind: "calendar-rejected", message: "Not this one." });
    let refuses = true;
    const { engine } = begin(changed, (target) => ({
      ...target,
      update: (...update) => (refuses ? Promise.reject(refused) : target.update(...update)),
    }));
    const results = await finish(engine.undo("google"));
    expect(results.map(({ outcome }) => outcome)).toEqual(["failed", "failed"]);
    expect(engine.status()).toMatchObject([{ failed: 2, undoable: false }]);
    const [preview] = await finish(engine.preview("google"));
    expect(preview).toMatchObject({ unchanged: 1, held: 0 });
    expect(preview?.operations.map(({ matchId, kind }) => `${kind} ${matchId}`)).toEqual(["update 1", "update 2"]);

    refuses = false;
    await finish(engine.sync());
    await time.advance(5000);
    expect(venues().filter((venue) => venue === "Ruddalen")).toHaveLength(2);
    expect(engine.status()).toMatchObject([{ undoable: true, failed: 0 }]);
    await expectLeft(engine, finish);
  });

  test("has nothing to take back where nothing was done", async () => {
    const { engine } = await settled([]);
    await expect(engine.undo("google")).rejects.toMatchObject({ problem: { kind: "not-found" } });
  });
});

describe("preview", () => {
  test("a newly chosen calendar is written to only after a person has seen what would happen", async () => {
    const records = coming(3);
    const { engine, model, finish, time, begin } = await settled(records, { previewFirst: true });
    expect(model("google").counts()).toMatchObject({ writes: 0 });
    expect(engine.status()).toMatchObject([{ state: { name: "needs-preview" }, waiting: 3 }]);
    expect(await finish(engine.sync())).toMatchObject([{ outcome: "waiting" }, { outcome: "waiting" }, {}]);

    const [preview] = await finish(engine.preview("google"));
    expect(preview).toMatchObject({ unchanged: 0, skipped: 0, held: 0 });
    expect(preview?.operations.map(({ kind, matchId }) => [kind, matchId])).toEqual([
      ["insert", "1"],
      ["insert", "2"],
      ["insert", "3"],
    ]);
    expect(model("google").counts()).toMatchObject({ writes: 0 });

    await engine.confirm("google");
    await time.advance(5000);
    expect(model("google").events()).toHaveLength(3);
    await finish(engine.stop());
    // Once seen is enough.
    const again = begin([...records, aRecord(aMatch({ id: "9" }))]);
    await time.advance(5000);
    expect(again.engine.status()).toMatchObject([{ state: { name: "idle" }, there: 4 }]);
  });

  test("tells each kind of operation, in the order of kick-off, and does none of them", async () => {
    const records = coming(20);
    const [one, two, three] = records;
    if (one === undefined || two === undefined || three === undefined) throw new Error("there are twenty");
    const { engine, model, finish, begin } = await settled(records);
    await finish(engine.stop());
    const { put } = model("google");
    const double = model("google")
      .events()
      .find(({ matchId }) => matchId === "7");
    if (double === undefined) throw new Error("it is there");
    put({ ...double, remoteId: "from-the-predecessor", hash: null });

    const next = [
      moved(one, { venue: "Ruddalen" }),
      moved(two, { status: "cancelled" }),
      gone(three),
      ...records.slice(3),
      aRecord(aMatch({ id: "21", kickoff: at(2 * day) })),
      aRecord(aMatch({ id: "22", kickoff: null })),
    ];
    const other = begin(next, (target) => ({ ...target, insert: never, update: never, remove: never }));
    const [preview] = await finish(other.engine.preview(null));
    expect(preview?.operations.map(({ kind, matchId }) => [kind, matchId])).toEqual([
      ["insert", "21"],
      ["update", "1"],
      ["cancel", "2"],
      ["remove", "3"],
      // Ours makes way for the predecessor's.
      ["update", "7"],
      ["remove", "7"],
    ]);
    expect(preview).toMatchObject({ unchanged: 16, skipped: 1, held: 0 });
  });

  test("sees what somebody has deleted, and does not bring it back", async () => {
    const { engine, model, finish, time } = await settled(coming(5));
    model("google").drop("avspark-2");
    model("google").resetCounts();
    const [preview] = await finish(engine.preview("google"));
    await time.advance(1000);
    expect(preview?.operations).toMatchObject([{ kind: "insert", matchId: "2" }]);
    expect(model("google").counts()).toMatchObject({ calls: 1, writes: 0 });
    await finish(engine.sync());
    expect(model("google").events()).toHaveLength(5);
  });

  test("of a calendar that cannot be read says why, at once", async () => {
    const { engine, spoil, finish } = await settled(coming(2));
    spoil("google", "calendar-sign-in");
    await expect(finish(engine.preview("google"))).rejects.toMatchObject({ problem: { kind: "calendar-sign-in" } });
  });
});

describe("audit", () => {
  const spoilt = async () => {
    const records = coming(5);
    const made = await settled(records);
    const { put, drop, events } = made.model("google");
    const [one, two, three] = events();
    if (one === undefined || two === undefined || three === undefined) throw new Error("there are five");
    drop(one.remoteId);
    put({ ...two, content: { ...two.content, summary: "Något annat" }, notes: "Ta med västar" });
    put({ ...three, remoteId: "double", hash: null });
    return made;
  };

  test("counts what is missing, different and too much, and changes nothing", async () => {
    const { engine, model, finish, time } = await spoilt();
    model("google").resetCounts();
    const found = await finish(engine.audit("google", false));
    expect(found).toEqual({ missing: 1, different: 1, surplus: 1, repaired: 0 });
    expect(model("google").counts()).toMatchObject({ calls: 1 });
    await time.advance(1000);
    expect(engine.placements("2")).toMatchObject({ google: { state: "differs" } });
  });

  test("repairs them, and keeps what a person has added", async () => {
    const { engine, model, finish } = await spoilt();
    expect(await finish(engine.audit("google", true))).toMatchObject({ missing: 1, different: 1, surplus: 1 });
    await finish(engine.sync());
    const events = model("google").events();
    expect(events).toHaveLength(5);
    expect(events.find(({ matchId }) => matchId === "2")).toMatchObject({
      content: { summary: "IFK Göteborg – Falkenbergs FF" },
      notes: "Ta med västar",
    });
    expect(await finish(engine.audit("google", false))).toEqual({ missing: 0, different: 0, surplus: 0, repaired: 0 });
  });

  test("comes every day by itself: what is missing is there again, and what somebody changed is reported", async () => {
    const { engine, model, time } = await spoilt();
    await time.advance(day + hour);
    const events = model("google").events();
    expect(new Set(events.map(({ matchId }) => matchId)).size).toBe(5);
    expect(events).toHaveLength(5);
    expect(engine.status()).toMatchObject([{ there: 4, differs: 1, lastCheckAt: expect.any(String) }]);
  });

  test("removes events of unknown matches only when asked to repair, and within the guard", async () => {
    const { engine, model, finish, time } = await settled(coming(10));
    const [first] = model("google").events();
    if (first === undefined) throw new Error("there are ten");
    model("google").put({ ...first, remoteId: "unknown", matchId: "4711" });
    await finish(engine.sync());
    await time.advance(2 * day);
    expect(model("google").events()).toHaveLength(11);
    expect(await finish(engine.audit("google", true))).toMatchObject({ surplus: 1, repaired: 1 });
    expect(model("google").events()).toHaveLength(10);
  });
});

describe("a manual sync", () => {
  test("beside another one and beside the live feed makes each event once, and each is told the whole result", async () => {
    const records = coming(30);
    const made = bench();
    const { engine } = made.begin([]);
    const changed = records.map((record) => moved(record, { venue: "Ruddalen" }));
    const work = Promise.all([
      (async () => {
        engine.changed(records);
        return engine.sync();
      })(),
      (async () => {
        engine.changed(changed.slice(0, 10));
        return engine.sync({ matchIds: idsOf(records.slice(0, 15)) });
      })(),
    ]);
    await made.time.advance(60);
    engine.changed(changed);
    const [all, some] = await made.finish(work);
    expect(all).toHaveLength(30);
    expect(some).toHaveLength(15);
    for (const { outcome } of [...all, ...some]) expect(["inserted", "updated"]).toContain(outcome);
    const { events, counts } = made.model("google");
    expect(events()).toHaveLength(30);
    expect(events().every(({ content }) => content.location === "Ruddalen")).toBe(true);
    // Each match inserted once, and changed at most once.
    expect(counts().writes).toBeLessThanOrEqual(60);
  });

  test("tells how far it has come, and what became of every match", async () => {
    const records = [...coming(5), aRecord(aMatch({ id: "none", kickoff: null }))];
    const made = bench();
    const { engine, told } = made.begin(records);
    const progress: string[] = [];
    const results = await made.finish(
      engine.sync({ onProgress: ({ done, of }) => void progress.push(`${done}/${of}`) }),
    );
    expect(progress).toEqual(["1/6", "2/6", "3/6", "4/6", "5/6", "6/6"]);
    expect(results.find(({ matchId }) => matchId === "none")).toMatchObject({
      outcome: "skipped",
      reason: "no-kickoff",
    });
    expect(results.filter(({ outcome }) => outcome === "inserted")).toHaveLength(5);
    await made.time.advance(1000);
    expect(told).toMatchObject({ done: 5, failed: 0 });
    expect(new Set(told.placements)).toEqual(new Set(idsOf(records.slice(0, 5))));
  });

  test("is a partial failure when one event is refused: the others are there, and the reason stands with the match", async () => {
    const made = bench();
    const { engine } = made.begin(coming(3), (target) => ({
      ...target,
      insert: (event, revision) => (event.id === "2" ? Promise.reject(refused) : target.insert(event, revision)),
    }));
    const results = await made.finish(engine.sync());
    expect(results.map(({ outcome }) => outcome).toSorted()).toEqual(["failed", "inserted", "inserted"]);
    expect(engine.placements("2")).toMatchObject({ google: { state: "failed", problem: refused.problem } });
    expect(engine.status()).toMatchObject([{ state: { name: "idle" }, there: 2, failed: 1 }]);
  });
});

test.each([true, false])(
  "a full journal lets a calendar be (preview first: %j), and it goes on when there is room",
  async (previewFirst) => {
    const made = bench({ previewFirst });
    made.fill(true);
    const { engine } = made.begin(coming(3));
    await made.time.advance(day);
    // Hardly more often than once in five minutes: half of the wait is chance.
    expect(made.model("google").counts().calls).toBeLessThan(600);
    expect(made.model("google").counts().writes).toBe(0);
    expect(engine.status()).toMatchObject([{ state: { name: "waiting", problem: { kind: "journal-full" } } }]);
    made.fill(false);
    await made.time.advance(5 * 60_000);
    await engine.confirm("google");
    await made.time.advance(5000);
    expect(made.model("google").events()).toHaveLength(3);
  },
);

describe("an event that another program makes while we are at work", () => {
  const theirs = (id: string) => ({
    ...{ remoteId: `theirs-${id}`, matchId: id, hash: null, notes: "Ta med västar" },
    content: { ...contentOf(eventOf(aMatch({ id, kickoff: at(3 * day) }))), summary: "IFK - Falkenberg" },
  });
  const beside = async () => {
    const made = await settled(coming(2));
    const there = () => made.model("google").events();
    const ofThird = () => there().filter(({ matchId }) => matchId === "9");
    const third = aRecord(aMatch({ id: "9", kickoff: at(3 * day) }));
    return { ...made, there, ofThird, third };
  };

  test("is seen before ours is made, and taken over", async () => {
    const { engine, model, time, ofThird, third, finish } = await beside();
    model("google").put(theirs("9"));
    model("google").resetCounts();
    engine.changed([third]);
    await time.advance(5000);
    expect(model("google").counts()).toMatchObject({ calls: 2, writes: 1 });
    expect(ofThird()).toMatchObject([
      { remoteId: "theirs-9", hash: eventOf(third.match).hash, notes: "Ta med västar" },
    ]);
    await finish(engine.undo("google"));
    expect(ofThird()).toMatchObject([{ content: { summary: "IFK - Falkenberg" }, notes: "Ta med västar" }]);
  });

  test("beside ours stays, and ours goes, also where the run that made ours is taken back", async () => {
    const { engine, model, finish, time, ofThird, third } = await beside();
    engine.changed([third]);
    await time.advance(5000);
    model("google").put(theirs("9"));
    await finish(engine.sync());
    expect(ofThird()).toMatchObject([{ remoteId: "theirs-9", hash: eventOf(third.match).hash }]);
    await finish(engine.undo("google"));
    expect(ofThird()).toMatchObject([{ remoteId: "theirs-9", content: { summary: "IFK - Falkenberg" } }]);
    await finish(engine.undo("google"));
    expect(ofThird()).toMatchObject([{ remoteId: "theirs-9", content: { summary: "IFK - Falkenberg" } }]);
  });

  test("goes where somebody has written into ours", async () => {
    const { engine, model, finish, time, ofThird, third } = await beside();
    engine.changed([third]);
    await time.advance(5000);
    const [ours] = ofThird();
    if (ours === undefined) throw new Error("it is there");
    model("google").put({ ...ours, notes: "Vi ses vid grinden" });
    model("google").put({ ...theirs("9"), notes: "" });
    await finish(engine.sync());
    expect(ofThird()).toMatchObject([{ remoteId: ours.remoteId, notes: "Vi ses vid grinden" }]);
  });

  test("is looked for again where ours has waited long", async () => {
    const made = bench();
    let refuses = true;
    const { engine } = made.begin([], (target) => ({
      ...target,
      insert: (event, revision) => (refuses ? Promise.reject(refused) : target.insert(event, revision)),
    }));
    engine.changed([aRecord(aMatch({ id: "9", kickoff: at(3 * day) }))]);
    await made.time.advance(5000);
    expect(engine.placements("9")).toMatchObject({ google: { state: "failed" } });
    made.model("google").put(theirs("9"));
    refuses = false;
    await made.time.advance(10 * 60_000);
    expect(made.model("google").events()).toMatchObject([{ remoteId: "theirs-9", hash: expect.any(String) }]);
  });
});

describe("taking over another program's events", () => {
  const theirs = { ...contentOf(eventOf(aMatch({ id: "1", kickoff: at(3 * day) }))), summary: "IFK - Falkenberg" };
  const taking = async () => {
    const made = bench({ previewFirst: true });
    made.model("google").put({ remoteId: "theirs", matchId: "1", hash: null, content: theirs, notes: "Ta med västar" });
    const { engine } = made.begin(coming(2));
    return { ...made, engine };
  };

  test("can be looked at first", async () => {
    const { engine, finish } = await taking();
    const [preview] = await finish(engine.preview("google"));
    expect(preview?.operations.map(({ kind, matchId }) => [kind, matchId])).toEqual([
      ["update", "1"],
      ["insert", "2"],
    ]);
  });

  test("can be taken back: what stood there stands there again, with the person's notes", async () => {
    const { engine, time, finish, model } = await taking();
    await time.advance(1000);
    await engine.confirm("google");
    await finish(engine.sync());
    expect(model("google").events()).toMatchObject([{ content: { summary: "IFK Göteborg – Falkenbergs FF" } }, {}]);
    expect(await finish(engine.undo("google"))).toHaveLength(2);
    expect(model("google").events()).toMatchObject([
      { remoteId: "theirs", matchId: "1", content: theirs, notes: "Ta med västar" },
    ]);
  });
});

describe("a refusal of one event", () => {
  const kinds = ["calendar-forbidden", "calendar-not-found", "calendar-rejected", "calendar-server"] as const;
  const methods = ["insert", "update", "remove"] as const;
  const cases = kinds.flatMap((kind) => methods.map((method) => ({ kind, method })));
  // An event that is not found is as good as removed.
  const refusals = cases.filter(({ kind, method }) => kind !== "calendar-not-found" || method !== "remove");

  test.each(refusals)("$kind at an $method is told on its match, and all else goes on", async ({ kind, method }) => {
    const made = bench();
    const problem = { kind, message: "Not this one." };
    let refuses = true;
    const refuse = (id: string): boolean => refuses && id === "2";
    const deny = () => Promise.reject(new TargetProblem(problem, { concern: "item" }));
    const { engine } = made.begin(coming(6), (target) => ({
      ...target,
      ...(method === "insert" && {
        insert: (event, revision) => (refuse(event.id) ? deny() : target.insert(event, revision)),
      }),
      ...(method === "update" && {
        update: (event, found, revision) => (refuse(event.id) ? deny() : target.update(event, found, revision)),
        // What was not found is made anew.
        insert: (event, revision) =>
          refuse(event.id) && made.model("google").events().length === 6 ? deny() : target.insert(event, revision),
      }),
      ...(method === "remove" && { remove: (found) => (refuse(found.id) ? deny() : target.remove(found)) }),
    }));
    await made.time.advance(5000);
    const [, two, ...others] = coming(6).map((record) => moved(record, { venue: "Ruddalen" }));
    if (two === undefined) throw new Error("there are six");
    if (method !== "insert") engine.changed([method === "remove" ? gone(two) : two, ...others]);
    await made.time.advance(5000);

    expect(engine.status()).toMatchObject([{ state: { name: "idle" }, failed: 1 }]);
    expect(engine.placements("2")).toMatchObject({ google: { state: "failed", problem } });
    const venues = made
      .model("google")
      .events()
      .filter(({ matchId }) => Number(matchId) > 2);
    expect(venues).toHaveLength(4);
    if (method !== "insert") expect(venues.every(({ content }) => content.location === "Ruddalen")).toBe(true);

    // It is tried again by itself.
    refuses = false;
    await made.time.advance(60_000);
    expect(engine.status()).toMatchObject([{ state: { name: "idle" }, failed: 0 }]);
    expect(made.model("google").events()).toHaveLength(method === "remove" ? 5 : 6);
  });

  test("says nothing of the calendar, however often it comes", async () => {
    const made = bench();
    const deny = () =>
      Promise.reject(new TargetProblem({ kind: "calendar-forbidden", message: "No." }, { concern: "item" }));
    const { engine } = made.begin(coming(30), (target) => ({ ...target, insert: deny }));
    const results = await made.finish(engine.sync());
    expect(new Set(results.map(({ outcome }) => outcome))).toEqual(new Set(["failed"]));
    expect(engine.status()).toMatchObject([{ state: { name: "idle" }, failed: 30 }]);
  });
});

test("a calendar keeps its name over a restart, though nobody can be asked; another calendar has its own", async () => {
  const called =
    (label: string, id = "one") =>
    (target: CalendarTarget) => {
      let isRead = false;
      return {
        ...target,
        id,
        get label() {
          return isRead ? label : id;
        },
        list: async (token: string | null) => {
          const listing = await target.list(token);
          isRead = true;
          return listing;
        },
      };
    };
  const made = bench();
  const first = made.begin(coming(1), called("Domaruppdrag"));
  expect(first.engine.status()).toMatchObject([{ label: "one" }]);
  await made.finish(first.engine.sync());
  expect(first.engine.status()).toMatchObject([{ label: "Domaruppdrag" }]);
  await made.finish(first.engine.stop());

  made.spoil("google", "calendar-unreachable");
  const second = made.begin(coming(1), called("Domaruppdrag"));
  await made.time.advance(1000);
  expect(second.engine.status()).toMatchObject([{ label: "Domaruppdrag", state: { name: "waiting" } }]);
  await made.finish(second.engine.stop());
  const other = made.begin(coming(1), called("Annat", "two"));
  expect(other.engine.status()).toMatchObject([{ label: "two" }]);
});

describe("several calendars", () => {
  test("one that is in trouble holds no other back", async () => {
    const made = bench({ names: ["google", "caldav", "ics"] });
    made.spoil("google", "calendar-unreachable");
    made.spoil("caldav", "calendar-sign-in");
    const { engine } = made.begin(coming(4));
    const results = await made.finish(engine.sync());
    expect(results.filter(({ target }) => target === "ics").every(({ outcome }) => outcome === "inserted")).toBe(true);
    expect(engine.status()).toMatchObject([
      { name: "google", state: { name: "waiting", problem: { kind: "calendar-unreachable" } }, waiting: 4 },
      { name: "caldav", state: { name: "needs-person", problem: { kind: "calendar-sign-in" } }, waiting: 4 },
      { name: "ics", state: { name: "idle" }, there: 4 },
    ]);
    made.spoil("google", "none");
    await made.time.advance(10 * 60_000);
    expect(made.model("google").events()).toHaveLength(4);
    expect(engine.status()[0]?.state).toEqual({ name: "idle" });
  });

  test("in a hurry, such as after a sleep, a calendar that waits is tried at once", async () => {
    const made = bench({ names: ["google"] });
    made.spoil("google", "calendar-unreachable");
    const { engine } = made.begin(coming(2));
    await made.finish(engine.sync());
    expect(engine.status()).toMatchObject([{ state: { name: "waiting" }, waiting: 2 }]);
    made.spoil("google", "none");
    engine.hurry();
    await made.finish(engine.sync());
    expect(engine.status()).toMatchObject([{ state: { name: "idle" }, there: 2 }]);
  });

  test("in the demo only the file is kept", async () => {
    const made = bench({ names: ["google", "ics"], demo: true });
    const { engine } = made.begin(coming(2));
    await made.finish(engine.sync());
    expect(made.model("google").counts()).toMatchObject({ calls: 0 });
    expect(made.model("ics").events()).toHaveLength(2);
    expect(engine.status()).toMatchObject([{ state: { name: "off", reason: "demo" } }, { state: { name: "idle" } }]);
    await expect(engine.confirm("google")).rejects.toMatchObject({ problem: { kind: "calendar-demo" } });
    // Somebody may sign in all the same.
    engine.retry("google");
    engine.retry("caldav");
  });

  test("another calendar is begun anew: nothing that was known of the first is believed of it", async () => {
    const records = coming(3);
    const { engine, begin, finish, model } = await settled(records);
    await finish(engine.stop());
    for (const { remoteId } of model("google").events()) model("google").drop(remoteId);
    model("google").resetCounts();
    const other = begin(records, (target) => ({ ...target, id: "another", list: () => target.list(null) }));
    const results = await finish(other.engine.sync());
    expect(new Set(results.map(({ outcome }) => outcome))).toEqual(new Set(["inserted"]));
    expect(model("google").counts()).toMatchObject({ writes: 3 });
    expect(other.engine.status()).toMatchObject([{ undoable: true }]);
  });
});

test("stopping waits a second at most, and starting again goes on where it was", async () => {
  const records = coming(3);
  const made = bench();
  const { engine } = made.begin(records, (target) => ({ ...target, insert: () => new Promise(() => undefined) }));
  await made.time.advance(500);
  const begun = made.time.now();
  await made.finish(engine.stop());
  expect(made.time.now() - begun).toBeLessThanOrEqual(1000);
  await expect(engine.preview("google")).rejects.toMatchObject({ problem: { kind: "calendar-unreachable" } });

  const again = made.begin(records);
  await made.time.advance(5000);
  expect(again.engine.status()).toMatchObject([{ there: 3 }]);
});

const never = (): Promise<never> => Promise.reject(new Error("a preview writes nothing"));
const refused = new TargetProblem({ kind: "calendar-rejected", message: "Refused." });
