import { describe, expect, it } from "vitest";
import { limitsAt } from "../matches/retention-limits.ts";
import { type Arrival, messageArrival, type Way } from "./arrival.ts";
import { createBatches, type Outcome } from "./batch.ts";
import { decodeMessage } from "./decode.ts";
import { bookOf } from "./testing/book.ts";
import { silentLog } from "./testing/silent-log.ts";

const start = Date.UTC(2027, 4, 6, 12);
const at = (seconds: number): string => new Date(start + seconds * 1000).toISOString();
const maxBytes = 4_000_000;
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** A desk that takes messages one batch after another, as the feed does. */
const createDesk = () => {
  const batches = createBatches({
    book: bookOf(new Map()),
    lastIds: { message: 0, change: 0 },
    encode: (json) => new TextEncoder().encode(json),
    limits: () => limitsAt(start, { matches: 400, personal: 90 }),
    maxBytes,
    log: silentLog,
  });
  const takeIn = (way: Way, arrivals: readonly Arrival[]): Outcome => {
    const outcome = batches.apply(way, arrivals);
    batches.commit(outcome);
    return outcome;
  };
  const hear = (...heard: readonly (readonly [channel: string, message: unknown, seconds?: number])[]): Outcome =>
    takeIn(
      "redis",
      heard.map(([channel, message, seconds = 0]) => {
        const payload = new TextEncoder().encode(typeof message === "string" ? message : JSON.stringify(message));
        const decoded = decodeMessage(payload, { text, utf8Only: true, maxBytes });
        return messageArrival({ channel, payload, receivedAt: start + seconds * 1000 }, decoded);
      }),
    );
  return { hear, takeIn };
};

const updates = (matches: readonly unknown[], more: object = {}, payload: object = {}) => ({
  type: "match_updates",
  timestamp: at(0),
  payload: { matches, ...payload },
  ...more,
});
const verdicts = ({ messages }: Outcome): readonly string[] => messages.map(({ summary }) => summary.verdict);

/** One match in the words of three dialects. */
const fogis = {
  matchid: 1,
  lag1namn: "A",
  lag2namn: "B",
  anlaggningnamn: "Ängby IP",
  speldatum: "2027-05-08",
  avsparkstid: "15:00",
  installd: false,
};
const enhanced = {
  match_id: 1,
  teams: { home: { name: "A" }, away: { name: "B" } },
  date: "2027-05-08",
  time: "15:00",
  venue: { name: "Ängby IP" },
};
const legacy = { match_id: 1, teams: "A vs B", date: "2027-05-08", time: "15:00", venue: "Ängby IP" };

