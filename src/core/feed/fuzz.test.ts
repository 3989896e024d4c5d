import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matchSchema } from "../../shared/match.ts";
import { instant } from "../../shared/testing/instant.ts";
import { applyFacts } from "../matches/merge.ts";
import { decodeMatches } from "./decode/matches.ts";
import { type DecodeOptions, decodeMessage } from "./decode.ts";
import { redactPayload } from "./redact.ts";

/** 200,000 messages nobody should send: each becomes a message or a refusal with its path, and nothing is ever thrown. */

const options: DecodeOptions = {
  text: (bytes, encoding) => {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      return null;
    }
  },
  utf8Only: true,
  maxBytes: 5 * 1024 * 1024,
};
const timeout = 120_000;

type Json = Readonly<Record<string, unknown>> | readonly unknown[];

const fixtures = [
  "match_updates.fogis",
  "match_updates.enhanced-v2",
  "match_updates.legacy-v1",
  "processing_status",
  "system_alert",
]
  .map((name) => readFileSync(new URL(`./corpus/fixtures/${name}.json`, import.meta.url), "utf8"))
  .map((text) => {
    const message = JSON.parse(text) as { payload: { matches?: unknown[] } };
    if (message.payload.matches !== undefined) message.payload.matches.length = 2;
    return JSON.stringify(message);
  });

/** What no message may show of the values it refuses. */
const secret = "0700000099";

/** Decodes, and checks all that holds of any answer. */
const judge = (payload: Uint8Array, utf8Only = true): "message" | "refused" => {
  const decoded = decodeMessage(payload, { ...options, utf8Only });
  if (!decoded.ok) {
    const { path, reason } = decoded.rejection;
    if (reason === "" || reason.includes(secret) || path.includes(secret))
      throw new Error(`a bad refusal: ${path} ${reason}`);
    return "refused";
  }
  const { body } = decoded.message;
  if (body.type !== "match_updates") return "message";
  for (const { path, reason } of body.rejections) {
    if (!/^(?:payload|match|\[)/.test(path) || reason === "" || `${path}${reason}`.includes(secret)) {
      throw new Error(`a bad refusal: ${path} ${reason}`);
    }
  }
  for (const { path, reason } of body.matches.flatMap(({ noted }) => noted)) {
    if (path === "" || reason === "" || `${path}${reason}`.includes(secret))
      throw new Error(`a bad note: ${path} ${reason}`);
  }
  for (const facts of body.matches) {
    const at = decoded.message.publishedAt ?? instant("2026-11-24T03:50:34.000Z");
    const origin = { at, dialect: facts.dialect, channel: "c" };
    const { record } = applyFacts(undefined, facts, { origin, receivedAt: at, urgent: false, isReplay: false });
    const match = matchSchema.safeParse(record.match);
    if (!match.success) throw new Error(`not a match: ${match.error.message}`);
    if (facts.id.trim() !== facts.id || facts.id === "") throw new Error("not an id");
  }
  return "message";
};

const judgeText = (text: string): "message" | "refused" => judge(Buffer.from(text));

/** Counts, so that a generator that only ever makes refusals is noticed. */
const tally = () => {
  const counts = { message: 0, refused: 0 };
  const count = (verdict: "message" | "refused"): void => {
    counts[verdict] += 1;
  };
  return { count, counts };
};

const nasty = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom<unknown>(null, true, false, 0, -1, 1.5, 1e308, 2 ** 60, "", " ", "N/A"),
  },
  { weight: 2, arbitrary: fc.constantFrom<unknown>([], {}, [[]], [null], { name: [] }, { home: 1 }, [[[[[[]]]]]]) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      secret,
      "2027-02-30",
      "2027-03-28",
      "2027-10-31",
      "02:30",
      "24:00",
      "/Date(1e9)/",
      "/Date(-62135596800000)/",
      "/Date(8640000000000001)/",
      "__proto__",
      "constructor",
      "A vs B vs C",
      "\u0000",
      "\ud800",
      "مكابي حيفا",
      "⚽️👨‍⚖️",
      "Go\u0308teborg",
      "x".repeat(2000),
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 20 }) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
);

const isContainer = (value: unknown): value is Json => typeof value === "object" && value !== null;

/** Every place in a message where something may stand. */
const places = (value: unknown): readonly { readonly parent: Json; readonly key: string }[] =>
  isContainer(value)
    ? Object.keys(value).flatMap((key) => [{ parent: value, key }, ...places(Reflect.get(value, key))])
    : [];

const mutation = fc.record({
  place: fc.nat(),
  value: nasty,
  how: fc.constantFrom("replace", "replace", "replace", "delete", "add", "rename"),
  key: fc.constantFrom(
    "matchid",
    "match_id",
    "teams",
    "hemmalag",
    "lag1namn",
    "tid",
    "status",
    "__proto__",
    "constructor",
    "toString",
  ),
});

type Mutation = typeof mutation extends fc.Arbitrary<infer M> ? M : never;

