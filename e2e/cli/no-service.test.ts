import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { folder } from "../fixtures/folder.ts";
import { freePort, startRedis } from "../fixtures/redis.ts";
import { serve } from "../fixtures/serve.ts";
import { avspark } from "./avspark.ts";

describe("when no service runs", () => {
  const asking = [
    ["status"],
    ["stats"],
    ["check"],
    ["restart"],
    ["test"],
    ["tail"],
    ["preview"],
    ["undo", "ics"],
    ["audit", "ics"],
    ["decline", "1"],
    ["remove", "1"],
    ["log-level", "debug"],
    ["sync"],
  ];

  it.each(asking)("avspark %s says so, and how to start one", async (...args) => {
    const port = await freePort();
    const { code, stdout, stderr } = await avspark(args, { env: { AVSPARK_HTTP_PORT: String(port) } });
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toContain(`No Avspark service answers at http://127.0.0.1:${port}`);
    expect(stderr).toContain("Start one with: avspark serve");
  });

  it("shows the configuration that one would have", async () => {
    const cwd = await folder();
    await writeFile(join(cwd, ".env"), "REDIS_URL=redis://:hush@redis.example.com:6379\nREDIS_MAX_RETRIES=7\n");
    const env = { AVSPARK_HTTP_PORT: String(await freePort()), CALDAV_PASSWORD: "hushhush" };
    const { code, stdout, stderr } = await avspark(["config"], { cwd, env });
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: "No service runs; this is what one started here would use.\n",
    });
    expect(stdout).toMatch(/^REDIS_URL +\.env +redis:\/\/:••••@redis\.example\.com:6379$/m);
    expect(stdout).toMatch(/^REDIS_MAX_RETRIES +\.env +7$/m);
    expect(stdout).toMatch(/^CALDAV_PASSWORD +environment +••••$/m);
    expect(stdout).not.toContain("hush");
    const { configuration } = JSON.parse((await avspark(["config", "--json"], { cwd, env })).stdout);
    expect(configuration).toMatchObject({ valid: true, url: "redis://:••••@redis.example.com:6379" });
  });

  it("shows a wrong configuration too, and ends with 2", async () => {
    const env = { AVSPARK_HTTP_PORT: String(await freePort()), REDIS_MAX_RETRIES: "many" };
    const { code, stdout } = await avspark(["config"], { env });
    expect(code).toBe(2);
    expect(stdout).toContain('REDIS_MAX_RETRIES is "many"; it should be a whole number from 0 to 1000.');
    expect(await avspark(["serve"], { env })).toMatchObject({ code: 2, stdout: "" });
  });

  it("does not take something else for the service", async () => {
    const other = createServer((_request, response) => response.end("<html>")).listen(0, "127.0.0.1");
    await once(other, "listening");
    onTestFinished(() => void other.close());
    const address = other.address();
    const port = typeof address === "object" ? String(address?.port) : "";
    const { code, stderr } = await avspark(["status"], { env: { AVSPARK_HTTP_PORT: port } });
    expect(code).toBe(3);
    expect(stderr).toContain("is no Avspark service of this version");
  });

  it("cannot know a port that was left to the system", async () => {
    const { code, stderr } = await avspark(["status"], { env: { AVSPARK_HTTP_PORT: "0" } });
    expect(code).toBe(3);
    expect(stderr).toContain("--url http://127.0.0.1:PORT");
  });
});

describe("the way to the service", () => {
  const token = "a-token-of-the-test-0123456789";

  it("leads through the socket and past the token, by the service's own settings", async () => {
    const redis = await startRedis();
    onTestFinished(redis.close);
    const socket = join(await folder(), "http.sock");
    const served = await serve({ REDIS_URL: redis.url, AVSPARK_HTTP_TOKEN: token, AVSPARK_HTTP_SOCKET: socket });
    onTestFinished(() => void served.stop());

    const known = { AVSPARK_HTTP_TOKEN: token };
    const through = await avspark(["status"], { env: { ...known, AVSPARK_HTTP_SOCKET: socket } });
    expect(through).toMatchObject({ code: 0, stderr: "" });
    expect(await avspark(["status", "--url", `unix:${socket}`], { env: known })).toMatchObject({ code: 0 });
    expect(await avspark(["status", "--url", served.address], { env: known })).toMatchObject({ code: 0 });
    const refused = await avspark(["status", "--url", served.address], { env: { AVSPARK_HTTP_TOKEN: `${token}-not` } });
    expect(refused).toMatchObject({ code: 4, stdout: "" });
    expect(refused.stderr).toContain("Set AVSPARK_HTTP_TOKEN");
    expect(refused.stderr).not.toContain(token);
    await served.stop();
  });
});

describe("when called wrongly", () => {
  it.each([
    [],
    ["nothing"],
    ["status", "--what"],
    ["check", "--phase", "never"],
    ["undo"],
    ["decline"],
    ["status", "--url", "ftp://example.com"],
    ["tail", "--events", "weather"],
    ["tail", "-n", "many"],
    ["sync", "there-is-no-such-file.json"],
  ])("avspark %s %s %s ends with 2", async (...args) => {
    const { code, stdout, stderr } = await avspark(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).not.toBe("");
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});
