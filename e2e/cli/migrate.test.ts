import { execFile } from "node:child_process";
import { mkdir, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, onTestFinished, test } from "vitest";
import { googleTokenFileSchema } from "../../src/shared/google-token.ts";
import { folder } from "../fixtures/folder.ts";
import { json, startMatchServer } from "../fixtures/match-server.ts";
import { startRedis } from "../fixtures/redis.ts";
import { serve } from "../fixtures/serve.ts";
import { until } from "../fixtures/until.ts";
import { fogisMatch } from "../http/wire.ts";
import { primaryCalendar, startGoogle } from "../stand-ins/google-calendar/server.ts";
import { avspark, spawnAvspark } from "./avspark.ts";

/** Secrets of an invented predecessor; none may be seen anywhere. */
const secrets = { fogis: "inv3nted-fogis", smtp: "inv3nted smtp", redis: "inv3nted-redis" } as const;

/** As the predecessor's deployment leaves its folder: the service of a compose file, with its data beside it. */
const compose = (redisPort: number): string => `
x-env-file: &env-file
  env_file:
    - .env
services:
  process-matches-service:
    image: ghcr.example.com/match-list-processor:latest
    environment:
      - SERVICE_INTERVAL=\${SERVICE_INTERVAL:-3600}
  fogis-calendar-phonebook-sync:
    image: ghcr.example.com/fogis-calendar-phonebook-sync:latest
    <<: *env-file
    environment:
      - FOGIS_USERNAME=\${FOGIS_USERNAME}
      - FOGIS_PASSWORD=\${FOGIS_PASSWORD}
      - USER_REFEREE_NUMBER=\${USER_REFEREE_NUMBER:-12345}
      - GOOGLE_CREDENTIALS_PATH=/app/credentials/google-credentials.json
      - GOOGLE_CALENDAR_TOKEN_FILE=/app/data/google-calendar/token.json
      - LOG_LEVEL=INFO
      - FLASK_HOST=0.0.0.0  # Bind to all interfaces for inter-container communication
      - FLASK_PORT=5003
      - LOG_ENABLE_FILE=true
      - REDIS_HOST=127.0.0.1
      - REDIS_PORT=${redisPort}
      - REDIS_PASSWORD=\${REDIS_PASSWORD}
      - REDIS_ENABLED=true
      - USE_LOCAL_MATCH_DATA=true
    volumes:
      - ./data/fogis-calendar-phonebook-sync:/app/data
      - ./credentials:/app/credentials:ro
      - ./data/fogis-calendar-phonebook-sync/google-calendar:/app/data/google-calendar
      - ../fogis-calendar-phonebook-sync/token.json:/app/token.json:ro
    ports:
      - "9083:5003"
`;

const config = (tag: string) => ({
  COOKIE_FILE: "fogis_cookies.json",
  CREDENTIALS_FILE: "credentials.json",
  CALENDAR_ID: primaryCalendar,
  SYNC_TAG: tag,
  MAX_RETRIES: 3,
  USE_LOCAL_MATCH_DATA: false,
  DAYS_TO_KEEP_PAST_EVENTS: 7,
  SCOPES: ["https://www.googleapis.com/auth/calendar", "https://www.googleapis.com/auth/contacts"],
  NOTIFICATION_METHOD: "discord",
  SMTP_SERVER: "smtp.example.com",
  SMTP_PASSWORD: secrets.smtp,
  DISCORD_WEBHOOK_URL: "",
  AUTH_SERVER_PORT: 8080,
});

const put = async (root: string, files: Readonly<Record<string, string>>): Promise<void> => {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(root, path, ".."), { recursive: true });
    await writeFile(join(root, path), text);
  }
};

/** Everything in a folder, by its path. */
const contentsOf = async (root: string): Promise<Readonly<Record<string, string>>> => {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(await Promise.all(files.map(async (file) => [file, await readFile(file, "utf8")])));
};

