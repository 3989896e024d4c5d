import { execFile, spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { folder } from "../fixtures/folder.ts";
import { startRadicale } from "../fixtures/radicale.ts";
import { type RedisServer, startRedis } from "../fixtures/redis.ts";
import { type Served, serve } from "../fixtures/serve.ts";
import { fogisMatch } from "../http/wire.ts";
import { avspark, program } from "./avspark.ts";

const exec = promisify(execFile);
const canPretend = spawnSync("script", ["--version"]).status === 0;

let redis: RedisServer;
let served: Served;
beforeAll(async () => {
  redis = await startRedis();
  served = await serve({ REDIS_URL: redis.url });
});
afterAll(async () => {
  await served.stop();
  await redis.close();
});

/** What a person sees: `script` runs the command on a terminal of its own. */
const onTerminal = async (
  args: string,
  env: Readonly<Record<string, string>> = {},
  { address } = served,
): Promise<string> => {
  const command = `${process.execPath} ${program} ${args} --url ${address}`;
  const { stdout } = await exec("script", ["-qec", command, "/dev/null"], {
    cwd: tmpdir(),
    env: { PATH: process.env.PATH, HOME: tmpdir(), TERM: "xterm-256color", ...env },
  });
  return stdout;
};

const colour = "\u001b[";

describe.runIf(canPretend)("colours", () => {
  it("are for a terminal", async () => {
    expect(await onTerminal("status")).toContain(colour);
    expect(
      (await avspark(["status", "--url", served.address], { env: { TERM: "xterm-256color" } })).stdout,
    ).not.toContain(colour);
  });

  it("are left out where NO_COLOR is set, or the terminal has none", async () => {
    expect(await onTerminal("status", { NO_COLOR: "1" })).not.toContain(colour);
    expect(await onTerminal("status", { TERM: "dumb" })).not.toContain(colour);
  });

  it("never stand in JSON", async () => {
    expect(JSON.parse(await onTerminal("status --json"))).toMatchObject({ success: true });
  });
});

describe.runIf(canPretend)("a long sync", () => {
  it("shows how far it has come where somebody looks on, and takes that away", async () => {
    const radicale = await startRadicale();
    const slow = await serve({
      REDIS_URL: redis.url,
      AVSPARK_CALENDARS: "caldav",
      CALDAV_URL: await radicale.makeCalendar("matches"),
      CALDAV_USERNAME: radicale.username,
      CALDAV_PASSWORD: radicale.password,
    });
    try {
      const file = join(await folder(), "matches.json");
      const matches = Array.from({ length: 200 }, (_, index) => fogisMatch(index + 1));
      await writeFile(file, JSON.stringify(matches));
      const shown = await onTerminal(`sync ${file}`, {}, slow);
      expect(shown).toMatch(/CalDAV \[#*-+\] \d+\/\d+/);
      // The bar's line is empty before the first result comes.
      expect(shown).toContain("\r\u001b[K1    Calendar file");
    } finally {
      await slow.stop();
      await radicale.close();
    }
  });
});
