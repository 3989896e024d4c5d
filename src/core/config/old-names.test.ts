import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readRedisAddress } from "../../shared/address/redis.ts";
import type { Values } from "./layers.ts";
import { describeProblems, resolveConfig } from "./resolve.ts";
import { shownConfiguration } from "./shown.ts";

const resolved = (environment: Values, rest: { readonly dotenv?: Values; readonly settings?: Values } = {}) =>
  resolveConfig({ environment, dotenv: {}, settings: {}, home: "/home/anna", ...rest });
const setting = (found: ReturnType<typeof resolved>, name: string) => found.settings.find((each) => each.name === name);

describe("the names of the predecessor and its deployment", () => {
  test("are understood where ours are not set, and say what they became", () => {
    const found = resolved({
      REDIS_HOST: "fogis-redis",
      REDIS_PORT: "6380",
      REDIS_PASSWORD: "p/w @#",
      REDIS_DB: "2",
      REDIS_ENABLED: "False",
      REDIS_TIMEOUT: "7",
      FLASK_HOST: "127.0.0.1",
      FLASK_PORT: "5004",
      LOG_LEVEL: "WARNING",
      TOKEN_PATH: "~/token.json",
      DAYS_TO_KEEP_PAST_EVENTS: "3",
      AVSPARK_CALENDARS: "ics,google",
      GOOGLE_CALENDAR_ID: "primary",
    });
    expect(found.problems).toEqual([]);
    expect(found.config).toMatchObject({
      REDIS_URL: "redis://:p%2Fw%20%40%23@fogis-redis:6380/2",
      REDIS_PUBSUB_ENABLED: false,
      REDIS_CONNECTION_TIMEOUT: 7,
      REDIS_SOCKET_TIMEOUT: 7,
      AVSPARK_HTTP_HOST: "127.0.0.1",
      AVSPARK_HTTP_PORT: 5004,
      AVSPARK_LOG_LEVEL: "warn",
      GOOGLE_CALENDAR_TOKEN_FILE: "/home/anna/token.json",
      AVSPARK_KEEP_PAST_DAYS: 3,
    });
    expect(setting(found, "REDIS_URL")).toEqual({
      name: "REDIS_URL",
      value: "redis://:••••@fogis-redis:6380/2",
      source: "environment",
      from: ["REDIS_HOST", "REDIS_PORT", "REDIS_PASSWORD", "REDIS_DB"],
      locked: false,
      problem: null,
    });
    expect(found.oldNames).toContainEqual({
      name: "LOG_LEVEL",
      source: "environment",
      became: ["AVSPARK_LOG_LEVEL"],
      used: true,
    });
    expect(found.oldNames.every(({ used }) => used)).toBe(true);
    expect(found.unknown).toEqual([]);
  });

  test.each(["environment", "dotenv", "settings"])("stand behind ours, wherever that is set: %s", (layer) => {
    const found = resolved(
      { REDIS_HOST: "old", LOG_LEVEL: "ERROR" },
      { [layer]: { REDIS_HOST: "old", LOG_LEVEL: "ERROR", REDIS_URL: "redis://ours", AVSPARK_LOG_LEVEL: "debug" } },
    );
    expect(found.config).toMatchObject({ REDIS_URL: "redis://ours", AVSPARK_LOG_LEVEL: "debug" });
    expect(found.oldNames.map(({ name, used }) => [name, used])).toEqual([
      ["REDIS_HOST", false],
      ["LOG_LEVEL", false],
    ]);
  });

  test("are read from .env too, behind the environment", () => {
    const dotenv = { REDIS_HOST: "file", REDIS_PORT: "6400", FLASK_PORT: "5010" };
    const found = resolved({ REDIS_HOST: "outer" }, { dotenv });
    expect(found.config).toMatchObject({ REDIS_URL: "redis://outer:6400/0", AVSPARK_HTTP_PORT: 5010 });
    expect(setting(found, "AVSPARK_HTTP_PORT")).toMatchObject({ source: "dotenv", from: ["FLASK_PORT"] });
  });

  test.each([
    ["DEBUG", "debug"],
    ["Warning", "warn"],
    ["CRITICAL", "error"],
    ["NOTSET", "trace"],
  ])("LOG_LEVEL=%s is %s", (given, level) => {
    expect(resolved({ LOG_LEVEL: given }).config.AVSPARK_LOG_LEVEL).toBe(level);
  });

  test.each([
    [{ FLASK_PORT: "http" }, 'FLASK_PORT is "http" (environment); it should be a whole number from 0 to 65535.'],
    [
      { REDIS_HOST: "h", REDIS_PORT: "0" },
      'REDIS_PORT is "0" (environment); it should be a whole number from 1 to 65535.',
    ],
    [{ REDIS_HOST: "h", REDIS_DB: "x" }, 'REDIS_DB is "x" (environment); it should be a whole number from 0 to 99999.'],
    // It became two settings, and is told of once.
    [{ REDIS_TIMEOUT: "x" }, 'REDIS_TIMEOUT is "x" (environment); it should be a number from 0.1 to 300 (seconds).'],
    [{ REDIS_HOST: "1.2.3" }, 'REDIS_HOST is "1.2.3" (environment); it should be a host name or an IP address.'],
    [
      { REDIS_HOST: "redis://:hunter2@h:6379" },
      'REDIS_HOST is "redis://:••••@h:6379" (environment); it should be a host name or an IP address.',
    ],
    [
      { REDIS_HOST: "desk:hunter2@h" },
      'REDIS_HOST is "••••" (environment); it should be a host name or an IP address.',
    ],
  ])("a value that cannot be used is told by the name it was set by: %j", (environment, line) => {
    const found = resolved({ REDIS_PASSWORD: "hunter2", ...environment });
    expect(describeProblems(found.problems)).toEqual([line]);
    expect(JSON.stringify(found)).not.toContain("hunter2");
    const [variable] = line.split(" ");
    expect(shownConfiguration(found, "").problems[0]?.variable).toBe(variable);
  });

  test("a wrong part is told with where it itself was set", () => {
    const found = resolved({ REDIS_PORT: "6379" }, { dotenv: { REDIS_HOST: ".." } });
    expect(describeProblems(found.problems)).toEqual([
      'REDIS_HOST is ".." (dotenv); it should be a host name or an IP address.',
    ]);
  });

  test.each(["::1", "[::1]", "fe80::1%eth0", "fogis_redis"])("REDIS_HOST=%s is a host", (host) => {
    expect(resolved({ REDIS_HOST: host }).problems).toEqual([]);
  });

  test("a password of any characters reaches Redis as it is", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: "grapheme" }), (password) => {
        const meant = password.trim();
        const { config } = resolved({ REDIS_HOST: "h", REDIS_PASSWORD: password });
        const read = readRedisAddress(config.REDIS_URL ?? "");
        expect(read).toMatchObject({ ok: true, value: { password: meant === "" ? null : meant } });
      }),
    );
  });

  test("without a host they are no address: that is what is missing", () => {
    const found = resolved({ REDIS_PASSWORD: "hunter2" });
    expect(found).toMatchObject({ demo: false, config: { REDIS_URL: null } });
    expect(found.missing.map(({ variable }) => variable)).toEqual(["REDIS_URL"]);
    expect(found.oldNames).toMatchObject([{ name: "REDIS_PASSWORD", used: false }]);
  });
});

