import fc from "fast-check";
import { expect, test } from "vitest";
import { instantOf } from "../../shared/instant.ts";
import { listChannel, type Match } from "../../shared/match.ts";
import type { DecodedMatches } from "../facts/facts.ts";
import type { MatchRecord } from "../matches/record.ts";
import { limitsAt } from "../matches/retention-limits.ts";
import { type Arrival, listArrival, messageArrival, replayArrival, type Way } from "./arrival.ts";
import { createBatches } from "./batch.ts";
import { decodeMatches } from "./decode/matches.ts";
import { bookOf } from "./testing/book.ts";
import { silentLog } from "./testing/silent-log.ts";

const start = Date.UTC(2027, 4, 6, 10);
const minute = 60_000;
const handChannel = "manual";
const channel = "fogis:matches:updates";

/** What one publisher says of one match, in his own words. The day of a match stays; all else may change. */
const word = fc.record({
  id: fc.integer({ min: 1, max: 4 }),
  dialect: fc.constantFrom("fogis", "enhanced", "legacy", "guide"),
  venue: fc.constantFrom("Plan 1", "Plan 2", "", undefined),
  hour: fc.constantFrom("15:00", "18:00", "20:00", undefined),
  referee: fc.constantFrom("Ada Prov", "Bo Prov", undefined),
});
type Word = typeof word extends fc.Arbitrary<infer W> ? W : never;

const wire = ({ id, dialect, venue, hour, referee }: Word): object => {
  const date = `2027-05-${10 + id}`;
  switch (dialect) {
    case "fogis":
      return {
        matchid: id,
        lag1namn: "A",
        lag2namn: "B",
        anlaggningnamn: venue,
        ...(hour !== undefined && { speldatum: date, avsparkstid: hour }),
        ...(referee !== undefined && { domaruppdraglista: [{ personnamn: referee, domarrollnamn: "Huvuddomare" }] }),
      };
    case "enhanced":
      return {
        match_id: id,
        teams: { home: { name: "A" }, away: { name: "B" } },
        ...(hour !== undefined && { date, time: hour }),
        ...(venue !== undefined && { venue: { name: venue } }),
        ...(referee !== undefined && { referees: [{ name: referee, role: "Huvuddomare" }] }),
      };
    case "legacy":
      return {
        match_id: id,
        teams: "A vs B",
        venue,
        ...(hour !== undefined && { date, time: hour }),
        ...(referee !== undefined && { referees: [referee] }),
      };
    case "guide":
      return { matchid: id, hemmalag: "A", bortalag: "B" };
  }
};

/**
 * Something that is said. Of a message and of a list by hand some matches cannot be read at first, and are read again later. A
 * complete list with such a match proves nothing, then or later.
 */
const statement = fc.record({
  kind: fc.constantFrom("message", "complete", "by-hand"),
  words: fc.uniqueArray(word, { selector: ({ id }) => id, minLength: 1, maxLength: 4 }),
  /** For each word whether it can be read at once; what comes after them can. */
  readable: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean(), fc.boolean()),
  /** When it is read again: after so many others. */
  again: fc.nat({ max: 20 }),
});
type Statement = typeof statement extends fc.Arbitrary<infer S> ? S : never;

/** How far a list reaches is known from what can be read of it: here from a match that always can. */
const lastMatch: Word = { id: 9, dialect: "fogis", venue: "Plan 2", hour: "15:00", referee: undefined };

const wiresOf = ({ kind, words }: Statement): readonly object[] =>
  (kind === "complete" ? [...words, lastMatch] : words).map(wire);

const decodedOf = (said: Statement): DecodedMatches => decodeMatches(wiresOf(said), "matches");

const isReadable = ({ kind, words, readable }: Statement, index: number): boolean =>
  kind === "complete" || index >= words.length || readable[index] === true;

const without = ({ matches }: DecodedMatches, said: Statement): DecodedMatches => ({
  matches: matches.filter((_, index) => isReadable(said, index)),
  rejections: matches.flatMap((_, index) =>
    isReadable(said, index)
      ? []
      : { index, path: `matches[${index}]`, reason: "unreadable", kind: "input-invalid" as const },
  ),
});

type Read = { readonly way: Way; readonly arrival: Arrival };

/** As it is read when it is said, at its minute. */
const live = (said: Statement, decoded: DecodedMatches, at: number): Read => {
  const saidAt = instantOf(start + at * minute);
  const receivedAt = instantOf(start + at * minute + 1000);
  if (said.kind === "message") {
    const message = { messageId: null, publishedAt: saidAt, body: bodyOf(decoded) };
    const heard = { channel, payload: new Uint8Array(), receivedAt: Date.parse(receivedAt) };
    return { way: "redis", arrival: messageArrival(heard, { ok: true, message }) };
  }
  const complete = said.kind === "complete";
  const telling = { at: saidAt, receivedAt, channel: complete ? listChannel : handChannel };
  const arrival = listArrival(wiresOf(said), decoded, { ...telling, completeAt: complete ? saidAt : null });
  return { way: complete ? "http" : "manual", arrival };
};

const bodyOf = (decoded: DecodedMatches) => ({
  type: "match_updates" as const,
  ...decoded,
  notes: [],
  urgent: new Set<string>(),
});

/** As it is read again out of quarantine. */
const again = (said: Statement, at: number): Read => {
  const saidAt = instantOf(start + at * minute);
  const receivedAt = instantOf(start + at * minute + 1000);
  const all = decodedOf(said);
  // Of a list only what was refused or brought something is kept; a message is kept whole.
  const matches = said.kind === "message" ? all.matches : all.matches.filter((_, index) => !isReadable(said, index));
  const from = { message: channel, complete: listChannel, "by-hand": handChannel }[said.kind];
  const message = { messageId: null, publishedAt: saidAt, body: bodyOf({ matches, rejections: [] }) };
  return { way: "replay", arrival: replayArrival({ id: at, channel: from, receivedAt }, { ok: true, message }) };
};

/** What is known after all that was read. */
const knownAfter = (reads: readonly Read[]): Readonly<Record<string, Match | "gone">> => {
  const records = new Map<string, MatchRecord>();
  const batches = createBatches({
    book: bookOf(records),
    lastIds: { message: 0, change: 0 },
    encode: (text) => new TextEncoder().encode(text),
    limits: () => limitsAt(start, { matches: 400, personal: 90 }),
    maxBytes: 1e6,
    log: silentLog,
  });
  for (const { way, arrival } of reads) {
    const outcome = batches.apply(way, [arrival]);
    batches.commit(outcome);
  }
  return Object.fromEntries(
    [...records].map(([id, { match, goneAt }]) => [id, goneAt === null ? match : ("gone" as const)]).sort(),
  );
};

test("what is known depends on what was said when, not on the order in which it was read", () => {
  fc.assert(
    fc.property(fc.array(statement, { minLength: 1, maxLength: 8 }), (said) => {
      const inOrder = said.map((each, at) => live(each, decodedOf(each), at));
      const late: Read[][] = Array.from({ length: said.length + 30 }, () => []);
      const reads = said.flatMap((each, at) => {
        if (each.words.every((_, index) => isReadable(each, index)))
          return [...(late[at] ?? []), inOrder[at] ?? []].flat();
        late[Math.min(late.length - 1, at + 1 + each.again)]?.unshift(again(each, at));
        return [...(late[at] ?? []), live(each, without(decodedOf(each), each), at)];
      });
      reads.push(...late.slice(said.length).flat());
      expect(knownAfter(reads)).toEqual(knownAfter(inOrder));
    }),
    { numRuns: 3000 },
  );
});
