// Whatever Google answers about one event, at whatever call: the others are right, and it is too once Google takes it.

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { aRecord } from "../../src/core/calendar/testing/records.ts";
import { eventName } from "../../src/main/adapters/calendar/identity.ts";
import type { Match } from "../../src/shared/match.ts";
import { until } from "../fixtures/until.ts";
import type { Fault, IncomingCall, MethodName } from "../stand-ins/google-calendar/faults.ts";
import { type GoogleStandIn, primaryCalendar, startGoogle } from "../stand-ins/google-calendar/server.ts";
import { openEngine, wantedOf } from "./engine.ts";
import { comingMatches } from "./matches.ts";
import { createTarget } from "./targets.ts";

const open = async () => {
  let decide: (call: IncomingCall) => Fault | null = () => null;
  const google = await startGoogle({ decide: (call) => decide(call) });
  const folder = await mkdtemp(join(tmpdir(), "avspark-google-"));
  const tokenFile = join(folder, "token.json");
  await writeFile(tokenFile, JSON.stringify(google.tokenFile()));
  const target = createTarget({ kind: "google", apiRoot: google.url, calendarId: primaryCalendar, tokenFile });
  const running = await openEngine({ folder, targets: [target] });
  return {
    google,
    engine: running.engine,
    decide: (next: typeof decide): void => {
      decide = next;
    },
    close: async (): Promise<void> => {
      await running.close();
      await google.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

const records = (matches: readonly Match[]) => matches.map((match) => aRecord(match));

/** Of each event what tells it apart: its match, its place, and what it was written with. */
const written = (google: GoogleStandIn): readonly string[] =>
  google
    .events(primaryCalendar)
    .map(({ location, extendedProperties }) => JSON.stringify([location, extendedProperties]));

/** Whether there is one event for each of these matches, as it should be, and no other but `except`'s. */
const isRight = (google: GoogleStandIn, matches: readonly Match[], except: string | null): boolean => {
  const others = (id: string): boolean => id !== except;
  const wanted = wantedOf(matches).filter(({ id }) => others(id));
  const found = written(google).filter((text) => except === null || !text.includes(`"${except}"`));
  const isThere = ({ id, hash, location }: (typeof wanted)[number]): boolean =>
    found.some(
      (text) =>
        text.includes(`"matchId":"${id}"`) &&
        text.includes(`"avsparkHash":"${hash}"`) &&
        (location === null || text.includes(location)),
    );
  return found.length === wanted.length && wanted.every(isThere);
};

const refusals = [
  "invalid",
  "eventTypeRestriction",
  "forbidden",
  "forbiddenForNonOrganizer",
  "notFound",
  "duplicate",
  "deleted",
  "conditionNotMet",
  "backendError",
] as const;

const methods: readonly MethodName[] = ["events.insert", "events.get", "events.patch", "events.delete"];

const runs = Number(process.env.FC_RUNS ?? 5);

test("any refusal of any call about one event, at any time, leaves all others right within five seconds", async () => {
  const failure = fc.record({
    name: fc.constantFrom(...refusals),
    at: fc.subarray([...methods], { minLength: 1 }),
    when: fc.constantFrom("before" as const, "after" as const),
    unlucky: fc.nat({ max: 13 }),
    fromTheStart: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(failure, async ({ name, at, when, unlucky, fromTheStart }) => {
      const { google, engine, decide, close } = await open();
      try {
        const matches = comingMatches(14);
        const id = matches[unlucky]?.id ?? "";
        const areOthersRight = (all: readonly Match[]) =>
          until(() => isRight(google, all, id), {
            withinMs: 5000,
            everyMs: 50,
            what: () => JSON.stringify([engine.status(), google.calls]),
          });
        const fail = (): void =>
          decide((call) =>
            at.includes(call.method) && call.eventId === eventName(id) ? { kind: "refusal", name, when } : null,
          );
        if (fromTheStart) fail();
        engine.start(records(matches));
        await areOthersRight(matches);

        fail();
        const moved = matches.map((match) => ({ ...match, venue: "Ny plan" }));
        engine.changed(records(moved));
        await areOthersRight(moved);

        // Two of them have no time any more, and so no event.
        const isLeft = (n: number): boolean => n === unlucky || n === (unlucky + 1) % moved.length;
        const fewer = moved.map((match, n) =>
          isLeft(n) ? { ...match, kickoff: null } : { ...match, venue: "Tredje planen" },
        );
        engine.changed(records(fewer));
        await areOthersRight(fewer);
        expect(["idle", "working"]).toContain(engine.status()[0]?.state.name);

        decide(() => null);
        engine.retry("google");
        await until(() => isRight(google, fewer, null), { what: () => JSON.stringify(engine.status()) });
      } finally {
        await close();
      }
    }),
    {
      numRuns: runs,
      endOnFailure: true,
      // The words that Google also has for a calendar which may not be changed, or is not there.
      examples: [
        [{ name: "forbidden", at: [...methods], when: "before", unlucky: 3, fromTheStart: true }],
        [{ name: "notFound", at: ["events.insert"], when: "before", unlucky: 0, fromTheStart: true }],
      ],
    },
  );
});
