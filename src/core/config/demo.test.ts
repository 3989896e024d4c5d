import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { configFields, type SettingName, settingNameSchema } from "../../shared/config.ts";
import type { Layers } from "./layers.ts";
import { resolveConfig } from "./resolve.ts";

const resolved = (layers: Partial<Layers>) => resolveConfig({ environment: {}, dotenv: {}, settings: {}, ...layers });

/** What says nothing of where matches come from or go to. */
const harmless = settingNameSchema.options.filter(
  (name) =>
    ["http", "app", "outward", "journal"].includes(configFields[name].group) ||
    [
      "AVSPARK_POLL_INTERVAL",
      "AVSPARK_KEEP_PAST_DAYS",
      "AVSPARK_REMINDERS",
      "AVSPARK_EVENT_DETAILS",
      "AVSPARK_EVENT_MINUTES",
      "AVSPARK_GATHERING_MINUTES",
      "AVSPARK_CONTACTS_GROUP",
      "AVSPARK_CONTACTS_TEAMS",
      "USER_REFEREE_NUMBER",
      "AVSPARK_FIRST_SYNC",
      "AVSPARK_SILENCE_AFTER",
      "AVSPARK_MAX_MESSAGE_MB",
      "AVSPARK_CLUSTER_KEEP_HOURS",
      "GOOGLE_API_ROOT",
    ].includes(name),
);