const description = (id: number): string =>
  `00000000${id}\nProvcupen\n\nHD:\nProv Domare\nMobil: 0700000001\n\n\nMatch Details: https://www.svenskfotboll.se/matchfakta/${id}/\n`;

/** The predecessor's world: its Redis, its calendar with events of two matches, its phonebook, and its folder. */
const predecessor = async (tag: string) => {
  const google = await startGoogle();
  onTestFinished(google.stop);
  const redis = await startRedis({ password: secrets.redis });
  onTestFinished(() => redis.close());
  const officials = [
    { personnamn: "Prov Domare", domarnr: "101", mobiltelefon: "0700000001", epostadress: "domare@example.com" },
  ].map((one) => ({ ...one, domarrollnamn: "Huvuddomare" }));
  const source = await startMatchServer(json([1, 2, 3].map((id) => fogisMatch(id, { domaruppdraglista: officials }))));
  onTestFinished(() => source.close());
  for (const id of [1, 2])
    google.predecessor(primaryCalendar, {
      ...{
        matchId: String(id),
        syncTag: tag,
        summary: `Hemma ${id} IF - Borta ${id} BK`,
        description: description(id),
      },
      start: { dateTime: `2027-05-06T12:0${id}:00Z` },
      end: { dateTime: `2027-05-06T14:0${id}:00Z` },
      reminders: { useDefault: false, overrides: [{ method: "popup", minutes: 2880 }] },
    });
  google.person.insert(primaryCalendar, {
    summary: "Tandläkaren",
    start: { dateTime: "2027-05-06T08:00:00Z" },
    end: { dateTime: "2027-05-06T09:00:00Z" },
  });
  const group = google.people.group("Referees");
  google.people.add({
    names: [{ givenName: "Prov", familyName: "Domare" }],
    phoneNumbers: [{ value: "0700000009", type: "mobile" }],
    externalIds: [{ value: "FogisId=DomarNr=101", type: "account" }],
    memberships: [{ contactGroupMembership: { contactGroupResourceName: group } }],
    biographies: [{ value: "Ring efter tolv" }],
  });
  const old = await folder();
  const token = { ...google.tokenFile(), scopes: config(tag).SCOPES };
  await put(old, {
    ".env": `FOGIS_USERNAME=Prov\nFOGIS_PASSWORD=${secrets.fogis}\nUSER_REFEREE_NUMBER=61000\nREDIS_PASSWORD=${secrets.redis}\nGRAFANA_ADMIN_PASSWORD=x\n`,
    "config.json": JSON.stringify(config(tag), null, 2),
    "docker-compose.yml": compose(redis.port),
    "credentials/google-credentials.json": JSON.stringify({
      installed: { client_id: "other", client_secret: "other" },
    }),
    "data/fogis-calendar-phonebook-sync/google-calendar/token.json": JSON.stringify(token),
  });
  return { google, source, old, token };
};

const say = (what: string) => ({ withinMs: 45_000, everyMs: 50, what: () => what });

