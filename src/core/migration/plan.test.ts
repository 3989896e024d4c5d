// biome-ignore-all lint/suspicious/noTemplateCurlyInString: as it stands in a compose file
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { isBlocked } from "../../shared/migration.ts";
import { en } from "../../shared/text/en.ts";
import { forPersonSentence } from "../../shared/text/sentences.ts";
import { sv } from "../../shared/text/sv.ts";
import { resolveConfig } from "../config/resolve.ts";
import { type MigrationPlan, planMigration } from "./plan.ts";
import { oldFolder } from "./testing/old-folder.ts";

type Files = Parameters<typeof oldFolder>[0];

const planOf = (files: Files): MigrationPlan => {
  const plan = planMigration(oldFolder(files));
  if (plan === null) throw new Error("nothing of the predecessor's");
  return plan;
};

const settingsOf = (files: Files) => Object.fromEntries(planOf(files).settings);
const kindsOf = (files: Files) => planOf(files).migration.forPerson.map(({ kind }) => kind);

const config = { CALENDAR_ID: "matches@group.calendar.example.com", SYNC_TAG: "FOGIS_CALENDAR_SYNC" };
const scopes = ["https://www.googleapis.com/auth/calendar", "https://www.googleapis.com/auth/contacts"];
const token = { refresh_token: "1//refresh", client_id: "id.apps.example.com", client_secret: "s3cret", scopes };
const compose = (service: object, more: object = {}) => ({
  services: { "fogis-calendar-phonebook-sync": service, ...more },
});

