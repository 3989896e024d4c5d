import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { expect, it, onTestFinished } from "vitest";
import { folder } from "../fixtures/folder.ts";
import { freePort, startRedis } from "../fixtures/redis.ts";
import { serve } from "../fixtures/serve.ts";
import { alertOf, fogisMatch, updateOf, updates } from "../http/wire.ts";
import { avspark, live } from "./avspark.ts";

/** What must be in no bundle, wherever it has been before. */
const secrets = {
  redis: "redis-password-of-the-test",
  token: "http-token-of-the-test-0123456789",
  caldav: "caldav-password/of the test",
  carddav: "carddav-password-of-the-test",
  client: "client-secret-of-the-test",
  phone: "0700000001",
  email: "domare@example.com",
};

const unpacked = (zip: Uint8Array): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(unzipSync(zip)).map(([name, bytes]) => [name, strFromU8(bytes)]));

it("gathers what helps, and no secret and no contact data", async () => {
  const redis = await startRedis({ password: secrets.redis });
  onTestFinished(redis.close);
  const cwd = await folder();
  const data = join(cwd, "data");
  const settings = {
    REDIS_URL: redis.url,
    AVSPARK_HTTP_TOKEN: secrets.token,
    AVSPARK_HTTP_PORT: String(await freePort()),
    AVSPARK_DATA_DIR: data,
    AVSPARK_LOG_LEVEL: "trace",
    AVSPARK_CALENDARS: "ics,caldav",
    CALDAV_URL: `http://127.0.0.1:${await freePort()}/`,
    CALDAV_USERNAME: "coordinator",
    CALDAV_PASSWORD: secrets.caldav,
    GOOGLE_OAUTH_CLIENT_SECRET: secrets.client,
  };
  await writeFile(
    join(cwd, ".env"),
    Object.entries(settings)
      .map(([name, value]) => `${name}="${value}"\n`)
      .join(""),
  );
  const served = await serve(settings);
  onTestFinished(() => void served.stop());
  await live(served, 0, secrets.token);
  await redis.publish(updates, updateOf([fogisMatch(1)]));
  await redis.publish(updates, `{"contact": "${secrets.email}, ${secrets.phone}", `);
  await redis.publish("fogis:system:alerts", alertOf(`Call ${secrets.phone} or write to ${secrets.email}`));
  await live(served, 3, secrets.token);

  // What the app has saved, as a person may have written it by hand too.
  await writeFile(
    join(data, "settings.json"),
    JSON.stringify({
      values: { AVSPARK_LANGUAGE: "sv", CARDDAV_PASSWORD: secrets.carddav },
      sealed: { CALDAV_PASSWORD: "AAAA" },
    }),
  );
  expect(await avspark(["bundle", "help.zip"], { cwd })).toEqual({
    code: 0,
    stdout: "Written to help.zip.\n",
    stderr: "",
  });
  const file = join(cwd, "help.zip");
  expect((await stat(file)).mode & 0o077).toBe(0);
  const files = unpacked(await readFile(file));
  expect(Object.keys(files).toSorted()).toEqual([
    "README.txt",
    "configuration.json",
    "desktop-configuration.json",
    "gaps.json",
    "journal.json",
    "log.jsonl",
    "service-configuration.json",
    "statistics-24h.json",
    "statistics.json",
    "status.json",
    "versions.json",
  ]);
  const whole = Object.values(files).join("\n");
  for (const secret of Object.values(secrets)) {
    expect(whole).not.toContain(secret);
    expect(whole).not.toContain(encodeURIComponent(secret));
  }
  expect(JSON.parse(files["journal.json"] ?? "")).toMatchObject({ rows: { messages: 3, matches: 1 } });
  expect(JSON.parse(files["status.json"] ?? "")).toMatchObject({ redis_status: { status: "connected" } });
  expect(files["configuration.json"]).toContain("AVSPARK_LOG_LEVEL");
  expect(JSON.parse(files["desktop-configuration.json"] ?? "").settings).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ name: "AVSPARK_LANGUAGE", value: "sv", source: "settings" }),
      expect.objectContaining({ name: "CARDDAV_PASSWORD", value: "••••", source: "settings" }),
    ]),
  );
  expect(files["log.jsonl"]).toContain("service started");

  await served.stop();
  // It is wanted most when nothing runs.
  const { code, stdout } = await avspark(["bundle"], { cwd });
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: expect.stringMatching(/^Written to avspark-bundle-\d{8}T\d{6}Z\.zip\.$/m),
  });
  const [, name = ""] = /^Written to (.*)\.$/m.exec(stdout) ?? [];
  const later = unpacked(await readFile(join(cwd, name)));
  expect(later["status.json"]).toContain("No Avspark service answers");
  expect(JSON.parse(later["journal.json"] ?? "")).toMatchObject({ rows: { messages: 3 } });
  expect(later["log.jsonl"]).toContain("service stopped");
});

it("writes over nothing", async () => {
  const cwd = await folder();
  await writeFile(join(cwd, "there.zip"), "mine");
  const { code, stderr } = await avspark(["bundle", "there.zip"], {
    cwd,
    env: { AVSPARK_HTTP_PORT: String(await freePort()) },
  });
  expect({ code, stderr }).toEqual({ code: 2, stderr: "there.zip cannot be written: it is there already.\n" });
  expect(await readFile(join(cwd, "there.zip"), "utf8")).toBe("mine");
});
