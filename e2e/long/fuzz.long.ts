// biome-ignore-all lint/suspicious/noTemplateCurlyInString: as it stands in a .env file
// Each reader of what others write is given what nobody should write, for AVSPARK_FUZZ_MINUTES each (`npm run fuzz -- 10`).
// Whatever it is, the answer is one of those that are foreseen, and it comes soon.

import { readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { resolveConfig } from "../../src/core/config/resolve.ts";
import { decodeMessage } from "../../src/core/feed/decode.ts";
import { redactPayload } from "../../src/core/feed/redact.ts";
import { applyFacts } from "../../src/core/matches/merge.ts";
import { mergedResource, newResource, readResource } from "../../src/main/adapters/calendar/ical/resource.ts";
import { systemClock } from "../../src/main/adapters/clock.ts";
import { readDotenvFile } from "../../src/main/adapters/dotenv.ts";
import { signInToGoogle } from "../../src/main/adapters/google/sign-in.ts";
import { googleTokenFile } from "../../src/main/adapters/google/token-file.ts";
import { openSettingsFile } from "../../src/main/adapters/settings-file.ts";
import { decodeText } from "../../src/main/adapters/text.ts";
import type { Instant } from "../../src/shared/instant.ts";
import { matchSchema } from "../../src/shared/match.ts";
import { ProblemError, type ProblemKind } from "../../src/shared/problem.ts";
import { instant } from "../../src/shared/testing/instant.ts";
import { wantedOf } from "../calendar/engine.ts";
import { comingMatches } from "../calendar/matches.ts";
import { createTarget } from "../calendar/targets.ts";
import { folder } from "../fixtures/folder.ts";
import { mutationsOf } from "../fixtures/mutations.ts";
import { startProxy } from "../fixtures/proxy.ts";
import { serviceFor } from "../http/service.ts";
import { startCaldavStandIn } from "../stand-ins/caldav/server.ts";

const minutes = Number(process.env.AVSPARK_FUZZ_MINUTES ?? 0.5);

/** No answer takes so long, on however busy a machine. */
const soonMs = 10_000;

/** Gives a reader one input after the other until the time is up, and says how many it was. */
const fuzz = async (
  name: string,
  corpus: readonly (string | Buffer)[],
  read: (bytes: Buffer) => void | Promise<void>,
): Promise<void> => {
  let inputs = 0;
  let slowestMs = 0;
  await fc.assert(
    fc.asyncProperty(mutationsOf(corpus), async (bytes) => {
      const begun = performance.now();
      await read(bytes);
      slowestMs = Math.max(slowestMs, performance.now() - begun);
      inputs += 1;
      expect(slowestMs).toBeLessThan(soonMs);
    }),
    {
      numRuns: Number.MAX_SAFE_INTEGER,
      interruptAfterTimeLimit: minutes * 60_000,
      markInterruptAsFailure: false,
      verbose: 1,
    },
  );
  process.stdout.write(`${name}: ${inputs} inputs, none answered otherwise than foreseen\n`);
  expect(inputs).toBeGreaterThan(0);
};

/** The kind of the problem with which something ends; null when it ends well. What is no problem of ours is thrown on. */
const kindOf = async (work: () => unknown): Promise<ProblemKind | null> => {
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof ProblemError) return error.problem.kind;
    throw error;
  }
};

const feed = new URL("../../src/core/feed/corpus/", import.meta.url);
const messages = [
  "match_updates.fogis",
  "match_updates.enhanced-v2",
  "match_updates.legacy-v1",
  "processing_status",
  "system_alert",
].map((name) => readFileSync(new URL(`fixtures/${name}.json`, feed)));
const receivedAt: Instant = instant("2027-05-01T10:00:00.000Z");

