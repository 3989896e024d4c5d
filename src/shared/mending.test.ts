import { describe, expect, test } from "vitest";
import { type TargetName, targetNames } from "./calendar.ts";
import { type Mending, mendingOf, troubleOf } from "./mending.ts";
import { type ProblemKind, problemKinds } from "./problem.ts";
import { instant } from "./testing/instant.ts";
import { textsFor } from "./text/texts.ts";

const setting = (name: string) => ({ act: "setting", name });
const mends = (kind: ProblemKind, target: TargetName | null, hasList = true): Mending =>
  mendingOf({ kind }, { target, hasList });

/** Every kind of trouble with every calendar that can have it, and with none. */
const all = problemKinds.flatMap((kind) =>
  [...targetNames, null].map((target) => ({ kind, target, mending: mends(kind, target) })),
);

/** What only Avspark itself is told, or what is said in the answer to what was asked for. */
const elsewhere = new Set<ProblemKind>([
  "input-invalid",
  "match-without-id",
  "not-found",
  "match-listed",
  "method-not-allowed",
  "too-large",
  "role-too-low",
  "encryption-required",
  "origin-refused",
  "unsupported-media-type",
  "setting-locked",
  "service-stopped",
  "window-too-old",
  "service-too-old",
  "service-elsewhere",
  "cluster-newer",
  "node-lost",
  "node-behind",
]);

describe("every trouble has the button that mends it", () => {
  test.each([
    ["a wrong CalDAV password", "calendar-sign-in", "caldav", setting("CALDAV_PASSWORD")],
    ["a wrong CardDAV password", "calendar-sign-in", "carddav", setting("CARDDAV_PASSWORD")],
    ["a CalDAV server that has moved", "calendar-unreachable", "caldav", setting("CALDAV_URL")],
    ["a CalDAV server's unknown certificate", "calendar-certificate", "caldav", setting("CALDAV_TLS_CA_FILE")],
    ["a calendar that was deleted at Google", "calendar-not-found", "google", { act: "choose-calendar" }],
    ["an expired sign-in to Google", "calendar-sign-in", "google", { act: "sign-in" }],
    ["a sign-in to Google that soon expires", "sign-in-expiring", "google", { act: "sign-in" }],
    ["a token file that is gone", "calendar-token-file", "google", setting("GOOGLE_CALENDAR_TOKEN_FILE")],
    ["removals that wait", "confirmation-needed", "google", { act: "decide" }],
    ["a Redis that has moved", "redis-unreachable", null, setting("REDIS_URL")],
    ["a Redis that has moved behind a wall", "redis-timeout", null, setting("REDIS_URL")],
    ["a wrong Redis password", "redis-auth-wrong", null, setting("REDIS_URL")],
    ["a Redis that is switched off", "redis-disabled", null, setting("REDIS_PUBSUB_ENABLED")],
    ["a subscription that has ended", "redis-closed", null, { act: "restart" }],
    ["a port that is taken", "port-taken", null, setting("AVSPARK_HTTP_PORT")],
    ["a match list that has moved", "source-unreachable", null, setting("AVSPARK_MATCHES_URL")],
    ["a disk that is nearly full", "journal-room", null, setting("AVSPARK_RETENTION_MB")],
    ["messages that cannot be read", "messages-invalid", null, { act: "quarantine" }],
    ["a match processor that complains", "publisher-alert", null, { act: "messages" }],
  ] as const)("%s", (_, kind, target, mending) => {
    expect(mends(kind, target)).toEqual(mending);
  });

  test("no calendar's trouble leads to another's field", () => {
    const others: Readonly<Record<TargetName, RegExp>> = {
      google: /^(CALDAV|CARDDAV)/,
      "google-contacts": /^(CALDAV|CARDDAV)/,
      caldav: /^(GOOGLE|CARDDAV)/,
      carddav: /^(GOOGLE|CALDAV)/,
      ics: /^(CALDAV|CARDDAV|GOOGLE)/,
      program: /^(CALDAV|CARDDAV|GOOGLE)/,
    };
    const strange = all.filter(
      ({ target, mending }) => mending.act === "setting" && target !== null && others[target].test(mending.name),
    );
    expect(strange).toEqual([]);
  });

  test("only Google is signed in to, and only there a calendar is chosen", () => {
    const elsewhereOffered = all.filter(
      ({ target, mending }) =>
        (mending.act === "sign-in" && target !== "google" && target !== "google-contacts") ||
        (mending.act === "choose-calendar" && target !== "google"),
    );
    expect(elsewhereOffered).toEqual([]);
  });

  test("nothing is offered only where there is nothing to do, and then the advice asks for nothing", () => {
    const idle = all.filter(({ kind, mending }) => mending.act === "none" && !elsewhere.has(kind));
    expect(idle).toEqual([]);
    const waits = problemKinds.filter((kind) => targetNames.every((target) => mends(kind, target).act === "wait"));
    const { advice } = textsFor("sv");
    const settingsWanted = waits.filter((kind) => /i Inställningar|[A-Z]+_[A-Z_]+/.test(advice[kind].remedy));
    expect(settingsWanted).toEqual([]);
  });

  test("a problem that names its setting lies there, whatever its kind", () => {
    const at = { target: null, hasList: true };
    expect(mendingOf({ kind: "configuration-invalid", at: "CALDAV_URL" }, at)).toEqual(setting("CALDAV_URL"));
    expect(mendingOf({ kind: "input-invalid", at: "matches[3].kickoff" }, at)).toEqual({ act: "none" });
  });

  test("no list is fetched where none can be: its address is asked for", () => {
    expect([mends("messages-missed", null, true), mends("messages-missed", null, false)]).toEqual([
      { act: "fetch" },
      setting("AVSPARK_MATCHES_URL"),
    ]);
  });

  test("an alert is mended in the calendar it is about; one of 0.1, which has only its name, among them all", () => {
    const about = (target: string) => {
      const { problem, target: found } = troubleOf({
        kind: "sign-in-expiring",
        target,
        label: null,
        at: instant("2027-05-01T10:00:00.000Z"),
      });
      return mendingOf(problem, { target: found, hasList: true });
    };
    expect([about("google"), about("Matcher 2026")]).toEqual([{ act: "sign-in" }, { act: "calendars" }]);
  });
});