describe("names that mean nothing to us", () => {
  test("are told wherever they stand", () => {
    const strange = { REDIS_ULR: "x", CALDAV_PASS: "x", GOOGLE_CALENDAR: "x", AVSPARK_MATCH_URL: "x", PATH: "x" };
    const want = ["AVSPARK_MATCH_URL", "CALDAV_PASS", "GOOGLE_CALENDAR", "REDIS_ULR"];
    expect(resolved(strange).unknown).toEqual(want);
    expect(resolved({}, { dotenv: strange }).unknown).toEqual(want);
  });

  test("are none where an orchestrator put them", () => {
    const links = {
      REDIS_PORT: "tcp://10.0.0.1:6379",
      REDIS_PORT_6379_TCP: "tcp://10.0.0.1:6379",
      REDIS_PORT_6379_TCP_ADDR: "10.0.0.1",
      REDIS_SERVICE_HOST: "10.0.0.1",
      REDIS_SERVICE_PORT: "6379",
      REDIS_SERVICE_PORT_REDIS: "6379",
      REDIS_MASTER_PORT: "tcp://10.0.0.1:6379",
      AVSPARK_SERVICE_HOST: "10.0.0.2",
      AVSPARK_PORT: "tcp://10.0.0.2:5003",
    };
    expect(resolved(links)).toMatchObject({ unknown: [], oldNames: [], demo: true, missing: [] });
    expect(resolved({ ...links, REDIS_HOST: "redis" }).config.REDIS_URL).toBe("redis://redis:6379/0");
  });
});
