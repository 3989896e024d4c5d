// Servers that are not ideal, as public reports tell of them: each refuses or garbles something, and everything else goes on.

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { aRecord } from "../../src/core/calendar/testing/records.ts";
import { createDavHttp } from "../../src/main/adapters/caldav/http.ts";
import { calendars } from "../../src/main/adapters/caldav/kind.ts";
import { eventName } from "../../src/main/adapters/calendar/identity.ts";
import type { Reply } from "../fixtures/proxy.ts";
import { until } from "../fixtures/until.ts";
import { comingMatches } from "./matches.ts";
import { anEngine, expectRight, shareRadicale, temporaryFolder } from "./setup.ts";

const aCalendar = shareRadicale();

const matches = comingMatches(12);
const records = matches.map((match) => aRecord(match));
const [unlucky, ...others] = matches;
if (unlucky === undefined) throw new Error("there are twelve");
const unluckyFile = `${eventName(unlucky.id)}.ics`;

test.for([400, 403, 404, 405, 409, 412, 413, 415, 507])(
  "one event is refused with %i, and again and again: it alone fails, the others are written and the calendar is well",
  async (status) => {
    const place = await aCalendar();
    place.proxy.decide(({ method, path }) =>
      method === "PUT" && path.endsWith(unluckyFile) ? { status, body: "" } : "pass",
    );
    const { engine } = await anEngine(await temporaryFolder(), place.spec);
    engine.start(records);
    await until(() => engine.status()[0]?.there === others.length, { what: () => JSON.stringify(engine.status()) });
    expectRight(await place.files(), others);
    expect(["idle", "working"]).toContain(engine.status()[0]?.state.name);
    expect(engine.placements(unlucky.id)).not.toMatchObject({ caldav: { state: "there" } });
    place.proxy.decide(() => "pass");
    await engine.sync();
    expectRight(await place.files(), matches);
  },
);

test("a calendar that is gone altogether is no event's trouble", async () => {
  const place = await aCalendar();
  const { engine } = await anEngine(await temporaryFolder(), place.spec);
  engine.start(records);
  await until(() => engine.status()[0]?.there === matches.length);
  place.proxy.decide(() => ({ status: 404, body: "" }));
  engine.changed([aRecord({ ...unlucky, venue: "Ny plan" })]);
  await until(() => engine.status()[0]?.state.name === "needs-person");
});

const bare = (etag: string): string => etag.replaceAll('"', "");

test.for([
  ["without quotes", bare],
  ["weak", (etag: string) => `W/${etag}`],
] as const)("versions %s: changes are written all the same", async ([, disguise]) => {
  const place = await aCalendar();
  place.proxy.change((reply: Reply) => ({
    ...reply,
    headers: {
      ...reply.headers,
      ...(reply.headers?.etag === undefined ? {} : { etag: disguise(String(reply.headers.etag)) }),
    },
    body: (reply.body ?? "").replaceAll(
      /(<getetag>)(.*?)(<\/getetag>)/g,
      (_whole, start: string, etag: string, end: string) => start + disguise(etag.replaceAll("&quot;", '"')) + end,
    ),
  }));
  const { engine } = await anEngine(await temporaryFolder(), place.spec);
  engine.start(records);
  await until(() => engine.status()[0]?.there === matches.length);
  const later = { ...unlucky, venue: "Ny plan" };
  engine.changed([aRecord(later)]);
  await engine.sync();
  expectRight(await place.files(), [later, ...others]);
});

test("a server that says 200 and something else for a while: afterwards every event is right", async () => {
  const place = await aCalendar();
  let asked = 0;
  const foreign = { status: 200, headers: { "content-type": "application/json" }, body: '{"hello":"world"}' };
  place.proxy.decide(() => {
    asked += 1;
    return asked % 5 < 2 ? foreign : "pass";
  });
  const { engine } = await anEngine(await temporaryFolder(), place.spec);
  engine.start(records);
  await until(() => asked > 15, { what: () => `${asked} requests` });
  place.proxy.decide(() => "pass");
  await engine.sync();
  expectRight(await place.files(), matches);
});

test.for([
  ["gzip", gzipSync],
  ["deflate", deflateSync],
  ["deflate", deflateRawSync],
  ["br", brotliCompressSync],
] as const)("an answer packed with %s is read", async ([coding, pack]) => {
  const server = createServer((_request, response) =>
    response.writeHead(200, { "content-encoding": coding }).end(pack(Buffer.from("Malmö"))),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const http = createDavHttp({
    username: "a",
    password: "b",
    ca: null,
    idleMs: 5000,
    timeoutMs: 5000,
    now: Date.now,
    words: calendars.words,
  });
  onTestFinished(http.close);
  const { port } = server.address() as AddressInfo;
  const answer = await http.send({ method: "GET", url: new URL(`http://127.0.0.1:${port}/`), headers: {}, body: null });
  expect(answer.body).toBe("Malmö");
});