test.each(["FOGIS_CALENDAR_SYNC", "DISTRIKTET_2026"])(
  "a folder of the predecessor's, its events under %s: one start, nothing doubled, nothing lost, and undone",
  async (tag) => {
    const { google, source, old, token } = await predecessor(tag);
    const data = await folder();
    const env = { AVSPARK_DATA_DIR: data, GOOGLE_API_ROOT: google.url, AVSPARK_MATCHES_URL: source.url };
    const migrate = (...more: readonly string[]) => avspark(["migrate", old, ...more], { cwd: data, env });
    const before = await contentsOf(old);

    const preview = await migrate();
    expect(preview).toMatchObject({ code: 0, stderr: "" });
    expect(preview.stdout).toMatch(/^ {2}CALENDAR_ID +config\.json +→ GOOGLE_CALENDAR_ID=/m);
    expect(preview.stdout).toMatch(/^ {2}FOGIS_PASSWORD +docker-compose\.yml +Avspark never signs in to FOGIS/m);
    expect(preview.stdout).toContain("GRAFANA_ADMIN_PASSWORD");
    expect(preview.stdout).toContain("set AVSPARK_HTTP_HOST=0.0.0.0 and make each a token");
    expect(preview.stdout).toMatch(/That was a preview: \d+ settings\. --write writes them\.\n$/);
    expect(await contentsOf(data)).toEqual({});

    const written = await migrate("--write");
    expect(written).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/^✓ Redis: .*\n✓ Match list.*\n✓ Google.*2 events of ours\.\n$/),
    });
    const envFile = join(data, ".env");
    const tokenFile = join(data, "google-token.json");
    expect((await stat(envFile)).mode & 0o777).toBe(0o600);
    expect((await stat(tokenFile)).mode & 0o777).toBe(0o600);
    expect(JSON.parse(await readFile(tokenFile, "utf8"))).toMatchObject(token);
    const { refresh_token: refresh, client_secret: client } = googleTokenFileSchema.parse(token);
    for (const secret of [...Object.values(secrets), refresh, client ?? ""])
      expect(preview.stdout + written.stdout + written.stderr).not.toContain(secret);
    expect(await contentsOf(old)).toEqual(before);

    // Twice is once.
    const once = await contentsOf(data);
    expect((await migrate("--write")).stdout).toContain("nothing was written");
    expect(await contentsOf(data)).toEqual(once);

    const served = await serve(env, { folder: data });
    onTestFinished(async () => void (await served.stop()));
    const run = (...args: readonly string[]) => avspark([...args, "--url", served.address]);
    const events = () => google.events(primaryCalendar);
    const titles = () =>
      events()
        .map(({ summary }) => summary)
        .sort();
    await until(
      () => titles().join() === "Hemma 1 IF – Borta 1 BK,Hemma 2 IF – Borta 2 BK,Hemma 3 IF – Borta 3 BK,Tandläkaren",
      { ...say("three events and a person's own"), what: () => `three events and a person's own in ${titles()}` },
    );
    const shown = events().find(({ summary }) => String(summary).startsWith("Hemma 1"));
    expect(shown).toMatchObject({
      extendedProperties: { private: { matchId: "1", syncTag: tag } },
      reminders: { useDefault: false, overrides: [{ method: "popup", minutes: 2880 }] },
    });
    const phones = () =>
      google.people.all().flatMap(({ phoneNumbers }) => phoneNumbers?.map(({ value }) => value) ?? []);
    await until(() => phones().length === 2, say("the phonebook's contact completed"));
    expect(google.people.all()).toMatchObject([
      {
        emailAddresses: [{ value: "domare@example.com" }],
        biographies: [{ value: "Ring efter tolv" }],
        externalIds: [{ value: "FogisId=DomarNr=101" }],
      },
    ]);
    const { people } = await (await fetch(`${served.address}/people`)).json();
    expect(people).toMatchObject([{ name: "Prov Domare", contacts: { "google-contacts": { state: "there" } } }]);

    const checked = await run("check");
    expect(checked.stdout).toMatch(/^ {2}✓ /m);
    expect(checked.stdout).not.toMatch(/✗ (?!.*systemd)/);

    expect(await run("undo", "google")).toMatchObject({ code: 0, stdout: "Undone: 3 events.\n" });
    expect(titles()).toEqual(["Hemma 1 IF - Borta 1 BK", "Hemma 2 IF - Borta 2 BK", "Tandläkaren"]);
    expect(await run("undo", "google-contacts")).toMatchObject({ code: 0, stdout: "Undone: 1 contact.\n" });
    expect(google.people.all()).toMatchObject([{ phoneNumbers: [{ value: "0700000009" }], emailAddresses: [] }]);
  },
);