test("messages", async () => {
  await fuzz("messages", messages, (bytes) => {
    redactPayload(bytes.toString());
    const decoded = decodeMessage(bytes, { text: decodeText, utf8Only: true, maxBytes: 5 * 1024 * 1024 });
    if (!decoded.ok) {
      expect(decoded.rejection.reason).not.toBe("");
      return;
    }
    const { body } = decoded.message;
    if (body.type !== "match_updates") return;
    for (const facts of body.matches) {
      const origin = { at: receivedAt, dialect: facts.dialect, channel: "c" };
      const { record } = applyFacts(undefined, facts, { origin, receivedAt, urgent: false, isReplay: false });
      matchSchema.parse(record.match);
    }
  });
});

test(".env files", async () => {
  const file = join(await folder(), ".env");
  const corpus = [
    "REDIS_URL=redis://:secret@127.0.0.1:6379/0\nREDIS_ENABLED=true\n# a comment\nAVSPARK_REMINDERS='48h popup'\n",
    'export SYNC_TAG="FOGIS_CALENDAR_SYNC"\r\nAVSPARK_HTTP_PORT = 5003\r\nA=${HOME:-x}${B}\r\nC="one\\ntwo"\r\n',
    Buffer.from("\uFEFFREDIS_PORT=6379\n", "utf16le"),
  ];
  await fuzz(".env files", corpus, (bytes) => {
    writeFileSync(file, bytes);
    const { dotenv, dotenvFaults } = readDotenvFile(file, { HOME: "/home/someone" });
    for (const value of Object.values(dotenv)) expect(typeof value).toBe("string");
    resolveConfig({ environment: {}, dotenv, dotenvFaults, settings: {} });
  });
});

test("saved settings", async () => {
  const file = join(await folder(), "settings.json");
  const box = {
    seal: (text: string) => Buffer.from(text).toString("base64"),
    open: (text: string) => (text === "" ? null : text),
  };
  const corpus = [
    JSON.stringify({ values: { REDIS_PORT: "6379", AVSPARK_LANGUAGE: "sv" }, sealed: { REDIS_URL: "cmVkaXM6Ly8=" } }),
    JSON.stringify(
      { values: { REDIS_ENABLED: true, AVSPARK_HTTP_PORT: 5003, another: "one" }, later: [1, { a: null }] },
      null,
      2,
    ),
  ];
  await fuzz("saved settings", corpus, async (bytes) => {
    writeFileSync(file, bytes);
    expect([null, "settings-unreadable"]).toContain(await kindOf(() => openSettingsFile(file, box).saved()));
    openSettingsFile(file, box).save({ AVSPARK_HTTP_PORT: "5004" }, false);
    expect(openSettingsFile(file, box).saved().settings).toMatchObject({ AVSPARK_HTTP_PORT: "5004" });
  });
});

test("token files", async () => {
  const file = join(await folder(), "token.json");
  const token = {
    token: "ya29.x",
    refresh_token: "1//x",
    token_uri: "https://oauth2.googleapis.com/token",
    client_id: "x.apps.googleusercontent.com",
    client_secret: "s",
    scopes: ["https://www.googleapis.com/auth/calendar"],
    universe_domain: "googleapis.com",
    account: "",
    expiry: "2027-05-01T10:00:00.123456Z",
  };
  const corpus = [
    JSON.stringify(token),
    JSON.stringify({ ...token, expiry: null, sign_in_expires_at: receivedAt }, null, 2),
  ];
  await fuzz("token files", corpus, async (bytes) => {
    writeFileSync(file, bytes);
    expect([null, "calendar-token-file"]).toContain(await kindOf(() => googleTokenFile(file).read()));
  });
});

const [first, second] = wantedOf(comingMatches(2));
if (first === undefined || second === undefined) throw new Error("they have a kick-off");
const revision = { sequence: 0, at: receivedAt };
const resources = [newResource(first, revision), newResource(second, revision)];

test("iCalendar", async () => {
  const changed = { ...first, summary: "En annan rubrik", hash: "another", rev: Date.parse(receivedAt) };
  await fuzz("iCalendar", resources, (bytes) => {
    const text = bytes.toString();
    readResource(text);
    const merged = mergedResource(text, changed, revision);
    if (merged !== null) expect(readResource(merged)).toMatchObject({ matchId: changed.id, hash: "another" });
  });
});

