import { createHash } from "node:crypto";
import { Temporal } from "temporal-polyfill";
import { createChance } from "../../src/core/calendar/testing/virtual-clock.ts";
import { type DemoEvent, type DemoMatch, demoEvents, demoMatch, pick } from "../../src/main/demo/season.ts";
import { enhancedUpdate, fogisUpdate, legacyUpdate } from "../../src/main/demo/wire.ts";
import { instantOf } from "../../src/shared/instant.ts";
import type { Match, Official } from "../../src/shared/match.ts";
import { type Answer, json } from "../fixtures/match-server.ts";
import type { RedisServer } from "../fixtures/redis.ts";

/** Which channel the publisher says it on, and in which dialect. */
const ways = [
  ["fogis:matches:updates", fogisUpdate],
  ["fogis:matches:updates:v2", enhancedUpdate],
  ["fogis:matches:updates:v1", legacyUpdate],
] as const;

type Facts = Pick<Match, "id" | "number" | "competition" | "home" | "away" | "kickoff" | "venue" | "status"> & {
  readonly officials: readonly Pick<Official, "name" | "role" | "phone" | "email">[];
};

/** What happens in FOGIS, and how the match processor tells of it. */
export const createTruth = ({ matches = 12, seed = 1 }: { readonly matches?: number; readonly seed?: number } = {}) => {
  const random = createChance(seed);
  const today = Temporal.Now.zonedDateTimeISO("Europe/Stockholm");
  let season: readonly DemoMatch[] = Array.from({ length: matches }, (_, index) =>
    demoMatch(6_000_001 + index, 2 + index, today, random),
  );
  let happened = 0;

  const update = (event: DemoEvent): void => {
    season = season.map((match) => (match.id === event.match.id ? event.match : match));
  };

  const updates = (changed: readonly DemoMatch[], events: readonly DemoEvent[] = []) => {
    const what = { matches: changed, events, total: season.length, cycle: happened };
    return ways.map(([channel, word]) => ({ channel, message: word(what) }));
  };

  const list = (): readonly unknown[] =>
    JSON.parse(fogisUpdate({ matches: season, events: [], total: season.length, cycle: 0 })).payload.matches;

  const happen = (): DemoEvent => {
    happened += 1;
    // The venue is told with the change's number, so that no change is like another.
    const match = pick(season, random);
    const event =
      happened % 2 === 0
        ? pick(demoEvents, random)(match, random)
        : {
            match: { ...match, venue: { ...match.venue, name: `Plan ${happened}` } },
            field: "anlaggningnamn",
            category: "venue_change",
            description: "Anläggning ändrad",
          };
    update(event);
    return event;
  };

  return {
    /** Something that nobody is told of. */
    happen,
    /** Something happens and is told on every channel; answers the event. */
    tell: async (redis: Pick<RedisServer, "publish">): Promise<DemoEvent> => {
      const event = happen();
      for (const { channel, message } of updates([event.match], [event])) await redis.publish(channel, message);
      return event;
    },
    /** What the publisher would say of all matches. */
    all: () => updates(season),
    drop: (): number => {
      const [first, ...rest] = season;
      season = rest;
      return first?.id ?? 0;
    },
    list,
    /** As the source answers it: always what is true now, with an ETag of its content. */
    answer: ((request, response) => {
      const matches = list();
      const etag = `"${createHash("sha256").update(JSON.stringify(matches)).digest("hex")}"`;
      json({ matches, total: matches.length }, etag)(request, response);
    }) satisfies Answer,
    matches: (): readonly Facts[] => season.map(factsOf).sort(byId),
  };
};
export type Truth = ReturnType<typeof createTruth>;

/** The part of a match that the truth tells. */
export const factsIn = ({ id, number, competition, home, away, kickoff, venue, officials, status }: Facts): Facts => ({
  id,
  number,
  competition,
  home,
  away,
  kickoff,
  venue,
  officials: officials.map(({ name, role, phone, email }) => ({ name, role, phone, email })),
  status,
});

export const byId = (one: { readonly id: string }, other: { readonly id: string }): number =>
  one.id < other.id ? -1 : 1;

const factsOf = (match: DemoMatch): Facts => ({
  id: String(match.id),
  number: match.number,
  competition: match.competition,
  home: match.home,
  away: match.away,
  kickoff: instantOf(match.kickoff.epochMilliseconds),
  venue: match.venue.name,
  officials: match.officials.map(({ name, role, phone, email }) => ({ role, name, phone, email })),
  status: match.status,
});