describe("a folder that cannot be taken over writes nothing", () => {
  const inData = async () => {
    const data = await folder();
    const run = (old: string) => avspark(["migrate", old, "--write"], { cwd: data, env: { AVSPARK_DATA_DIR: data } });
    return { data, run };
  };

  test.each<[string, (old: string) => Promise<unknown>, RegExp]>([
    [
      "its config.json is no JSON",
      (old) => put(old, { "config.json": '{"CALENDAR_ID": ' }),
      /config\.json cannot be read: it is no JSON/,
    ],
    [
      "its token.json is no JSON",
      (old) => put(old, { "config.json": "{}", "token.json": "{" }),
      /token\.json is no sign-in/,
    ],
    [
      "its .env is a pipe that nobody writes to",
      (old) => promisify(execFile)("mkfifo", [join(old, ".env")]),
      /\.env cannot be read: something that is no ordinary file/,
    ],
    [
      "its config.json leads out of it, to somebody's own",
      async (old) => {
        const outside = await folder();
        await put(outside, { "config.json": "{}" });
        await symlink(join(outside, "config.json"), join(old, "config.json"));
      },
      /config\.json cannot be read: it leads out of the folder/,
    ],
    [
      "its compose file grows without end",
      async (old) => {
        const levels = "bcdefghij"
          .split("")
          .map((name, at) => `${name}: &${name} [${`*${"abcdefghi"[at]},`.repeat(9)}]`);
        await put(old, {
          ".env": "REDIS_URL=redis://h.example.com\n",
          "compose.yaml": `a: &a [x]\n${levels.join("\n")}\n`,
        });
      },
      /compose\.yaml cannot be read: it is no compose file/,
    ],
    ["a folder is in the place of its .env", (old) => put(old, { ".env/a": "" }), /\.env cannot be read: a folder/],
    [
      "its .env is larger than any",
      (old) => put(old, { ".env": "A=1\n".repeat(300_000) }),
      /larger than a file of settings/,
    ],
  ])("where %s", async (_what, make, complaint) => {
    const old = await folder();
    await make(old);
    const { data, run } = await inData();
    const ended = await run(old);
    expect(ended.stdout).toMatch(complaint);
    expect(ended).toMatchObject({ code: 2, stderr: "" });
    expect(await contentsOf(data)).toEqual({});
  });

  test("where it is none, a file, or somebody else's", async () => {
    const old = await folder();
    const { data, run } = await inData();
    await put(old, { "package.json": "{}" });
    const stderr = (text: string) => expect.stringContaining(text);
    expect(await run(join(old, "no"))).toMatchObject({
      code: 2,
      stdout: "",
      stderr: stderr("There is no such folder."),
    });
    expect(await run(join(old, "package.json"))).toMatchObject({ code: 2, stderr: stderr("That is no folder.") });
    expect(await run(old)).toMatchObject({ code: 2, stderr: stderr("Nothing of the Python service") });
    expect(await contentsOf(data)).toEqual({});
  });
});

test("in its own folder nothing is written: its .env is the way back, however the folder is named", async () => {
  const [old, beside] = [await folder(), await folder()];
  await put(old, { ".env": "REDIS_URL=redis://h.example.com\n", "config.json": JSON.stringify(config("A")) });
  await symlink(old, join(beside, "link"));
  await symlink(join(old, ".env"), join(beside, ".env"));
  const before = await contentsOf(old);
  for (const [name, cwd] of [
    [".", old],
    [old, old],
    [join(beside, "link"), old],
    [old, beside],
  ] as const) {
    const ended = await avspark(["migrate", name, "--write"], { cwd, env: { AVSPARK_DATA_DIR: beside } });
    expect(ended).toMatchObject({ code: 2, stderr: expect.stringContaining("the way back") });
  }
  expect(await contentsOf(old)).toEqual(before);
});

