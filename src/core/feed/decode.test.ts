import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Instant } from "../../shared/instant.ts";
import { withoutDeeper } from "../../shared/json/depth.ts";
import { growth, linearGrowth } from "../../shared/testing/growth.ts";
import { instant } from "../../shared/testing/instant.ts";
import type { MatchFacts } from "../facts/facts.ts";
import { applyFacts } from "../matches/merge.ts";
import type { MatchRecord } from "../matches/record.ts";
import { matchOf } from "../matches/resolve.ts";
import { statementOf } from "../matches/statements.ts";
import { readChanges } from "./decode/changes.ts";
import { decodeMatches } from "./decode/matches.ts";
import { type DecodeOptions, decodeMessage } from "./decode.ts";
import type { Decoded, MatchUpdates } from "./message.ts";

/** Time of the processor: that others use it too makes no difference. */
const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

const text: DecodeOptions["text"] = (bytes, encoding) => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
};
const limits = { text, utf8Only: true, maxBytes: 5 * 1024 * 1024 };

const fixture = (name: string): string =>
  readFileSync(new URL(`./corpus/fixtures/${name}.json`, import.meta.url), "utf8");
const decode = (message: string, options: Partial<DecodeOptions> = {}): Decoded =>
  decodeMessage(Buffer.from(message), { ...limits, ...options });

const updatesOf = (decoded: Decoded): MatchUpdates => {
  if (decoded.ok && decoded.message.body.type === "match_updates") return decoded.message.body;
  throw new Error(`not a list of matches: ${JSON.stringify(decoded)}`);
};

const anyOrigin = ({ dialect }: MatchFacts) => ({ at: instant("2026-11-24T03:50:35.000Z"), dialect, channel: "test" });

const dialectFixtures = ["match_updates.fogis", "match_updates.enhanced-v2", "match_updates.legacy-v1"];