test("answers of a CalDAV server", async () => {
  const server = await startCaldavStandIn();
  const proxy = await startProxy(new URL("/", server.url).href);
  const { username, password } = server;
  const url = new URL(new URL(server.url).pathname, proxy.url).href;
  const open = () => createTarget({ kind: "caldav", url, username, password });
  const good = open();
  await good.insert(first, revision);
  await good.insert(second, revision);
  const answers: string[] = [];
  proxy.change((reply) => {
    answers.push(reply.body ?? "");
    return reply;
  });
  await open().list(null);
  // Which of the answers it is given in the place of the right one.
  let place = 0;
  const corpus = answers.filter((body) => body !== "");
  expect(corpus.length).toBeGreaterThan(1);
  await fuzz("answers of a CalDAV server", corpus, async (bytes) => {
    let count = 0;
    const wrong = place++ % corpus.length;
    proxy.change((reply) => (count++ === wrong ? { ...reply, body: bytes.toString() } : reply));
    const target = open();
    const kind = await kindOf(() => target.list(null));
    expect(kind === null || kind.startsWith("calendar-") ? "foreseen" : kind).toBe("foreseen");
    target.close();
  });
  good.close();
  await proxy.close();
  await server.close();
});

test("HTTP bodies", async () => {
  const service = await serviceFor();
  const match = { matchid: 4711, hemmalag: "A", bortalag: "B", datum: "2027-05-06", tid: "19:00" };
  const corpus = [JSON.stringify({ matches: [match] }), JSON.stringify([match, match]), ...messages.slice(0, 3)];
  const paths = ["/manual-sync", "/sync", "/tell", "/note", "/decline", "/enter", "/confirm"];
  let turn = 0;
  await fuzz("HTTP bodies", corpus, async (bytes) => {
    const path = paths[turn++ % paths.length] ?? "/manual-sync";
    const answer = await fetch(service.address + path, {
      method: "POST",
      headers: { "content-type": "application/json", ...(turn % 5 === 0 ? { "content-encoding": "gzip" } : {}) },
      body: new Uint8Array(bytes),
    });
    const said: unknown = await answer.json();
    expect(said).toMatchObject({ success: answer.ok });
    expect(answer.status, JSON.stringify(said)).not.toBe(500);
  });
  expect((await fetch(`${service.address}/health`)).status).toBe(200);
});

test("redirects of a sign-in", async () => {
  const ending = new AbortController();
  let opened = (_: string): void => undefined;
  const address = new Promise<string>((resolve) => {
    opened = resolve;
  });
  const ended = kindOf(() =>
    signInToGoogle({
      withContacts: false,
      clientId: "x",
      clientSecret: null,
      apiRoot: "http://127.0.0.1:9",
      open: opened,
      clock: systemClock,
      limitMs: 3_600_000,
      timeoutMs: 1000,
      signal: ending.signal,
    }),
  );
  const consent = new URL(await address);
  const port = Number(new URL(consent.searchParams.get("redirect_uri") ?? "").port);
  const corpus = [
    `GET /?code=4/0AX&state=wrong&scope=https://www.googleapis.com/auth/calendar.events HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`,
    `GET /?error=access_denied&state= HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`,
  ];
  let isOver = false;
  void ended.then(() => {
    isOver = true;
  });
  await fuzz("redirects of a sign-in", corpus, async (bytes) => {
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(port, "127.0.0.1");
      let text = "";
      socket.on("data", (chunk) => {
        text += chunk.toString();
      });
      socket.on("error", () => undefined);
      socket.on("close", () => resolve(text));
      socket.end(bytes);
    });
    expect(answer === "" ? "HTTP/1.1 400" : answer).toMatch(/^HTTP\/1\.1 4\d\d/);
    expect(isOver).toBe(false);
  });
  ending.abort();
  expect(await ended).toBe("calendar-sign-in");
});
