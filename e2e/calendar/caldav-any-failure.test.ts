// Whatever happens to one resource, the others are right; whatever a server claims for a while, in the end all are.

import fc from "fast-check";
import { expect, test } from "vitest";
import { aRecord } from "../../src/core/calendar/testing/records.ts";
import { eventName } from "../../src/main/adapters/calendar/identity.ts";
import { type Decision, startProxy } from "../fixtures/proxy.ts";
import { until } from "../fixtures/until.ts";
import { startCaldavStandIn } from "../stand-ins/caldav/server.ts";
import { openEngine } from "./engine.ts";
import { comingMatches } from "./matches.ts";
import { expectRight, temporaryFolder } from "./setup.ts";
import { createTarget } from "./targets.ts";

const records = (matches: ReturnType<typeof comingMatches>) => matches.map((match) => aRecord(match));

const open = async () => {
  const server = await startCaldavStandIn();
  const proxy = await startProxy(new URL("/", server.url).href);
  const { username, password } = server;
  const url = new URL(new URL(server.url).pathname, proxy.url).href;
  const target = createTarget({ kind: "caldav", url, username, password });
  const running = await openEngine({ folder: await temporaryFolder(), targets: [target] });
  const close = async (): Promise<void> => {
    await running.close();
    await proxy.close();
    await server.close();
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
  { status: 207, headers: { "content-type": "text/xml" }, body: "<a/>" },
];

test("of 300 events, while a third of all calls is answered with something else, every one is right in the end", async () => {
  const { server, proxy, engine, close } = await open();
  try {
    const matches = comingMatches(300);
    engine.start(records(matches));
    await engine.sync();
    expectRight(server.files, matches);
    let asked = 0;
    let liars = 0;
    proxy.decide(() => {
      asked += 1;
      if (asked % 3 !== 0) return "pass";
      liars += 1;
      return lies[liars % lies.length] ?? "pass";
    });
    const later = matches.map((match) => ({ ...match, venue: "Ny plan" }));
    engine.changed(records(later));
    await until(() => liars >= 12, { what: () => `${liars} lies` });
    proxy.decide(() => "pass");
    engine.retry("caldav");
    await engine.sync();
    expectRight(server.files, later);
    expect(engine.status()).toMatchObject([{ there: 300, waiting: 0, failed: 0, differs: 0, late: null }]);
  } finally {
    await close();
  }
});