describe("what the publisher really sends", () => {
  it("FOGIS's own words are read whole", () => {
    const decoded = decode(fixture("match_updates.fogis"));
    const updates = updatesOf(decoded);
    expect(decoded).toMatchObject({
      message: { messageId: "63b8ba99-d53c-46ae-b6ea-51db390f1bab", publishedAt: "2026-11-24T03:50:34.923Z" },
    });
    expect(updates.rejections).toEqual([]);
    expect([...updates.urgent]).toEqual(["6186204"]);
    expect(updates.notes).toEqual([
      {
        matchId: "6186204",
        fields: ["kickoff"],
        note: { category: "time_change", priority: "high", description: "Avsparkstid ändrad" },
      },
    ]);
    const [first] = updates.matches;
    expect(first).toMatchObject({ id: "6186203", dialect: "fogis", wallClock: false, noted: [] });
    expect(first?.told).toMatchObject({
      number: "000402010",
      competition: "Ligacupen Elit Västra",
      competitionId: "125200",
      home: "IFK Göteborg",
      homeId: "86204",
      away: "Falkenbergs FF",
      awayId: "86205",
      kickoff: "2027-05-06T15:00:00.000Z",
      venue: "Kamratgården 2 hybrid",
      venueId: "22217",
      position: { latitude: 57.697617, longitude: 12.028288 },
      status: "scheduled",
      openPlaces: [],
      playingTime: { halves: 2, halfMinutes: 45, pauseMinutes: null },
    });
    expect(first?.told.officials?.map(({ role, name }) => `${role}: ${name}`)).toEqual([
      "Huvuddomare: Prov Domare",
      "Assisterande 1: Prov Assistent Ett",
      "Assisterande 2: Prov Assistent Två",
    ]);
    // Of a person FOGIS tells all, also what there is none of.
    expect(first?.told.officials?.[2]).toEqual({
      role: "Assisterande 2",
      roleShort: "AD2",
      name: "Prov Assistent Två",
      personId: "1082019",
      number: "61320",
      status: "Tilldelat",
      phones: { mobile: null, home: null, work: null },
      email: null,
      address: { careOf: null, street: "Provgatan 3", postalCode: "41101", city: "Göteborg", country: "Sverige" },
    });
    expect(first?.told.contacts).toEqual([
      {
        team: "IFK Göteborg",
        name: "Prov Lagledare",
        phones: { mobile: "0700000010", home: null, work: undefined },
        email: "lagledare@example.com",
        address: undefined,
      },
    ]);
    expect(updates.matches.map(({ told }) => told.status)).toEqual(["scheduled", "scheduled", "cancelled"]);
  });

  it("the dialects tell the same of the same games, each as much as it can", () => {
    const [fogis, ...lessDetailed] = dialectFixtures.map((name) => updatesOf(decode(fixture(name))).matches);
    for (const matches of lessDetailed) {
      expect(matches).toHaveLength(3);
      matches.forEach((match, index) => {
        const rich = fogis?.[index];
        const { said } = statementOf(match, anyOrigin(match));
        const { officials = [], ...facts } = JSON.parse(JSON.stringify(said)) as typeof said;
        expect(match.id).toBe(rich?.id);
        expect(officials.map(({ name }) => name)).toEqual(rich?.told.officials?.map(({ name }) => name));
        // The publisher's schema 2.0 says no competition, no contacts, and "scheduled" of the cancelled match.
        const { contacts, ...same } = facts;
        expect(contacts ?? []).toEqual([]);
        expect(rich?.told).toMatchObject(same);
        expect(same).toMatchObject({ kickoff: rich?.told.kickoff, venue: rich?.told.venue, home: rich?.told.home });
      });
    }
  });

  it("in whatever order the dialects come, the match is FOGIS's", () => {
    const guide = JSON.stringify({
      type: "match_updates",
      timestamp: "2026-11-24T03:50:34.930Z",
      payload: { matches: [{ matchid: 6186205, hemmalag: "Örgryte IS", bortalag: "Utsiktens BK" }] },
    });
    const messages = [...dialectFixtures.map(fixture), guide].map((message) => decode(message));
    const fogis = updatesOf(decode(fixture("match_updates.fogis"))).matches.slice(2);
    const [expected] = fogis.map((facts) => matchOf(facts.id, [statementOf(facts, anyOrigin(facts))]));
    for (const order of permutations(messages)) {
      let record: MatchRecord | undefined;
      for (const decoded of order) {
        const facts = updatesOf(decoded).matches.find(({ id }) => id === "6186205");
        if (facts === undefined || !decoded.ok) throw new Error("every message tells of this match");
        const receivedAt = instant("2026-11-24T03:50:35.000Z");
        const origin = { at: decoded.message.publishedAt ?? receivedAt, dialect: facts.dialect, channel: "test" };
        record = applyFacts(record, facts, { origin, receivedAt, urgent: false, isReplay: false }).record;
      }
      expect(record?.match).toEqual(expected);
    }
  });

  it("an update that comes in three dialects, in whatever order, is one change", () => {
    const receivedAt = instant("2026-11-24T03:50:35.000Z");
    const tell = (record: MatchRecord | undefined, facts: MatchFacts, at: Instant) =>
      applyFacts(record, facts, {
        origin: { at, dialect: facts.dialect, channel: "test" },
        receivedAt,
        urgent: false,
        isReplay: false,
      });
    const first = (decoded: Decoded): MatchFacts => {
      const [facts] = updatesOf(decoded).matches;
      if (facts === undefined) throw new Error("no match");
      return facts;
    };
    const messages = dialectFixtures.map((name) => decode(fixture(name)));
    const known = first(decode(fixture("match_updates.fogis")));
    const told = { ...known.told, kickoff: instant("2027-05-06T13:00:00.000Z"), venue: "Gamla Ullevi" };
    const before = tell(undefined, { ...known, told }, instant("2026-11-23T03:50:35.000Z")).record;
    for (const order of permutations(messages)) {
      let record = before;
      const fields = order.flatMap((decoded) => {
        const applied = tell(record, first(decoded), (decoded.ok ? decoded.message.publishedAt : null) ?? receivedAt);
        record = applied.record;
        return applied.differences.map(({ field }) => field);
      });
      expect(fields.toSorted()).toEqual(["kickoff", "venue"]);
    }
  });

  it("the list over HTTP needs no envelope", () => {
    const list = JSON.parse(fixture("fogis-matches")) as unknown[];
    const decoded = decodeMatches([...list, { matchid: 1, hemmalag: "A" }, { match_id: 2, teams: "A vs B" }], "");
    expect(decoded.rejections).toEqual([]);
    expect(decoded.matches.map(({ id, dialect }) => `${id} ${dialect}`)).toEqual([
      "6186203 fogis",
      "6186204 fogis",
      "6186205 fogis",
      "1 guide",
      "2 legacy",
    ]);
    expect(decodeMatches([{}], "").rejections[0]?.path).toBe("[0].matchid");
  });

  it("the processor's status and alert", () => {
    expect(decode(fixture("processing_status"))).toMatchObject({
      message: { body: { type: "processing_status", status: "completed", cycle: 42, matches: 3, durationMs: 5000 } },
    });
    expect(decode(fixture("system_alert"))).toMatchObject({
      message: {
        body: {
          type: "system_alert",
          severity: "error",
          alertType: "processing_error",
          text: "Match processing failed: Connection timeout",
        },
      },
    });
  });
});

