import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import type { Radicale } from "../fixtures/radicale.ts";
import type { RedisServer } from "../fixtures/redis.ts";
import { eventually } from "../service/world.ts";
import { primaryCalendar } from "../stand-ins/google-calendar/server.ts";
import type { GoogleProcess } from "../stand-ins/google-calendar/spawn.ts";
import { channel } from "./desk.ts";

const firstId = 7_000_000;
const perSecond = 20;
const everyMs = 1000 / perSecond;

/** By which pitches a calendar has each match; more than one event is more than one. */
type Pitches = ReadonlyMap<number, readonly number[]>;
export type Place = { readonly name: string; readonly pitches: () => Promise<Pitches> };

/** Tells of one match after the other, each time of another pitch with a higher number, and knows what is true by that. */
export const createTelling = (publisher: Pick<RedisServer, "publish">, matches: number) => {
  let told = 0;

  const message = (match: number): string =>
    JSON.stringify({
      type: "match_updates",
      payload: {
        matches: [
          {
            match_id: firstId + match,
            teams: { home: { name: `Lag ${match} BK` }, away: { name: "Borta IF" } },
            date: new Date(Date.now() + (2 + (match % 120)) * 86_400_000).toISOString().slice(0, 10),
            time: "18:00",
            venue: { name: `Plan ${told}` },
          },
        ],
      },
    });
  /** What nobody listens to is no node's to know: a publisher that hung for long had all of them connect anew. Then it is told once more. */
  const next = async (): Promise<void> => {
    await eventually(async () => (await publisher.publish(channel, message(told % matches))) > 0, {
      what: () => "somebody who listens to the publisher",
    });
    told += 1;
  };
  /** All pitches of a match, in the order in which they were told. */
  const pitchesOf = (match: number): readonly number[] => {
    const all: number[] = [];
    for (let pitch = match; pitch < told; pitch += matches) all.push(pitch);
    return all;
  };

  return {
    told: () => told,
    idOf: (match: number): string => String(firstId + match),
    pitchesOf,
    each: async (): Promise<void> => {
      for (let n = 0; n < matches; n += 1) await next();
    },
    /** Goes on at an even pace until the work is done, and for at least so long. */
    during: async <T>(work: Promise<T>, seconds = 0): Promise<T> => {
      let isOver = false;
      const over = (): void => {
        isOver = true;
      };
      work.then(over, over);
      const begun = performance.now();
      for (let n = 1; !isOver || n <= seconds * perSecond; n += 1) {
        await next();
        await pause(Math.max(0, begun + n * everyMs - performance.now()));
      }
      return work;
    },
    /** Waits until a calendar has each match once, as it was told last; gives up when nothing has come nearer to that for so long. */
    isIn: async (place: Place, standstillMs = 60_000): Promise<void> => {
      let wrong: readonly string[] = [];
      const differing = (): string => `${place.name}, of which ${wrong.length} differ: ${wrong.slice(0, 5).join("; ")}`;
      let fewest = Number.POSITIVE_INFINITY;
      let nearerAt = performance.now();
      await eventually(
        async () => {
          if (performance.now() - nearerAt > standstillMs)
            throw new Error(`For ${standstillMs} ms no nearer: ${differing()}`);
          const found = await place.pitches();
          wrong = Array.from({ length: matches }, (_, match) => match)
            .filter((match) => String(found.get(match)) !== String(pitchesOf(match).at(-1)))
            .map((match) => `${match} as ${found.get(match)}, told as ${pitchesOf(match).at(-1)}`);
          if (wrong.length < fewest) nearerAt = performance.now();
          fewest = Math.min(fewest, wrong.length);
          return wrong.length === 0 && found.size === matches;
        },
        { withinMs: Number.POSITIVE_INFINITY },
      );
    },
  };
};

const pitchesIn = (events: Iterable<{ readonly summary: string; readonly location: string }>): Pitches => {
  const found = new Map<number, readonly number[]>();
  for (const { summary, location } of events) {
    const match = /Lag (\d+) BK/.exec(summary)?.[1];
    const pitch = /Plan (\d+)/.exec(location)?.[1];
    if (match !== undefined && pitch !== undefined)
      found.set(Number(match), [...(found.get(Number(match)) ?? []), Number(pitch)]);
  }
  return found;
};

export const inRadicale = (radicale: Radicale, calendar: string): Place => ({
  name: "Radicale",
  pitches: async () =>
    pitchesIn(
      [...(await radicale.stored(calendar)).values()].map((text) => ({
        summary: /^SUMMARY:.*$/m.exec(text)?.[0] ?? "",
        location: /^LOCATION:.*$/m.exec(text)?.[0] ?? "",
      })),
    ),
});

const eventsSchema = z.array(z.object({ summary: z.string(), location: z.string().default("") }));

export const inGoogle = (google: GoogleProcess): Place => ({
  name: "Google",
  pitches: async () => pitchesIn(eventsSchema.parse(await google.order("events", primaryCalendar))),
});

/** Looks at a calendar until told to stop; tells of events that went back to an older word, and of doubles. */
export const watch = ({ name, pitches }: Place, everyMs = 50) => {
  const wrong: string[] = [];
  let before = new Map<number, number>();
  let isOver = false;
  const watching = (async () => {
    while (!isOver) {
      const now = new Map<number, number>();
      for (const [match, all] of await pitches()) {
        if (all.length > 1) wrong.push(`${name}: ${match} stands there ${all.length} times`);
        const pitch = Math.max(...all);
        if (pitch < (before.get(match) ?? 0)) wrong.push(`${name}: ${match} as ${pitch} over ${before.get(match)}`);
        now.set(match, pitch);
      }
      before = now;
      await pause(everyMs);
    }
  })();
  return async (): Promise<readonly string[]> => {
    isOver = true;
    await watching;
    return wrong;
  };
};