test("what stands in its files is shown and does nothing, and numbers are as they are written", async () => {
  const old = await folder();
  await put(old, {
    "config.json": JSON.stringify({ ...config("A\u001b[2J\nREDIS_URL=x"), "B\u009b2J": 1 }),
    "docker-compose.yml": "services:\n  fogis-sync:\n    environment:\n      USER_REFEREE_NUMBER: 0123\n",
  });
  const { stdout, stderr } = await avspark(["migrate", old], { cwd: old });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
  expect(stdout + stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u0080-\u009f]/);
  expect(stdout).toContain("A\\u001b[2J\\u000aREDIS_URL=x");
  expect(stdout).toMatch(/→ USER_REFEREE_NUMBER=0123$/m);
});

test("what .env says already stays, and a sign-in of Avspark's own; both are told", async () => {
  const old = await folder();
  const data = await folder();
  const token = (refresh: string) => JSON.stringify({ refresh_token: refresh, client_id: "a", client_secret: "b" });
  await put(old, { "config.json": JSON.stringify(config("A")), "token.json": token("theirs") });
  const mine = "# Mine.\nREDIS_PUBSUB_ENABLED=false\nAVSPARK_SYNC_TAG=B # stays";
  await put(data, { ".env": mine, "google-token.json": token("ours") });
  const env = { AVSPARK_DATA_DIR: data, AVSPARK_CALENDARS: "ics" };
  const ended = await avspark(["migrate", old, "--write"], { cwd: data, env });
  expect(ended.stdout).toContain(`AVSPARK_SYNC_TAG is set otherwise in ${join(data, ".env")}, and stays so.`);
  expect(ended.stdout).toContain("is another sign-in already, and stays");
  const text = await readFile(join(data, ".env"), "utf8");
  expect(text.startsWith(`${mine}\n`)).toBe(true);
  expect(text).toContain(`GOOGLE_CALENDAR_ID=${primaryCalendar}\n`);
  expect((await stat(join(data, ".env"))).mode & 0o777).toBe(0o600);
  expect(await readFile(join(data, "google-token.json"), "utf8")).toBe(token("ours"));
});

test("a phonebook whose sign-in is lacking is kept: whoever signs in is asked for the contacts too", async () => {
  const old = await folder();
  const data = await folder();
  await put(old, {
    "config.json": JSON.stringify(config("A")),
    "credentials.json": JSON.stringify({ installed: { client_id: "a", client_secret: "b" } }),
  });
  const env = { AVSPARK_DATA_DIR: data, REDIS_PUBSUB_ENABLED: "false", AVSPARK_CALENDARS: "ics" };
  const written = await avspark(["migrate", old, "--write"], { cwd: data, env });
  expect(written.stdout).toContain("the sign-in to Google asks for the contacts too");
  expect(await readFile(join(data, ".env"), "utf8")).toContain("AVSPARK_CONTACTS=google\n");

  const signingIn = spawnAvspark(["google", "sign-in"], { cwd: data, env: { AVSPARK_DATA_DIR: data } });
  onTestFinished(() => void signingIn.kill());
  let said = "";
  signingIn.stderr.on("data", (text) => {
    said += text;
  });
  await until(() => said.includes("reaches this one through"), say("an address to sign in at"));
  const [address = ""] = /^https:.*$/m.exec(said) ?? [];
  expect(new URL(address).searchParams.get("scope")?.split(" ")).toContain("https://www.googleapis.com/auth/contacts");
});

test("a sign-in that was written is taken away again where the settings cannot be", async () => {
  const old = await folder();
  const data = await folder();
  await put(old, {
    "config.json": JSON.stringify(config("A")),
    "token.json": JSON.stringify({ refresh_token: "r", client_id: "a", client_secret: "b" }),
  });
  await mkdir(join(data, "there"));
  await symlink(join(data, "there"), join(data, ".env"));
  const ended = await avspark(["migrate", old, "--write"], { cwd: data, env: { AVSPARK_DATA_DIR: data } });
  expect(ended.code).toBe(1);
  expect(ended.stderr).toContain("a folder");
  expect(await contentsOf(data)).toEqual({});
});
