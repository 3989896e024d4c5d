// biome-ignore-all lint/suspicious/noTemplateCurlyInString: as it stands in a .env file
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { keepDoorToken } from "../../src/main/adapters/door-token.ts";
import { folder } from "../fixtures/folder.ts";
import { freePort } from "../fixtures/redis.ts";
import { serve } from "../fixtures/serve.ts";
import { avspark } from "./avspark.ts";

const answer = z.object({
  configuration: z.object({
    valid: z.boolean(),
    url: z.string(),
    unknown: z.array(z.string()),
    problems: z.array(z.object({ variable: z.string(), expected: z.string() })),
    oldNames: z.array(z.object({ name: z.string(), became: z.array(z.string()), used: z.boolean() })),
    settings: z.array(z.object({ name: z.string(), value: z.string(), source: z.string() })),
  }),
});

/** What `avspark config` makes of a folder's .env; nobody serves on its port. */
const config = async (dotenv: string | Uint8Array | null, env: Readonly<Record<string, string>> = {}) => {
  const cwd = await folder();
  if (dotenv !== null) await writeFile(join(cwd, ".env"), dotenv);
  return configIn(cwd, env);
};

const configIn = async (cwd: string, env: Readonly<Record<string, string>>) => {
  const port = String(await freePort());
  const { code, stdout, stderr } = await avspark(["config", "--json"], {
    cwd,
    env: { AVSPARK_HTTP_PORT: port, ...env },
  });
  const { configuration } = answer.parse(JSON.parse(stdout));
  const given = configuration.settings.filter(({ source }) => source === "dotenv" || source === "environment");
  return {
    code,
    stderr,
    configuration,
    values: Object.fromEntries(given.map(({ name, value }) => [name, value])),
  };
};

describe("the .env of the working directory, on the command line", () => {
  const address = "redis://127.0.0.1:6379";
  it.each<[string, string | Uint8Array, Readonly<Record<string, string>>]>([
    ["a byte order mark", `\ufeffREDIS_URL=${address}\n`, { REDIS_URL: address }],
    ["UTF-16", Buffer.from(`\ufeffREDIS_URL=${address}\r\n`, "utf16le"), { REDIS_URL: address }],
    [
      "CRLF and a tab",
      `\tREDIS_URL=${address}\r\nREDIS_MAX_RETRIES=0\r\n`,
      { REDIS_URL: address, REDIS_MAX_RETRIES: "0" },
    ],
    ["# in a value", "CALDAV_USERNAME=abc#def\n", { CALDAV_USERNAME: "abc#def" }],
    ["a comment", "AVSPARK_POLL_INTERVAL=60  # seconds\n", { AVSPARK_POLL_INTERVAL: "60" }],
    ["export and quotes", "export CALDAV_USERNAME='anna b'\n", { CALDAV_USERNAME: "anna b" }],
    [
      "a variable",
      "HOSTNAME_OF_REDIS=127.0.0.1\nREDIS_URL=redis://${HOSTNAME_OF_REDIS}:6379\n",
      { REDIS_URL: address },
    ],
  ])("%s", async (_why, text, want) => {
    const { code, values } = await config(text);
    expect(code).toBe(0);
    expect(values).toMatchObject(want);
  });

  it("a variable that is set nowhere, another encoding or a folder in its place: exit 2 and a sentence", async () => {
    const unset = await config("REDIS_URL=redis://${NOWHERE}:6379\n");
    expect(unset.code).toBe(2);
    expect(unset.configuration.problems[0]?.expected).toContain("NOWHERE is set nowhere");
    const latin = await config(Buffer.from("CALDAV_USERNAME=Åsa\n", "latin1"));
    expect([latin.code, latin.configuration.problems[0]?.variable]).toEqual([2, ".env"]);
    const cwd = await folder();
    await mkdir(join(cwd, ".env"));
    expect((await configIn(cwd, {})).code).toBe(2);
    const served = await avspark(["serve"], { cwd, env: { AVSPARK_DATA_DIR: cwd } });
    expect(served).toMatchObject({
      code: 2,
      stdout: "",
      stderr: '.env is "a folder" (dotenv); it should be a text file in UTF-8 or UTF-16 that this user may read.\n',
    });
  });
});

