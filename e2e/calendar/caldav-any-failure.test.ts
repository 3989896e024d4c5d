// Whatever happens to one resource, the others are right; whatever a server claims for a while, in the end all are.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { aRecord } from "../../src/core/calendar/testing/records.ts";
import { eventName } from "../../src/main/adapters/calendar/identity.ts";
import { type Decision, startProxy } from "../fixtures/proxy.ts";
import { until } from "../fixtures/until.ts";
import { startCaldavStandIn } from "../stand-ins/caldav/server.ts";
import { openEngine } from "./engine.ts";
import { comingMatches } from "./matches.ts";
import { expectRight } from "./setup.ts";
import { createTarget } from "./targets.ts";

const records = (matches: ReturnType<typeof comingMatches>) => matches.map((match) => aRecord(match));

const open = async () => {
  const server = await startCaldavStandIn();
  const proxy = await startProxy(new URL("/", server.url).href);
  const { username, password } = server;
  const url = new URL(new URL(server.url).pathname, proxy.url).href;
  const target = createTarget({ kind: "caldav", url, username, password });
  const folder = await mkdtemp(join(tmpdir(), "avspark-calendar-"));
  const running = await openEngine({ folder, targets: [target] });
  const close = async (): Promise<void> => {
    await running.close();
    await proxy.close();
    await server.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { server, proxy, engine: running.engine, close };
};

const runs = Number(process.env.FC_RUNS ?? 6);

test("any refusal of any call about one event, at any time, leaves all others right within five seconds", async () => {
  const failure = fc.record({
    status: fc.constantFrom(400, 403, 404, 405, 409, 410, 412, 413, 415, 500, 507),
    methods: fc.subarray(["PUT", "GET", "DELETE"], { minLength: 1 }),
    unlucky: fc.nat({ max: 5 }),
    fromTheStart: fc.boolean(),
    canReadMany: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(failure, async ({ status, methods, unlucky, fromTheStart, canReadMany }) => {
      const { server, proxy, engine, close } = await open();
      try {
        server.abilities.multiget = canReadMany;
        const matches = comingMatches(6);
        const [name, others] = [
          `${eventName(matches[unlucky]?.id ?? "")}.ics`,
          (all: typeof matches) => all.filter((_, n) => n !== unlucky),
        ];
        const isRight = (all: typeof matches): boolean => {
          const files = new Map([...server.files].filter(([file]) => file !== name));
          try {
            expectRight(files, others(all));
            return true;
          } catch {
            return false;
          }
        };
        const fail = (): void =>
          proxy.decide(({ method, path }) =>
            methods.includes(method) && path.endsWith(name) ? { status, body: "" } : "pass",
          );
        if (fromTheStart) fail();
        engine.start(records(matches));
        await until(() => isRight(matches), { withinMs: 5000, everyMs: 50 });
        fail();
        const later = matches.map((match) => ({ ...match, venue: "Ny plan" }));
        engine.changed(records(later));
        await until(() => isRight(later), { withinMs: 5000, everyMs: 50 });
        expect(["idle", "working"]).toContain(engine.status()[0]?.state.name);
      } finally {
        await close();
      }
    }),
    { numRuns: runs, endOnFailure: true },
  );
});

/** What something in between may answer, which knows nothing of calendars. */
const lies: readonly Decision[] = [
  { status: 200, headers: { "content-type": "application/json", etag: '"lie"' }, body: '{"hello":"world"}' },
  { status: 200, headers: { "content-type": "application/json" }, body: '{"hello":"world"}' },
  { status: 200, headers: { "content-type": "text/html" }, body: "<html><body>Welcome</body></html>" },
  { status: 202, headers: { "content-type": "text/plain", etag: '"later"' }, body: "Accepted" },
  { status: 207, headers: { "content-type": "text/xml" }, body: "<a/>" },
  { status: 207, headers: { "content-type": "text/xml", etag: '"all"' }, body: '<multistatus xmlns="DAV:"/>' },
];

/** Which calls are answered so. Drawn, not counted: calls come in a rhythm of their own. */
const isLie = fc.sample(fc.nat({ max: 2 }), { numRuns: 5000, seed: 7 }).map((chance) => chance === 0);

// A write that was believed although it was not done is in no list of changes: nothing but a whole reading shows it. So nobody
// asks for one here, and what counts is what the calendar holds when the engine says that all is done.
test.concurrent.each([
  { which: "calls", methods: null },
  { which: "writes", methods: ["PUT"] },
])(
  "of 300 events, while a third of all $which is answered with something else, each is right when it is said to be there",
  async ({ methods }) => {
    const { server, proxy, engine, close } = await open();
    try {
      const matches = comingMatches(300);
      engine.start(records(matches));
      await engine.sync();
      expectRight(server.files, matches);
      let asked = 0;
      let liedAboutWrites = 0;
      proxy.decide(({ method }) => {
        if (methods?.includes(method) === false) return "pass";
        asked += 1;
        if (isLie[asked % isLie.length] !== true) return "pass";
        if (method === "PUT") liedAboutWrites += 1;
        return lies[(method === "PUT" ? liedAboutWrites : asked) % lies.length] ?? "pass";
      });
      const later = matches.map((match) => ({ ...match, venue: "Ny plan" }));
      engine.changed(records(later));
      // Nobody need wait here until the calendar is tried again by itself.
      const hurry = (): void => engine.retry("caldav");
      await until(
        () => {
          hurry();
          return liedAboutWrites >= lies.length;
        },
        { what: () => `${liedAboutWrites} lies about writes of ${asked} calls`, everyMs: 50 },
      );
      proxy.decide(() => "pass");
      hurry();
      await until(() => engine.status()[0]?.waiting === 0 && engine.status()[0]?.state.name === "idle", {
        what: () => JSON.stringify(engine.status()),
      });
      expect(engine.status()).toMatchObject([{ there: 300, waiting: 0, failed: 0, differs: 0, late: null }]);
      expectRight(server.files, later);
    } finally {
      await close();
    }
  },
);