describe("a match list", () => {
  it("becomes a message, its matches and what changed in them", () => {
    const { hear } = createDesk();
    const { messages, matches, changes, told } = hear([
      "c",
      updates([fogis, { ...fogis, matchid: 2 }], { message_id: "m" }),
      3,
    ]);
    expect(messages).toMatchObject([
      {
        summary: {
          id: 1,
          channel: "c",
          messageId: "m",
          receivedAt: at(3),
          publishedAt: at(0),
          verdict: "valid",
          gist: {
            type: "match_updates",
            dialect: "fogis",
            matches: 2,
            changes: 2,
            rejected: 0,
            noted: 0,
            matchIds: ["1", "2"],
          },
        },
        matchIds: ["1", "2"],
        rejections: [],
      },
    ]);
    expect(messages[0]?.payload?.byteLength).toBe(messages[0]?.summary.bytes);
    expect(matches.map(({ match }) => match.id)).toEqual(["1", "2"]);
    expect(changes).toMatchObject([
      {
        id: 1,
        matchId: "1",
        title: "A – B",
        at: at(3),
        difference: { field: "added" },
        origin: { at: at(0), channel: "c" },
      },
      { id: 2, matchId: "2" },
    ]);
    expect(told.map(({ id }) => id)).toEqual(["1", "2"]);
  });

  it("is one change when it comes in several dialects on several channels", () => {
    const { hear } = createDesk();
    const said = (match: object) => updates([match], { message_id: "same" });
    const { changes, matches } = hear(["c", said(fogis)], ["c:v2", said(enhanced)], ["c:v1", said(legacy)]);
    expect(changes).toHaveLength(1);
    expect(matches[0]?.sources.map(({ channel }) => channel)).toEqual(["c", "c:v2", "c:v1"]);
  });

  it("heard twice is a duplicate that changes nothing, in the same batch and in a later one", () => {
    const { hear } = createDesk();
    const first = updates([fogis], { message_id: "first" });
    const second = updates([{ ...fogis, anlaggningnamn: "Östra IP" }], { message_id: "second", timestamp: at(1) });
    expect(verdicts(hear(["c", first], ["d", first]))).toEqual(["valid", "duplicate"]);
    expect(hear(["c", second], ["c", first]).changes).toMatchObject([{ difference: { after: "Östra IP" } }]);
    const again = hear(["c", second]);
    expect([verdicts(again), again.changes, again.matches]).toEqual([["duplicate"], [], []]);
  });

  it("without an id of its own is never taken for a duplicate", () => {
    const { hear } = createDesk();
    expect(verdicts(hear(["c", updates([fogis])], ["c", updates([fogis])]))).toEqual(["valid", "valid"]);
  });

  it("with some bad matches delivers the good ones, and says where the others are", () => {
    const { hear } = createDesk();
    const outcome = hear(["c", updates([fogis, { ...fogis, matchid: 2, speldatum: "2027-02-30" }, { lag1namn: "A" }])]);
    expect(verdicts(outcome)).toEqual(["partly"]);
    expect(outcome.matches.map(({ match }) => match.id)).toEqual(["1", "2"]);
    expect(outcome.messages[0]?.rejections.map(({ path }) => path)).toEqual(["payload.matches[2].matchid"]);
    expect(verdicts(hear(["c", updates([{ lag1namn: "A" }])]))).toEqual(["invalid"]);
  });

  it("names up to eight matches, and belongs to all of them", () => {
    const { hear } = createDesk();
    const { messages } = hear([
      "c",
      updates(Array.from({ length: 20 }, (_, index) => ({ ...fogis, matchid: index + 1 }))),
    ]);
    expect(messages[0]).toMatchObject({ summary: { gist: { matches: 20 } } });
    expect(messages[0]?.matchIds).toHaveLength(20);
    expect(JSON.stringify(messages[0]?.summary.gist).match(/"\d+"/g)).toHaveLength(8);
  });

  it("may be longer than a call has arguments", { timeout: 60_000 }, () => {
    const { hear } = createDesk();
    const { changes } = hear(["c", updates(Array.from({ length: 100_000 }, (_, index) => ({ matchid: index + 1 })))]);
    expect(changes).toHaveLength(100_000);
  });

  it("is kept only where something differs in more than times", () => {
    const { hear } = createDesk();
    const kept = (match: object, channel = "c") =>
      hear([channel, updates([match], { timestamp: at(9) }), 9]).kept.length;
    hear(["c", updates([legacy])]);
    const repeated = hear(["c", updates([legacy], { timestamp: at(5) }), 5]);
    expect([repeated.matches.length, repeated.kept.length]).toEqual([1, 0]);
    expect(repeated.matches[0]?.updatedAt).toBe(at(5));
    expect(kept({ ...legacy, venue: "Östra IP" })).toBe(1);
    // Another channel, another dialect: where it came from is worth keeping.
    expect(kept({ ...legacy, venue: "Östra IP" }, "d")).toBe(1);
    expect(kept({ ...enhanced, venue: { name: "Östra IP" } }, "d")).toBe(1);
    expect(kept({ ...enhanced, venue: { name: "Östra IP" } }, "d")).toBe(0);
  });

  it("brings the publisher's own words and its priority along", () => {
    const { hear } = createDesk();
    hear(["c", updates([fogis])]);
    const note = { match_id: 1, category: "time_change", priority: "high", description: "Avsparkstid ändrad" };
    const { changes } = hear([
      "c",
      updates(
        [{ ...fogis, avsparkstid: "16:00" }],
        { timestamp: at(1) },
        { detailed_changes: [note], high_priority: true },
      ),
    ]);
    expect(changes).toMatchObject([
      { difference: { field: "kickoff" }, urgent: true, note: { category: "time_change" } },
    ]);
  });

  it("says of each difference what the publisher said of it, not of another", () => {
    const { hear } = createDesk();
    hear(["c", updates([fogis])]);
    const about = (field: string | null, category: string) => ({ match_id: 1, field, category, description: category });
    const changed = { ...fogis, avsparkstid: "16:00", anlaggningnamn: "Östra IP", installd: true };
    const notes = [about("anlaggningnamn", "change"), about(null, "time_change")];
    const { changes } = hear(["c", updates([changed], { timestamp: at(1) }, { detailed_changes: notes })]);
    expect(changes.map(({ difference, note }) => [difference.field, note?.description ?? null])).toEqual([
      ["kickoff", "time_change"],
      ["status", null],
      ["venue", "change"],
    ]);
    const another = { ...fogis, matchid: 2 };
    const whole = [{ match_id: 2, category: "new_match", description: "Ny match" }];
    expect(hear(["c", updates([another], {}, { detailed_changes: whole })]).changes).toMatchObject([
      { difference: { field: "added" }, note: { description: "Ny match" } },
    ]);
  });

  it("of high priority is urgent for the matches it is about, and never when they are told of first", () => {
    const { hear } = createDesk();
    const later = (id: number, venue: string) => ({ ...fogis, matchid: id, anlaggningnamn: venue });
    const about = (id: number) => ({ match_id: id, field_name: "anlaggningnamn", category: "venue_change" });
    const urgentOf = ({ changes }: Outcome) => changes.map(({ matchId, urgent }) => [matchId, urgent]);
    const high = { high_priority: true, detailed_changes: [about(2), about(3)] };
    expect(urgentOf(hear(["c", updates([later(1, "Ett"), later(2, "Ett")], {}, high)]))).toEqual([
      ["1", false],
      ["2", false],
    ]);
    const again = [later(1, "Två"), later(2, "Två"), later(3, "Två")];
    expect(urgentOf(hear(["c", updates(again, { timestamp: at(5) }, high), 5]))).toEqual([
      ["1", false],
      ["2", true],
      ["3", false],
    ]);
  });

  it("that moves a kick-off of the next two days is urgent, whoever says so", () => {
    const { hear } = createDesk();
    hear(["c", updates([fogis, { ...fogis, matchid: 2, speldatum: "2027-06-08" }])]);
    const { changes } = hear([
      "c",
      updates(
        [
          { ...fogis, speldatum: "2027-05-07" },
          { ...fogis, matchid: 2, speldatum: "2027-06-09" },
        ],
        { timestamp: at(1) },
      ),
    ]);
    expect(changes.map(({ matchId, urgent }) => [matchId, urgent])).toEqual([
      ["1", true],
      ["2", false],
    ]);
  });
});