describe("the predecessor's names", () => {
  it("are understood, and named with what they became", async () => {
    const env = { REDIS_HOST: "fogis-redis", REDIS_PASSWORD: "hunter2", LOG_LEVEL: "WARNING", REDIS_ULR: "redis://x" };
    const { code, values, configuration } = await config(null, env);
    expect(code).toBe(0);
    expect(values).toMatchObject({ REDIS_URL: "redis://:••••@fogis-redis:6379/0", AVSPARK_LOG_LEVEL: "warn" });
    expect(configuration.url).toBe("redis://:••••@fogis-redis:6379/0");
    expect(configuration.oldNames).toContainEqual(
      expect.objectContaining({ name: "REDIS_PASSWORD", became: ["REDIS_URL"], used: true }),
    );
    expect(configuration.unknown).toEqual(["REDIS_ULR"]);
    const { stdout } = await avspark(["config"], { env: { ...env, AVSPARK_HTTP_PORT: String(await freePort()) } });
    expect(stdout).toMatch(/^REDIS_URL +environment \(REDIS_HOST, REDIS_PASSWORD\) +redis:/m);
    expect(stdout).toContain("LOG_LEVEL (environment) became AVSPARK_LOG_LEVEL.");
    expect(stdout).toContain("REDIS_ULR is no setting of Avspark and does nothing.");
    expect(stdout).not.toContain("hunter2");
  });
});

describe("a malformed value", () => {
  it.each([
    ["REDIS_URL", "redis://:6379"],
    ["REDIS_URL", "redis://h:99999"],
    ["REDIS_URL", "redis+sentinel://h:26379"],
    ["REDIS_URL", "redis://h?nonsense=1"],
    ["REDIS_URL", "redis://:pQx/w@h:1"],
    ["CALDAV_URL", "https://"],
    ["CALDAV_URL", "https://h:99999/"],
    ["AVSPARK_MATCHES_URL", "ftp://h/m"],
    ["AVSPARK_MATCHES_URL", "https://user:aQx#b@h/m"],
    ["REDIS_PORT", "99999"],
    ["REDIS_HOST", "redis://:aQx@h:6379"],
    ["REDIS_DB", "x"],
    ["LOG_LEVEL", "loud"],
    ["AVSPARK_HTTP_HOST", "999.1.1.1"],
    ["AVSPARK_HTTP_TOKEN", "a-token-that-is-Qx-🔑"],
    ["AVSPARK_CALENDARS", ","],
  ])("%s=%s: exit 2 and one sentence before anything runs", async (name, value) => {
    const data = await folder();
    const env = {
      AVSPARK_DATA_DIR: join(data, "none"),
      REDIS_HOST: "h",
      AVSPARK_CALENDARS: "ics,caldav",
      [name]: value,
    };
    const { code, stdout, stderr } = await avspark(["serve"], { env: { CALDAV_URL: "https://h", ...env } });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(new RegExp(`^${name} is ".+" \\(environment\\b.*\\); it should be .+\\.\\n$`, "m"));
    expect(stderr).not.toContain("Qx");
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});

it("avspark config with an address that cannot be one: exit 2 and a sentence, no stack", async () => {
  const { code, stdout, stderr } = await avspark(["config"], {
    env: { AVSPARK_HTTP_HOST: "999.1.1.1", AVSPARK_HTTP_PORT: String(await freePort()) },
  });
  expect(code).toBe(2);
  expect(stdout).toContain('AVSPARK_HTTP_HOST is "999.1.1.1"; it should be a host name or an IP address.');
  expect(stderr).toBe("No service runs; this is what one started here would use.\n");
});

it("finds the token with which this user's app has closed its door", async () => {
  const token = "token-of-the-app-0123456789";
  const served = await serve({ AVSPARK_HTTP_TOKEN: token });
  onTestFinished(() => void served.stop());
  const env = { AVSPARK_DATA_DIR: served.folder };
  const status = ["status", "--url", served.address];
  expect(await avspark(status, { cwd: await folder(), env })).toMatchObject({ code: 4 });
  keepDoorToken(served.folder, token);
  expect((await avspark(status, { cwd: await folder(), env })).stderr).toBe("");
});