const mutate = (message: unknown, { place, value, how, key }: Mutation): void => {
  const all = places(message);
  const found = all[place % Math.max(all.length, 1)];
  if (found === undefined) return;
  if (how === "replace") define(found.parent, found.key, structuredClone(value));
  else if (how === "add") define(found.parent, key, structuredClone(value));
  else {
    if (how === "rename") define(found.parent, key, Reflect.get(found.parent, found.key));
    Reflect.deleteProperty(found.parent, found.key);
  }
};

/** Own properties, `__proto__` too, as JSON.parse makes them. */
const define = (parent: Json, key: string, value: unknown): void =>
  void Reflect.defineProperty(parent, key, { value, enumerable: true, configurable: true, writable: true });

describe("never an exception", () => {
  it(
    "from any bytes, read as UTF-8 or as whatever they look like",
    () => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 120 }), fc.boolean(), (bytes, utf8Only) => {
          judge(bytes, utf8Only);
        }),
        { numRuns: 30_000 },
      );
    },
    timeout,
  );

  it(
    "from real messages with bytes changed, lost and added",
    () => {
      const { count, counts } = tally();
      const edit = fc.tuple(fc.nat(), fc.nat({ max: 3 }), fc.uint8Array({ maxLength: 3 }));
      fc.assert(
        fc.property(fc.constantFrom(...fixtures), fc.array(edit, { maxLength: 3 }), (text, edits) => {
          const bytes = [...Buffer.from(text)];
          for (const [at, lost, added] of edits) bytes.splice(at % bytes.length, lost, ...added);
          count(judge(Uint8Array.from(bytes)));
        }),
        { numRuns: 30_000 },
      );
      expect(Math.min(counts.message, counts.refused)).toBeGreaterThan(2000);
    },
    timeout,
  );

  it(
    "from real messages with values of every wrong kind in every place",
    () => {
      const { count, counts } = tally();
      fc.assert(
        fc.property(
          fc.constantFrom(...fixtures),
          fc.array(mutation, { minLength: 1, maxLength: 4 }),
          (text, mutations) => {
            const message: unknown = JSON.parse(text);
            for (const one of mutations) mutate(message, one);
            count(judgeText(JSON.stringify(message)));
          },
        ),
        { numRuns: 80_000 },
      );
      expect(Math.min(counts.message, counts.refused)).toBeGreaterThan(5000);
    },
    timeout,
  );

  it(
    "from any JSON in the shape of a message",
    () => {
      const { count, counts } = tally();
      const type = fc.constantFrom<unknown>(
        "match_updates",
        "processing_status",
        "system_alert",
        "other",
        undefined,
        5,
      );
      const match = fc.dictionary(
        fc.constantFrom(
          "matchid",
          "match_id",
          "lag1namn",
          "teams",
          "date",
          "time",
          "tid",
          "venue",
          "referees",
          "status",
        ),
        nasty,
        { maxKeys: 6 },
      );
      const payload = fc.oneof(
        nasty,
        fc.record({
          matches: fc.oneof(fc.array(fc.oneof(match, nasty), { maxLength: 5 }), nasty),
          detailed_changes: nasty,
        }),
        fc.record({ status: nasty, cycle_number: nasty, details: nasty }),
        fc.record({ severity: fc.oneof(nasty, fc.constant("HIGH")), alert_type: nasty, message: nasty }),
      );
      fc.assert(
        fc.property(type, payload, nasty, nasty, (kind, inner, message_id, timestamp) => {
          count(judgeText(JSON.stringify({ type: kind, payload: inner, message_id, timestamp })));
        }),
        { numRuns: 60_000 },
      );
      expect(Math.min(counts.message, counts.refused)).toBeGreaterThan(1000);
    },
    timeout,
  );

  it(
    "from deep nesting anywhere, which costs no match where its brackets are closed",
    () => {
      const bracket = fc.constantFrom(["[", "]"], ['{"a":', "}"], ['{"matches":[', "]}"], ['[{"teams":', "}]"]);
      fc.assert(
        fc.property(
          bracket,
          fc.integer({ min: 1, max: 3000 }),
          fc.boolean(),
          fc.record({ taken: fc.constantFrom(...takenMatches), at: fc.nat() }),
          ([open, close], depth, isClosed, { taken, at }) => {
            const nested = `${(open ?? "").repeat(depth)}1${isClosed ? (close ?? "").repeat(depth) : ""}`;
            const match: object = JSON.parse(taken);
            const all = placesOf(match);
            const place = all[at % Math.max(all.length, 1)];
            if (place === undefined) return;
            define(place.parent, place.key, "here");
            const message = JSON.stringify({ type: "match_updates", payload: { matches: [match] } });
            const text = message.replace('"here"', nested);
            judgeText(text);
            redactPayload(text);
            const decoded = decodeMessage(Buffer.from(text), options);
            if (isClosed) expect(decoded).toMatchObject({ message: { body: { matches: [{}], rejections: [] } } });
          },
        ),
        { numRuns: 500 },
      );
    },
    timeout,
  );

  it(
    "and every match of a list is answered for",
    () => {
      fc.assert(
        fc.property(
          fc.array(fc.oneof(nasty, fc.record({ matchid: nasty, lag1namn: nasty })), { maxLength: 20 }),
          (matches) => {
            const decoded = decodeMessage(
              Buffer.from(JSON.stringify({ type: "match_updates", payload: { matches } })),
              options,
            );
            if (!decoded.ok || decoded.message.body.type !== "match_updates") throw new Error("not a list of matches");
            const { body } = decoded.message;
            const refused = body.rejections.map(({ path }) => Number(/\d+/.exec(path)?.[0]));
            expect(body.matches.length + new Set(refused).size).toBe(matches.length);
            expect(refused).toHaveLength(new Set(refused).size);
          },
        ),
        { numRuns: 2000 },
      );
    },
    timeout,
  );
});