describe("what cannot be read", () => {
  it("is kept with the reason and what could be read of its envelope", () => {
    const { hear } = createDesk();
    const { messages } = hear(["c", "{"], ["c", { message_id: "m", timestamp: at(1), type: "unknown", payload: {} }]);
    expect(messages).toMatchObject([
      { summary: { verdict: "invalid", messageId: null }, rejections: [{ path: "" }] },
      { summary: { verdict: "invalid", messageId: "m", publishedAt: at(1) }, rejections: [{ path: "type" }] },
    ]);
    expect(messages.every(({ payload }) => payload !== null)).toBe(true);
  });

  it("and is too large is kept by its header alone", () => {
    const { hear } = createDesk();
    const { messages } = hear(["c", "x".repeat(maxBytes + 1)]);
    expect(messages).toMatchObject([{ payload: null, summary: { bytes: maxBytes + 1, verdict: "invalid" } }]);
  });
});

describe("other messages", () => {
  const status = (payload: object, timestamp: string) => ({ type: "processing_status", timestamp, payload });

  it("of a cycle are noted at the publisher's time, which cannot be later than ours", () => {
    const { hear } = createDesk();
    const { cycles, reports, messages } = hear(
      ["s", status({ status: "started", cycle_number: 7 }, at(-5))],
      ["s", status({ status: "failed", details: { cycle_number: 7, processing_duration_ms: 12 } }, at(3600)), 2],
    );
    expect(cycles).toMatchObject([
      { at: at(-5), status: "started", cycle: 7 },
      { at: at(2), status: "failed", cycle: 7, durationMs: 12 },
    ]);
    expect(reports).toMatchObject([{ status: "started" }, { status: "failed", cycle: 7 }]);
    expect(messages.map(({ summary }) => summary.gist.type)).toEqual(["processing_status", "processing_status"]);
  });

  it("are reported in the order in which they were said, whatever their channel", () => {
    const { hear } = createDesk();
    const alert = { type: "system_alert", payload: { alert_type: "db", severity: "High", message: "Slow" } };
    const { reports } = hear(
      ["s", status({ status: "completed", cycle_number: 1 }, at(1))],
      ["a", alert],
      ["s", status({ status: "failed", cycle_number: 2 }, at(2))],
    );
    expect(reports).toMatchObject([
      { type: "processing_status", status: "completed", cycle: 1 },
      { type: "system_alert", alertType: "db", text: "Slow", severity: "high" },
      { type: "processing_status", status: "failed", cycle: 2 },
    ]);
  });
});