describe("a list with bad matches in it", () => {
  it("delivers the good ones and says where the bad ones are", () => {
    const matches = [{ matchid: 1 }, { hemmalag: "A" }, { matchid: 3, hemmalag: ["B"] }, { matchid: 4 }, 5];
    const updates = updatesOf(decode(JSON.stringify({ type: "match_updates", payload: { matches } })));
    expect(updates.matches.map(({ id, noted }) => [id, noted])).toEqual([
      ["1", []],
      ["3", [{ path: "hemmalag", reason: "expected text, got a list" }]],
      ["4", []],
    ]);
    expect(updates.rejections).toMatchObject([
      { path: "payload.matches[1].matchid", reason: "a match must have an id (matchid or match_id)" },
      { path: "payload.matches[4]", reason: "expected an object, got a whole number" },
    ]);
  });

  it("takes 10,000 matches in one message", () => {
    const matches = Array.from({ length: 10_000 }, (_, index) => ({ matchid: index + 1, lag1namn: `Lag ${index}` }));
    const updates = updatesOf(decode(JSON.stringify({ type: "match_updates", payload: { matches } })));
    expect(updates.matches).toHaveLength(10_000);
    expect(updates.rejections).toEqual([]);
  });

  it("refuses a list longer than any federation's, whole", () => {
    const matches = Array.from({ length: 100_001 }, () => 1);
    expect(decode(JSON.stringify({ type: "match_updates", payload: { matches } }))).toMatchObject({
      rejection: { path: "payload.matches", reason: "more than 100000 entries" },
    });
  });
});

describe("limits", () => {
  it("the size", () => {
    const message = JSON.stringify({ type: "match_updates", payload: { matches: [] } });
    expect(decode(message, { maxBytes: message.length }).ok).toBe(true);
    expect(decode(message, { maxBytes: message.length - 1 })).toEqual({
      ok: false,
      rejection: {
        path: "",
        reason: `${message.length} bytes; the limit is ${message.length - 1} (AVSPARK_MAX_MESSAGE_MB)`,
      },
      messageId: null,
      publishedAt: null,
    });
  });

  it("the nesting, without a parser's or a stack's trouble", () => {
    const nested = (depth: number): string => `{"a":${"[".repeat(depth - 1)}${"]".repeat(depth - 1)}}`;
    for (const depth of [64, 65, 2_000_000])
      expect(decode(nested(depth))).toMatchObject({ rejection: { path: "type" } });
    for (const unclosed of ["[".repeat(5_000_000), '{"a":'.repeat(1_000_000)])
      expect(decode(unclosed)).toMatchObject({ rejection: { path: "", reason: "not JSON" } });
  });

  it("what nests too deeply is a value that cannot be read, and all beside it is", () => {
    const deep = (open: string, close: string): string => `${open.repeat(1000)}1${close.repeat(1000)}`;
    const [list, object] = [deep("[", "]"), deep('{"a":', "}")];
    const match = `{"matchid":5,"lag1namn":${object},"x":${list},"domaruppdraglista":[${list}],"lag2namn":"B"}`;
    const others = '{"matchid":6,"lag1namn":"A"},{"matchid":[[7]]}';
    const text = `{"x":${list},"type":"match_updates","payload":{"matches":[${match},${others}]},"message_id":"m"}`;
    expect(decode(text)).toMatchObject({
      message: {
        messageId: "m",
        body: {
          matches: [
            {
              id: "5",
              told: { away: "B" },
              noted: [
                { path: "lag1namn", reason: "expected text, got an object" },
                { path: "domaruppdraglista[0]", reason: "expected an object, got a list" },
              ],
            },
            { id: "6", told: { home: "A" } },
          ],
          rejections: [{ path: "payload.matches[2].matchid" }],
        },
      },
    });
  });

  it("brackets in texts do not nest", () => {
    const cut = (value: unknown, limit: number): string => withoutDeeper(JSON.stringify(value), limit, "0");
    const kept = (value: unknown, limit: number) => expect(cut(value, limit)).toBe(JSON.stringify(value));
    kept({ a: `\\"${"[{".repeat(500)}` }, 64);
    kept(
      Array.from({ length: 500 }, () => ({ "\\": [] })),
      3,
    );
    expect(cut([[{ "[": [] }, { '"': [[]], a: 1 }]], 3)).toBe('[[{"[":0},{"\\"":0,"a":1}]]');
  });

  it("texts and lists within a match", () => {
    const only = (match: object) => decodeMatches([{ matchid: 1, ...match }], "m");
    expect(only({ matchid: "x".repeat(101) }).rejections).toMatchObject([
      { path: "m[0].matchid", kind: "match-without-id" },
    ]);
    const notedOf = (match: object) => only(match).matches[0]?.noted;
    expect(notedOf({ lag1namn: "x".repeat(1001) })).toEqual([
      { path: "lag1namn", reason: "longer than 1000 characters" },
    ]);
    expect(notedOf({ lag1namn: "A", domaruppdraglista: Array.from({ length: 501 }, () => ({})) })).toEqual([
      { path: "domaruppdraglista", reason: "more than 500 entries" },
    ]);
  });

  it("what is shown of alerts and notes", () => {
    const decoded = decode(
      JSON.stringify({
        type: "system_alert",
        payload: { alert_type: "a".repeat(5000), severity: "low", message: "b".repeat(5000) },
      }),
    );
    expect(decoded).toMatchObject({
      message: { body: { alertType: `${"a".repeat(2000)}…`, text: `${"b".repeat(2000)}…` } },
    });
  });
});