/** The fields that a key of a match may tell of. A key that is not here tells nothing. */
const toldBy: Readonly<Record<string, readonly string[]>> = {
  matchnr: ["number"],
  match_number: ["number"],
  lag1namn: ["home"],
  hemmalag: ["home"],
  lag1lagid: ["homeId"],
  lag2namn: ["away"],
  bortalag: ["away"],
  lag2lagid: ["awayId"],
  teams: ["home", "homeId", "away", "awayId"],
  tavlingnamn: ["competition"],
  serienamn: ["competition"],
  series: ["competition"],
  tavlingid: ["competitionId"],
  competition: ["competition", "competitionId"],
  anlaggningnamn: ["venue"],
  arena: ["venue"],
  anlaggningid: ["venueId"],
  anlaggningLatitud: ["position"],
  anlaggningLongitud: ["position"],
  venue: ["venue", "venueId", "position"],
  tid: ["kickoff"],
  speldatum: ["kickoff"],
  datum: ["kickoff"],
  avsparkstid: ["kickoff"],
  date: ["kickoff"],
  time: ["kickoff"],
  installd: ["status"],
  uppskjuten: ["status"],
  avbruten: ["status"],
  arslutresultat: ["status"],
  status: ["status"],
  antalhalvlekar: ["playingTime"],
  tidperhalvlek: ["playingTime"],
  domaruppdraglista: ["officials", "openPlaces", "placeStatuses"],
  referees: ["officials", "openPlaces", "placeStatuses"],
  kontaktpersoner: ["contacts"],
  team_contacts: ["contacts"],
};

type Corpus = readonly { readonly match?: object; readonly refused?: unknown }[];

/** Every match that the corpus and the fixtures have, and that is taken as it is. */
const takenMatches: readonly string[] = [
  ...(JSON.parse(readFileSync(new URL("./corpus/matches.json", import.meta.url), "utf8")) as Corpus).flatMap(
    ({ match, refused }) => (match === undefined || refused !== undefined ? [] : [JSON.stringify(match)]),
  ),
  ...fixtures.flatMap((text) => {
    const { payload } = JSON.parse(text) as { payload: { matches?: readonly object[] } };
    return (payload.matches ?? []).map((match) => JSON.stringify(match));
  }),
];

const isId = (key: string): boolean => key === "matchid" || key === "match_id";

const placesOf = (match: object) =>
  Object.keys(match)
    .filter((key) => !isId(key))
    .flatMap((top) => [
      { parent: match as Json, key: top, top },
      ...places(Reflect.get(match, top)).map((place) => ({ ...place, top })),
    ]);

describe("one odd field never costs a match", () => {
  it(
    "any value in the place of any field: the match is taken, and only that field is told otherwise",
    () => {
      fc.assert(
        fc.property(fc.constantFrom(...takenMatches), fc.nat(), nasty, (text, at, value) => {
          const match: object = JSON.parse(text);
          const [before] = decodeMatches([match], "m").matches;
          const all = placesOf(match);
          const place = all[at % Math.max(all.length, 1)];
          if (place === undefined || before === undefined) return;
          define(place.parent, place.key, structuredClone(value));
          const { matches, rejections } = decodeMatches([match], "m");
          expect(rejections).toEqual([]);
          const [after] = matches;
          expect(after?.id).toBe(before.id);
          const isOther = (told: object) =>
            Object.entries(told).filter(([field]) => !(toldBy[place.top] ?? []).includes(field));
          expect(isOther(after?.told ?? {})).toEqual(isOther(before.told));
        }),
        { numRuns: 20_000 },
      );
    },
    timeout,
  );

  it("and a match without a usable id is the only one that is refused", () => {
    fc.assert(
      fc.property(fc.constantFrom(...takenMatches), nasty, (text, value) => {
        const match = JSON.parse(text) as Record<string, unknown>;
        for (const key of ["matchid", "match_id"]) if (key in match) match[key] = value;
        const { matches, rejections } = decodeMatches([match], "m");
        const [refused] = rejections;
        expect(matches.length + rejections.length).toBe(1);
        if (refused !== undefined) expect(refused.kind).toBe("match-without-id");
      }),
      { numRuns: 2000 },
    );
  });
});