describe("the demo", () => {
  test("runs when nothing says where matches come from or go to", () => {
    expect(resolved({})).toMatchObject({ demo: true, missing: [], problems: [] });
    expect(resolved({ environment: { REDIS_URL: "", PATH: "/bin", HOME: "/home/anna", LOG_LEVEL: "INFO" } }).demo).toBe(
      true,
    );
  });

  test.each(harmless)("%s does not count", (name) => {
    for (const layer of ["environment", "dotenv", "settings"])
      expect(resolved({ [layer]: { [name]: configFields[name].default || "1" } }).demo, layer).toBe(true);
  });

  test.each(settingNameSchema.options.filter((name) => !harmless.includes(name)))(
    "%s counts, right or wrong",
    (name) => {
      for (const layer of ["environment", "dotenv"])
        expect(resolved({ [layer]: { [name]: "x" } }).demo, layer).toBe(false);
    },
  );

  test.each<[string, Partial<Layers>]>([
    ["an old name", { environment: { REDIS_HOST: "h" } }],
    ["an old name of a detail", { environment: { REDIS_TIMEOUT: "5" } }],
    ["the mark of the old service's events", { dotenv: { SYNC_TAG: "MINE" } }],
    ["an old name of a calendar", { dotenv: { TOKEN_PATH: "/token.json" } }],
    ["a name that is nearly one of ours", { environment: { REDIS_ULR: "redis://h" } }],
    ["the same in .env", { dotenv: { CALDAV_ADDRESS: "https://h" } }],
    ["a .env file that cannot be read", { dotenvFaults: [{ kind: "file", found: "a folder" }] }],
    ["a line of .env that cannot be read", { dotenvFaults: [{ kind: "line", line: 1 }] }],
    ["a saved setting that cannot be opened", { unopened: ["REDIS_URL"] }],
  ])("%s keeps it from running", (_why, layers) => {
    expect(resolved(layers).demo).toBe(false);
  });

  test.each([
    "redis_url",
    "Redis_Url",
    "redis-url",
    "REDISURL",
    "\u200bREDIS_URL",
    "REDIS_URL\u00a0",
    "`REDIS_URL`",
    '"REDIS_URL"',
    "\u201cREDIS_URL\u201d",
    "$REDIS_URL",
    "redis_host",
    "caldav_url",
  ])("%j is meant as ours: told of, and no demo", (name) => {
    for (const layer of ["environment", "dotenv"]) {
      const { demo, unknown } = resolved({ [layer]: { [name]: "x" } });
      expect({ demo, unknown: unknown.length }, layer).toEqual({ demo: false, unknown: 1 });
    }
  });

  test("any name with the letters of a setting keeps it from running, whatever stands around them", () => {
    const around = fc.stringMatching(/^[`"'\u200b\u2060\ufeff$*]{0,3}$/);
    const name = fc.constantFrom(...settingNameSchema.options.filter((name) => name.startsWith("REDIS_")));
    fc.assert(
      fc.property(around, name, around, fc.boolean(), (before, name, after, small) => {
        const written = `${before}${small ? name.toLowerCase() : name}${after}`;
        fc.pre(written !== name);
        expect(resolved({ environment: { [written]: "x" } }).demo).toBe(false);
      }),
    );
  });

  test.each(["redis_ulr", "token_path", "sync-tag", "`avspark_matches`"])(
    "%s in .env keeps it from running",
    (name) => {
      expect(resolved({ dotenv: { [name]: "x" } })).toMatchObject({ demo: false, unknown: [name] });
    },
  );

  test("what cannot be seen in a name is shown", () => {
    expect(resolved({ dotenv: { "\u200bREDIS_URL": "x" } }).unknown).toEqual(["\\u{200b}REDIS_URL"]);
  });

  test.each(["redis_cli", "redistribute_url", "log_level", "token_path", "google_api_key", "caldav", "MY_REDIS_URL"])(
    "%s of another program's environment is let be",
    (name) => {
      expect(resolved({ environment: { [name]: "x" } })).toMatchObject({ demo: true, unknown: [] });
    },
  );

  test("a name that Windows reads in any letters is told of once", () => {
    expect(resolved({ environment: { Redis_Url: "redis://h", REDIS_URL: "redis://h" } }).unknown).toEqual([]);
  });

  test("a detail that was changed on the settings page leaves it running", () => {
    expect(resolved({ settings: { REDIS_MAX_RETRIES: "5" } }).demo).toBe(true);
    expect(resolved({ settings: { AVSPARK_CALENDARS: "ics,google" } }).demo).toBe(false);
  });

  test("programs of Google's own are let be", () => {
    expect(resolved({ environment: { GOOGLE_APPLICATION_CREDENTIALS: "/key.json" } }).demo).toBe(true);
  });
});

describe("what is missing", () => {
  const missing = (environment: Layers["environment"], settings: Layers["settings"] = {}) =>
    resolved({ environment, settings }).missing.map(({ variable, expected }) => `${variable}: ${expected}`);

  test.each<[string, Layers["environment"], readonly SettingName[]]>([
    ["nothing of Redis", { AVSPARK_CALENDARS: "ics" }, ["REDIS_URL"]],
    ["a list alone, though Redis is listened to", { AVSPARK_MATCHES_URL: "http://h/m" }, ["REDIS_URL"]],
    ["a list alone", { AVSPARK_MATCHES_URL: "http://h/m", REDIS_PUBSUB_ENABLED: "false" }, []],
    ["Google without a calendar", { REDIS_URL: "redis://h", AVSPARK_CALENDARS: "google" }, ["GOOGLE_CALENDAR_ID"]],
    ["CalDAV without an address", { REDIS_URL: "redis://h", AVSPARK_CALENDARS: "caldav" }, ["CALDAV_URL"]],
  ])("%s", (_why, environment, want) => {
    const found = resolved({ environment });
    expect(found.problems).toEqual([]);
    expect(found.missing.map(({ variable }) => variable)).toEqual(want);
  });

  test("a calendar that settings are there for and that is not kept", () => {
    const given = {
      REDIS_URL: "redis://h",
      CALDAV_URL: "https://h",
      CALDAV_PASSWORD: "x",
      GOOGLE_CALENDAR_ID: "primary",
    };
    expect(missing(given)).toEqual([
      "AVSPARK_CALENDARS: a list that names google as well, since GOOGLE_CALENDAR_ID does nothing without it",
      "AVSPARK_CALENDARS: a list that names caldav as well, since CALDAV_URL, CALDAV_PASSWORD do nothing without it",
    ]);
    expect(missing({ ...given, AVSPARK_CALENDARS: "google,caldav" })).toEqual([]);
    expect(missing({ REDIS_URL: "redis://h", TOKEN_PATH: "/token.json" })).toHaveLength(1);
    // Whoever turned a calendar off on the settings page knows that its address is still there.
    expect(missing({ REDIS_URL: "redis://h" }, { CALDAV_URL: "https://h" })).toEqual([]);
  });
});
