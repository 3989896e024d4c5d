import { appendFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { half, json, text } from "../fixtures/match-server.ts";
import type { Decision } from "../fixtures/proxy.ts";
import type { FaultKind as GoogleFault } from "../stand-ins/google-calendar/faults.ts";
import type { Lives } from "./life.ts";
import type { FaultKind } from "./plan.ts";
import { createTurns, type Trouble } from "./turns.ts";
import type { SoakWorld } from "./world.ts";

const nothing = (): void => undefined;
const hourMs = 3_600_000;
const slowestMs = 3000;
/** Matches begin two days from now at the earliest: no jump makes one that is over. */
const farthestMs = 20 * hourMs;

const choose = <T>(list: readonly [T, ...T[]], degree: number): T => list[Math.floor(degree * list.length)] ?? list[0];

/** What nobody should publish. */
const nonsense = [
  "{",
  "",
  "null",
  '{"type":"match_updates","payload":{"matches":[{"lag1namn":"Utan id"}]}}',
  '{"type":"match_updates","payload":{"matches":"none"}}',
  `"${"å".repeat(100_000)}"`,
] as const;

const googleWrongs: readonly [GoogleFault, ...GoogleFault[]] = [
  { kind: "refusal", name: "rateLimitExceeded" },
  { kind: "refusal", name: "backendError" },
  { kind: "refusal", name: "unavailable", retryAfter: "2" },
  { kind: "html", status: 200 },
  { kind: "html", status: 502 },
  { kind: "nonsense" },
  { kind: "empty" },
  { kind: "drop" },
];

const html = "<!doctype html><title>Welcome</title><h1>Please accept the terms of this network</h1>";
const caldavWrongs: readonly [Decision, ...Decision[]] = [
  { status: 500 },
  { status: 503, headers: { "retry-after": "2" } },
  { status: 429, headers: { "retry-after": "2" } },
  { status: 200, headers: { "content-type": "text/html" }, body: html },
  { status: 207, headers: { "content-type": "application/xml" }, body: "<?xml version" },
  "cut",
];

/** Everything in the plan, on these servers and this app. */
export const troublesIn = (
  world: SoakWorld,
  lives: Lives,
  disk: string | null,
): Readonly<Record<FaultKind, Trouble>> => {
  const { redis, list, google, radicale, lines, answers, truth } = world;

  /** A server of the soak's own process is killed, frozen and slow on the way to it. */
  const onLine = (line: keyof typeof lines) =>
    ({
      kill: { begin: lines[line].down, end: lines[line].up },
      freeze: { begin: lines[line].cut, end: lines[line].mend },
      slow: {
        begin: (degree: number) => lines[line].slow(Math.ceil(degree * slowestMs)),
        end: () => lines[line].slow(0),
      },
    }) as const;
  const signalRadicale = (signal: NodeJS.Signals): void => {
    if (radicale.pid !== undefined) process.kill(radicale.pid, signal);
  };
  const alone = createTurns();
  const ballast = join(disk ?? world.folder, "ballast");

  return {
    "redis kill": { begin: () => redis.kill("SIGKILL"), end: redis.restart },
    "redis freeze": { begin: () => redis.kill("SIGSTOP"), end: () => redis.kill("SIGCONT") },
    "redis slow": onLine("redis").slow,
    "redis cut": onLine("redis").freeze,
    "redis drop": { begin: async () => void (await redis.command("CLIENT", "KILL", "TYPE", "pubsub")), end: nothing },
    "redis nonsense": {
      begin: async () => {
        for (const message of nonsense) await redis.publish("fogis:matches:updates", message);
      },
      end: nothing,
    },
    "list kill": onLine("list").kill,
    "list freeze": onLine("list").freeze,
    "list slow": onLine("list").slow,
    "list wrong": {
      begin: (degree) =>
        list.answerWith(
          choose(
            [
              text("Internal Server Error", { status: 500, type: "text/plain" }),
              text("Too many", { status: 429 }),
              text(html, { type: "text/html" }),
              text("[{"),
              json({ matches: [] }),
              json({ hello: "world" }),
              half({ matches: truth.list() }),
            ],
            degree,
          ),
        ),
      end: () => list.answerWith(truth.answer),
    },
    "google kill": onLine("google").kill,
    "google freeze": onLine("google").freeze,
    "google slow": {
      begin: (degree) => google.setLatency(Math.ceil(degree * slowestMs)),
      end: () => google.setLatency(20),
    },
    "google wrong": {
      begin: (degree) =>
        google.fail({ ...choose(googleWrongs, degree), when: degree * 10 < 5 ? "before" : "after", times: 10_000 }),
      end: google.clearFaults,
    },
    "caldav kill": { begin: () => signalRadicale("SIGKILL"), end: radicale.restart },
    "caldav freeze": { begin: () => signalRadicale("SIGSTOP"), end: () => signalRadicale("SIGCONT") },
    "caldav slow": onLine("caldav").slow,
    "caldav wrong": {
      begin: (degree) => {
        answers.caldav = choose(caldavWrongs, degree);
      },
      end: () => {
        answers.caldav = "pass";
      },
    },
    "mail kill": onLine("mail").kill,
    "mail freeze": onLine("mail").freeze,
    "mail slow": onLine("mail").slow,
    "mail wrong": {
      begin: (degree) => {
        answers.mailRefusal = choose([421, 450, 451], degree);
      },
      end: () => {
        answers.mailRefusal = null;
      },
    },
    "disk full": {
      begin: () => {
        for (const size of [1_048_576, 4096, 1]) {
          const piece = Buffer.alloc(size);
          while (fits(ballast, piece));
        }
      },
      end: () => rmSync(ballast, { force: true }),
    },
    "clock ahead": { begin: (degree) => lives.clockIs(degree * farthestMs), end: () => lives.clockIs(0) },
    "clock back": { begin: (degree) => lives.clockIs(-degree * farthestMs), end: () => lives.clockIs(0) },
    "machine sleep": alone({ begin: lives.fallsAsleep, end: lives.wakes }),
    "app kill": alone({ begin: lives.kill, end: lives.start }),
    "app quit": alone({ begin: lives.quit, end: lives.start }),
    // The test's hold on the window dies with the page, so the app begins anew after that.
    "app page-dies": alone({
      begin: lives.pageDies,
      end: async () => {
        await lives.quit();
        await lives.start();
      },
    }),
  };
};

/** Whether so much more fits on the disk. */
const fits = (file: string, piece: Buffer): boolean => {
  try {
    appendFileSync(file, piece);
    return true;
  } catch {
    return false;
  }
};