describe("what the folder says", () => {
  it("becomes the calendar, the tag, the contacts and the sign-in", () => {
    const plan = planOf({
      "config.json": { ...config, DAYS_TO_KEEP_PAST_EVENTS: 14, USER_REFEREE_NUMBER: 61_000 },
      "token.json": token,
    });
    expect(Object.fromEntries(plan.settings)).toEqual({
      GOOGLE_CALENDAR_ID: config.CALENDAR_ID,
      AVSPARK_SYNC_TAG: config.SYNC_TAG,
      AVSPARK_KEEP_PAST_DAYS: "14",
      USER_REFEREE_NUMBER: "61000",
      AVSPARK_CALENDARS: "ics,google",
      AVSPARK_CONTACTS: "google",
      // Built in, where nothing else is said.
      REDIS_URL: "redis://fogis-redis:6379",
    });
    expect(plan.signIn).toMatchObject({ file: "token.json", contacts: true });
    expect(plan.migration.signIn).toEqual({ file: "token.json", contacts: true });
  });

  it("is read in every name of the guide as it stands", () => {
    const guide = {
      REDIS_URL: "redis://redis.example.com:6379",
      REDIS_PUBSUB_ENABLED: "true",
      REDIS_CONNECTION_TIMEOUT: "6",
      REDIS_SOCKET_TIMEOUT: "7",
      REDIS_MAX_RETRIES: "4",
      REDIS_RETRY_DELAY: "2.0",
      REDIS_HEALTH_CHECK_INTERVAL: "31",
      REDIS_SUBSCRIPTION_TIMEOUT: "2",
      REDIS_MATCH_UPDATES_CHANNEL: "a:matches",
      REDIS_PROCESSOR_STATUS_CHANNEL: "a:status",
      REDIS_SYSTEM_ALERTS_CHANNEL: "a:alerts",
      REDIS_DECODE_RESPONSES: "true",
      REDIS_AUTO_RECONNECT: "true",
      REDIS_RETRY_ON_TIMEOUT: "true",
    };
    const dotenv = Object.entries(guide).map(([name, text]) => `${name}=${text}\n`);
    expect(settingsOf({ ".env": dotenv.join("") })).toEqual(guide);
  });

  it("is told without a secret, and what is written starts", () => {
    const plan = planOf({
      ".env": "REDIS_URL=redis://:h3mlig@redis.example.com\nFOGIS_PASSWORD=l0sen\nFOGIS_USERNAME=Kim\n",
      "config.json": {
        ...config,
        NOTIFICATION_METHOD: "email",
        NOTIFICATION_EMAIL_SENDER: "a@example.com",
        NOTIFICATION_EMAIL_RECEIVER: "b@example.com",
        SMTP_SERVER: "smtp.example.com",
        SMTP_USERNAME: "a@example.com",
        SMTP_PASSWORD: "abcd efgh/ij",
        DISCORD_WEBHOOK_URL: "https://discord.example.com/t0ken",
      },
      "token.json": token,
    });
    expect(plan.settings.get("AVSPARK_SMTP_URL")).toBe("smtp://a%40example.com:abcd%20efgh%2Fij@smtp.example.com:587");
    expect(JSON.stringify(plan.migration)).not.toMatch(/h3mlig|l0sen|abcd|t0ken|s3cret|refresh"/);
    const { problems } = resolveConfig({ environment: {}, dotenv: Object.fromEntries(plan.settings), settings: {} });
    expect(problems).toEqual([]);
    expect(plan.migration.leftBehind).toContainEqual({
      ...{ name: "DISCORD_WEBHOOK_URL", file: "config.json", why: "other-notices" },
    });
  });

  test("config.json goes before the environment where the predecessor read it first, and the rest is told", () => {
    const { settings, migration } = planOf({
      ".env": "GOOGLE_CALENDAR_ID=primary\nGRAFANA_ADMIN_PASSWORD=x\nREDIS_SCHEMA_VERSION=2.0\n",
      "config.json": { ...config, MINE: 1, MATCH_FILE: "m.json" },
    });
    expect(settings.get("GOOGLE_CALENDAR_ID")).toBe(config.CALENDAR_ID);
    expect(migration.leftBehind).toEqual([
      { name: "REDIS_SCHEMA_VERSION", file: ".env", why: "all-dialects" },
      { name: "MATCH_FILE", file: "config.json", why: "own-matches" },
      { name: "GOOGLE_CALENDAR_ID", file: ".env", why: "overruled" },
    ]);
    expect(migration.others).toEqual(["GRAFANA_ADMIN_PASSWORD", "MINE"]);
  });

  test("a number that nobody has said is none", () => {
    expect(settingsOf({ "config.json": { ...config, USER_REFEREE_NUMBER: 0 } })).not.toHaveProperty(
      "USER_REFEREE_NUMBER",
    );
  });
});

describe("what is odd in the folder is told by name", () => {
  it.each<[string, object]>([
    ["the compose file", { "docker-compose.yml": "services: [" }],
    ["token.json", { "token.json": "{" }],
    ["token.json that lacks what a sign-in needs", { "token.json": { refresh_token: "r" } }],
    ["credentials.json", { "credentials.json": "{" }],
  ])("though nothing else is there than a broken file: %s", (_what, files) => {
    const [file = ""] = Object.keys(files);
    const { migration } = planOf(files as Files);
    expect(migration.forPerson).toContainEqual(expect.objectContaining({ file }));
  });

  it("keeps all from being written where the sign-in cannot be read", () => {
    expect(isBlocked(planOf({ "config.json": config, "token.json": "{" }).migration)).toBe(true);
    expect(isBlocked(planOf({ "config.json": config, "token.json": { client_id: "a" } }).migration)).toBe(false);
  });

  it("values of config.json that are neither texts nor numbers", () => {
    const odd = { CALENDAR_ID: ["a"], SYNC_TAG: true, DAYS_TO_KEEP_PAST_EVENTS: { days: 7 }, SMTP_PORT: [587] };
    const plan = planOf({
      "config.json": { ...odd, SCOPES: scopes, USE_LOCAL_MATCH_DATA: false },
      "token.json": token,
    });
    const told = plan.migration.forPerson.flatMap((one) => (one.kind === "value" ? [one.name] : []));
    expect(told).toEqual(Object.keys(odd));
    expect([...plan.settings.keys()]).not.toContain("GOOGLE_CALENDAR_ID");
  });

  it("lines of .env that cannot be read, and a file of the container's that is not there", () => {
    const plan = planOf({
      ".env": 'REDIS_URL=redis://h.example.com\nA="open\n',
      "docker-compose.yml": compose({ env_file: ["no.env", { path: "may.env", required: false }] }),
    });
    expect(plan.migration.forPerson).toContainEqual({ kind: "line", file: ".env", line: 2, name: "A" });
    expect(plan.migration.forPerson).toContainEqual({ kind: "file-missing", name: "env_file", file: "no.env" });
    expect(JSON.stringify(plan.migration)).not.toContain("may.env");
  });

  it("whatever stands in it, on one line and with nothing that acts on a terminal", () => {
    const nasty = "a\u001b[2J\nREDIS_URL=\u009b1m";
    const { migration } = planOf({
      ".env": "REDIS_URL=redis://h.example.com\n",
      "docker-compose.yml": compose({ environment: { FLASK_HOST: nasty }, env_file: [nasty] }),
      "config.json": { ...config, SYNC_TAG: nasty, [nasty]: 1 },
    });
    const texts = migration.forPerson.map((one) => forPersonSentence(one, { texts: en })).join("");
    const all = [texts, ...migration.becomes.map(({ value }) => value), ...migration.others, ...migration.files];
    expect(all.join("")).toContain("u001b");
    expect(all.join("")).not.toMatch(/\p{Cc}/u);
  });
});

describe("the scopes of a sign-in", () => {
  it.each<[unknown, boolean | null]>([
    [scopes, true],
    [scopes.join(" "), true],
    [scopes[0], false],
    [undefined, true],
    [5, null],
  ])("%j", (given, contacts) => {
    const plan = planOf({ "config.json": config, "token.json": { ...token, scopes: given } });
    expect(plan.signIn?.contacts ?? null).toBe(contacts);
    if (contacts === null)
      expect(plan.migration.forPerson).toContainEqual(
        expect.objectContaining({ kind: "sign-in-broken", lacks: "scopes" }),
      );
  });
});

describe("its container", () => {
  it("is what the file that Docker reads over the first makes of it", () => {
    const plan = planOf({
      "docker-compose.yml": compose({
        environment: { REDIS_URL: "${GONE}", SYNC_TAG: "A", LOG_LEVEL: "INFO" },
        ports: ["5003:5003"],
      }),
      "docker-compose.override.yml": compose({
        environment: ["REDIS_URL=redis://h.example.com"],
        ports: ["9083:5003"],
      }),
    });
    expect(Object.fromEntries(plan.settings)).toMatchObject({
      REDIS_URL: "redis://h.example.com",
      AVSPARK_LOG_LEVEL: "info",
    });
    expect(plan.migration.becomes).toContainEqual(
      expect.objectContaining({ setting: "REDIS_URL", file: "docker-compose.override.yml" }),
    );
    expect(plan.migration.forPerson).toContainEqual({ kind: "port-led", outside: "9083", inside: "5003" });
    expect(plan.migration.forPerson.some(({ kind }) => kind === "unset")).toBe(false);
  });

  const service = {
    image: "ghcr.example.com/fogis-calendar-phonebook-sync:latest",
    environment: [
      "REDIS_HOST=redis",
      "REDIS_PORT=6379",
      "REDIS_ENABLED=true",
      "FLASK_HOST=0.0.0.0",
      "FLASK_PORT=5003",
      "LOG_LEVEL=${LOG_LEVEL:-INFO}",
      "USER_REFEREE_NUMBER=${NUMBER}",
      "GOOGLE_CALENDAR_TOKEN_FILE=/app/data/google/token.json",
    ],
    volumes: ["./data/sync:/app/data", "./data/sync/google:/app/data/google:ro", "named:/app/logs"],
    ports: ["9083:5003", "127.0.0.1:9084:8080"],
  };

  it("stands above its .env; its paths are this machine's, and Docker's names and ports need a person", () => {
    const plan = planOf({
      ".env": "REDIS_HOST=other\nNUMBER=61000\n",
      "config.json": config,
      "compose.yaml": compose(service, {
        redis: { container_name: "redis", ports: [{ target: 6379, published: 6380 }] },
      }),
      "data/sync/google/token.json": token,
    });
    expect(Object.fromEntries(plan.settings)).toMatchObject({
      REDIS_URL: "redis://redis:6379/0",
      REDIS_PUBSUB_ENABLED: "true",
      AVSPARK_LOG_LEVEL: "info",
      USER_REFEREE_NUMBER: "61000",
      // To let everybody in takes a token, which nobody has yet.
      AVSPARK_HTTP_HOST: "127.0.0.1",
      AVSPARK_HTTP_PORT: "5003",
    });
    expect(plan.signIn?.file).toBe("data/sync/google/token.json");
    expect(plan.migration.forPerson).toEqual([
      { kind: "docker-host", host: "redis", published: "6380" },
      { kind: "open-door", host: "0.0.0.0" },
      { kind: "port-led", outside: "9083", inside: "5003" },
      { kind: "matches-url" },
    ]);
  });

  test.each<[string, string, string | undefined]>([
    ["a default", "${TAG:-A}", "A"],
    ["a default for what is empty", "${EMPTY:-A}", "A"],
    ["what is empty, and set", "a${EMPTY-A}", "a"],
    ["what is set", "$SET-${SET}", "s-s"],
    ["an alternative", "${SET:+B}", "B"],
    ["a dollar", "a$$SET", "a$SET"],
    ["what is set nowhere", "a${NOWHERE}", undefined],
    ["what must be set", "${NOWHERE:?why}", undefined],
  ])("puts in %s as Docker does", (_what, written, want) => {
    const plan = planOf({
      ".env": "SET=s\nEMPTY=\n",
      "docker-compose.yml": compose({ environment: { AVSPARK_SYNC_TAG: written, REDIS_URL: "redis://h.example.com" } }),
    });
    expect(plan.settings.get("AVSPARK_SYNC_TAG")).toBe(want);
    expect(plan.migration.forPerson.some(({ kind }) => kind === "unset")).toBe(want === undefined);
  });

  it("has files of its own with values, and hands names on", () => {
    const files = {
      ".env": "SYNC_TAG=FROM_SHELL\n",
      "sync.env": "REDIS_URL=redis://file.example.com\nREDIS_MAX_RETRIES=9\n",
      "compose.yml": compose({
        environment: { SYNC_TAG: null, REDIS_MAX_RETRIES: 5 },
        env_file: [{ path: "./sync.env" }, ".env"],
      }),
    };
    expect(settingsOf(files)).toMatchObject({
      REDIS_URL: "redis://file.example.com",
      REDIS_MAX_RETRIES: "5",
      AVSPARK_SYNC_TAG: "FROM_SHELL",
    });
  });

  it("is told where none of several services is it, and not guessed", () => {
    const files = {
      "config.json": config,
      "compose.yaml": { services: { a: { environment: ["REDIS_URL=x"] }, b: {} } },
    };
    expect(kindsOf(files)).toContain("compose-service");
    expect(settingsOf(files).REDIS_URL).toBe("redis://fogis-redis:6379");
  });
});

describe("the sign-in", () => {
  const paths = ["credentials/tokens/calendar/token.json", "data/token.json", "token.json"] as const;

  it("is the one that the predecessor used; another beside it is told", () => {
    const [first, , last] = paths;
    const plan = planOf({ "config.json": config, [first]: token, [last]: { ...token, refresh_token: "other" } });
    expect(plan.signIn?.file).toBe(first);
    expect(plan.migration.forPerson).toContainEqual({ kind: "second-sign-in", file: last, used: first });
  });

  test.each<[string, string | object, object]>([
    ["is no JSON", "{", { why: "no-json" }],
    ["is a list", "[1]", { why: "no-json" }],
    ["lacks what refreshes it", { token: "a", client_id: "b" }, { why: null, lacks: "refresh_token" }],
    ["is refreshed nobody knows where", { ...token, token_uri: "http://evil.example.com" }, { lacks: "token_uri" }],
  ])("that %s is told", (_what, content, want) => {
    const plan = planOf({ "config.json": config, "token.json": content });
    expect(plan.signIn).toBeNull();
    expect(plan.migration.forPerson).toContainEqual(expect.objectContaining({ kind: "sign-in-broken", ...want }));
    // What cannot be read at all keeps everything from being written.
    expect(isBlocked(plan.migration)).toBe("why" in want && want.why !== null);
  });

  test("whoever is not signed in has the client to sign in with", () => {
    const client = { client_id: "id", client_secret: "s3cret" };
    expect(settingsOf({ "config.json": config, "credentials.json": { installed: client } })).toMatchObject({
      GOOGLE_OAUTH_CLIENT_ID: "id",
      GOOGLE_OAUTH_CLIENT_SECRET: "s3cret",
    });
    expect(kindsOf({ "config.json": config, "credentials.json": { web: client } })).toContain("web-client");
    expect(kindsOf({ "config.json": config, "credentials.json": { type: "service_account" } })).toContain(
      "service-account",
    );
    expect(kindsOf({ "config.json": config })).toContain("sign-in-missing");
  });

  // Nothing but the scopes says so where no calendar is named.
  const bare = { SYNC_TAG: "A" };
  const inEnvironment = (SCOPES: string) => ({ "config.json": bare, ".env": `SCOPES=${SCOPES}\n` });
  test.each<[string, Files, boolean]>([
    ["that config.json asks for", { "config.json": { ...bare, SCOPES: scopes } }, true],
    ["that config.json asks for in one text", { "config.json": { ...bare, SCOPES: scopes.join(" ") } }, true],
    ["that .env asks for", inEnvironment(scopes.join(",")), true],
    ["that .env asks for as JSON", inEnvironment(`'${JSON.stringify(scopes)}'`), true],
    [
      "that the container asks for",
      { "config.json": bare, "compose.yaml": compose({ environment: { SCOPES: scopes.join(" ") } }) },
      true,
    ],
    ["kept beside a calendar, where nothing is said", { "config.json": config }, true],
    [
      "whose sign-in lacks something",
      { "config.json": config, "token.json": { ...token, refresh_token: undefined } },
      true,
    ],
    [
      "that .env does not ask for, beside a calendar",
      { ...inEnvironment(`${scopes[0]}`), "config.json": config },
      false,
    ],
    ["that config.json does not ask for", { "config.json": { ...config, SCOPES: [scopes[0]] } }, false],
    [
      "that config.json does not ask for, which goes before .env",
      { ...inEnvironment(scopes.join(" ")), "config.json": { ...config, SCOPES: [] } },
      false,
    ],
    ["that may only be read", { "config.json": { ...config, SCOPES: [`${scopes[1]}.readonly`] } }, false],
    ["of which nothing is known", { ".env": "REDIS_URL=redis://h.example.com\n" }, false],
    ["that is kept elsewhere already", { ...inEnvironment(`${scopes[1]}\nAVSPARK_CONTACTS=carddav`) }, false],
  ])("that is lacking is to be for a phonebook %s: %#", (_what, files, wanted) => {
    expect(settingsOf(files).AVSPARK_CONTACTS === "google").toBe(wanted);
    expect(kindsOf(files).includes("contacts-sign-in")).toBe(wanted);
  });

  test.each<[string, Files, readonly string[], string | null]>([
    ["config.json", { "config.json": { ...bare, SCOPES: scopes } }, ["SCOPES"], "config.json"],
    [".env", inEnvironment(scopes.join(",")), ["SCOPES"], ".env"],
    [
      "the compose file",
      { "config.json": bare, "compose.yaml": compose({ environment: { SCOPES: scopes.join(" ") } }) },
      ["SCOPES"],
      "compose.yaml",
    ],
    ["nothing", { "config.json": config }, [], null],
    ["the sign-in", { "config.json": { ...config, SCOPES: scopes }, "token.json": token }, [], "token.json"],
  ])("is shown with what said so: %s", (_, files, names, file) => {
    const { becomes, leftBehind } = planOf(files).migration;
    expect(becomes.find(({ setting }) => setting === "AVSPARK_CONTACTS")).toMatchObject({ names, file });
    expect(leftBehind.some(({ name }) => name === "SCOPES") && names.length > 0).toBe(false);
  });

  test("what it does not allow is not begun", () => {
    const files = { "config.json": config, "token.json": { ...token, scopes: [scopes[0]] } };
    expect(kindsOf(files)).toContain("no-scope");
    expect(settingsOf(files)).not.toHaveProperty("AVSPARK_CONTACTS");
  });
});

describe("a folder that is broken or somebody else's", () => {
  test.each<[string, Files]>([
    ["config.json is no JSON", { "config.json": "{", "token.json": token }],
    ["config.json is a list", { "config.json": "[]" }],
    ["the compose file is none", { "config.json": config, "compose.yaml": "services: [" }],
    ["the compose file has other things in it", { "config.json": config, "compose.yaml": { services: [1] } }],
    [".env is a pipe", { ".env": { state: "unreadable", why: "no-file" } }],
    [
      "credentials.json leads out",
      { "config.json": config, "credentials.json": { state: "unreadable", why: "outside" } },
    ],
  ])("%s: nothing may be written", (_what, files) => {
    expect(isBlocked(planOf(files).migration)).toBe(true);
  });

  test.each<[string, Files]>([
    ["empty", {}],
    ["somebody's Flask", { ".env": "FLASK_PORT=5000\nLOG_LEVEL=debug\n" }],
    ["somebody's config.json", { "config.json": { name: "x" } }],
  ])("%s is not the predecessor's", (_what, files) => {
    expect(planMigration(oldFolder(files))).toBeNull();
  });

  it("leaves out what cannot be used, and says so", () => {
    const files = {
      ".env": "REDIS_URL=localhost\nREDIS_TIMEOUT=soon\nREDIS_TLS_CA_FILE=/app/ca.pem\n",
      "config.json": config,
    };
    expect(settingsOf(files)).toEqual({
      GOOGLE_CALENDAR_ID: config.CALENDAR_ID,
      AVSPARK_SYNC_TAG: config.SYNC_TAG,
      AVSPARK_CALENDARS: "ics,google",
      AVSPARK_CONTACTS: "google",
    });
    expect(kindsOf(files)).toEqual([
      "sign-in-missing",
      "contacts-sign-in",
      "matches-url",
      ...["file-missing", "value", "value", "value"],
    ]);
  });

  it("says what contradicts itself", () => {
    const files = { ".env": "REDIS_SYSTEM_ALERTS_CHANNEL=fogis:matches:updates\n", "config.json": config };
    expect(kindsOf(files)).toContain("together");
  });

  it("whatever stands in the files: a plan that starts, or none, and sentences in both languages", () => {
    const word = fc.oneof(
      fc.constantFrom("", "${A}", "${A:-b}", "$$", "true", "0", "redis://a", "/app/x", "../x", "__proto__"),
      fc.string({ maxLength: 6 }),
    );
    const names = ["REDIS_URL", "REDIS_HOST", "FLASK_HOST", "FLASK_PORT", "SYNC_TAG", "TOKEN_PATH", "__proto__", "TZ"];
    const values = fc.dictionary(fc.constantFrom(...names, ...Object.keys(config)), fc.oneof(word, fc.jsonValue()));
    const files = fc.record(
      {
        ".env": fc
          .array(fc.tuple(fc.constantFrom(...names), word))
          .map((all) => all.map((pair) => pair.join("=")).join("\n")),
        "config.json": fc.oneof(
          values.map((value) => JSON.stringify(value)),
          word,
        ),
        "compose.yaml": fc.oneof(
          values.map((environment) => JSON.stringify(compose({ environment, volumes: ["./a:/app"] }))),
          word,
        ),
        "token.json": fc.oneof(fc.constant(JSON.stringify(token)), word),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(files, (given) => {
        const plan = planMigration(oldFolder(given));
        if (plan === null) return;
        const { problems } = resolveConfig({
          environment: {},
          dotenv: Object.fromEntries(plan.settings),
          settings: {},
        });
        expect(problems.filter(({ kind }) => kind !== "together")).toEqual([]);
        for (const one of plan.migration.forPerson)
          for (const texts of [en, sv]) expect(forPersonSentence(one, { texts })).toMatch(/\S.{10,}\.$/s);
      }),
      { numRuns: 1000 },
    );
  });
});