describe("a refusal", () => {
  it("never repeats what it refuses", () => {
    const secret = "0700000001";
    const refused = [
      secret,
      `"${secret}`,
      `{"type": "${secret}"}`,
      `{"type": ${secret}}`,
      `{"type":"system_alert","payload":{"alert_type":"a","message":"m","severity":"${secret}"}}`,
      `{"type":"processing_status","payload":{"status":"${secret}"}}`,
      `{"payload":{"${secret}":1}}`,
      `{"type":"match_updates","payload":"${secret}"}`,
    ].map((message) => decode(message));
    for (const decoded of refused) {
      expect(decoded.ok).toBe(false);
      expect(JSON.stringify(decoded)).not.toContain(secret);
    }
    const matches = [
      secret,
      { matchid: { [secret]: secret } },
      { matchid: secret, lag1namn: [secret] },
      { matchid: 1, lag1namn: "A", speldatum: secret },
      { matchid: 1, lag1namn: "A", tid: secret },
      { match_id: 1, teams: "A vs B", date: "2027-05-06", time: secret },
      { match_id: 1, teams: {}, referees: [{ name: "A", contact: { mobile: [secret] } }] },
    ];
    const { rejections, matches: taken } = decodeMatches(matches, "matches");
    const noted = taken.flatMap((match) => match.noted);
    expect(rejections).toHaveLength(2);
    expect(noted).toHaveLength(matches.length - rejections.length);
    expect([...rejections, ...noted].map(({ path, reason }) => `${path} ${reason}`).join()).not.toContain(secret);
  });
});

describe("prototype keys", () => {
  it("change nothing of any object", () => {
    const attack =
      '{"type":"match_updates","__proto__":{"polluted":1},"payload":{"__proto__":{"matches":[{"matchid":1}]},"constructor":{"prototype":{"polluted":1}}}}';
    expect(updatesOf(decode(attack)).matches).toEqual([]);
    expect(Reflect.get({}, "polluted")).toBeUndefined();
  });
});

describe("time", () => {
  const wordsOf: readonly (readonly [name: string, of: (text: string) => object])[] = [
    ["a team", (text) => ({ matchid: 1, lag1namn: text })],
    ["a moment", (text) => ({ matchid: 1, lag1namn: "A", tid: text, speldatum: text, avsparkstid: text })],
    ["two teams", (text) => ({ match_id: 1, teams: text })],
    ["a number", (text) => ({ matchid: 1, lag1namn: "A", anlaggningLatitud: text, anlaggningLongitud: text })],
    ["a flag", (text) => ({ matchid: 1, lag1namn: "A", installd: text, status: text })],
    ["an official", (text) => ({ match_id: 1, teams: {}, referees: [text, { name: text, role_short: text }] })],
    ["an id", (text) => ({ matchid: text })],
  ];
  const pieces = ["1", " ", "a ", "- ", "å\u0308", "\ud800", "vs ", "\t"];
  it.each(wordsOf.flatMap(([name, of]) => pieces.map((piece) => ({ name, piece, of }))))(
    "grows with $name of $piece no more than in proportion",
    ({ piece, of }) => {
      const work = (text: string): unknown => decodeMatches([of(text)], "m");
      const times = growth((length) => piece.repeat(length), work, cpuMs);
      expect(times).toBeLessThan(linearGrowth);
    },
  );

  it.each(pieces)("grows with a change of %j no more than in proportion", (piece) => {
    const work = (text: string): unknown =>
      readChanges([{ match_id: 1, field_name: text, category: text, change_description: text }], true, []);
    const times = growth((length) => piece.repeat(length), work, cpuMs);
    expect(times).toBeLessThan(linearGrowth);
  });
});

const permutations = <T>(items: readonly T[]): readonly (readonly T[])[] =>
  items.length === 0
    ? [[]]
    : items.flatMap((item, index) => permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]));
