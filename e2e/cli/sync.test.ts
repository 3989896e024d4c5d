import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { folder } from "../fixtures/folder.ts";
import { freePort, type RedisServer, startRedis } from "../fixtures/redis.ts";
import { type Served, serve } from "../fixtures/serve.ts";
import { fogisMatch, guideMatch, updateOf } from "../http/wire.ts";
import { avspark, live } from "./avspark.ts";

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

const sync = (args: readonly string[], input?: string | Uint8Array) =>
  avspark(["sync", "--url", served.address, ...args], input === undefined ? {} : { input });

describe("sync", () => {
  it("puts the matches of a file in the calendars, with a line for each", async () => {
    const file = join(await folder(), "matches.json");
    await writeFile(file, JSON.stringify({ matches: [fogisMatch(1), fogisMatch(2), guideMatch(3)] }));
    const { code, stdout, stderr } = await sync([file]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "2 inserted, 1 skipped\n" });
    expect(stdout.split("\n")).toEqual([
      "1  Calendar file  inserted",
      "2  Calendar file  inserted",
      "3  Calendar file  skipped: Not in the calendar: no kick-off",
      "",
    ]);
  });

  it.each([
    ["a bare list", JSON.stringify([fogisMatch(4)])],
    ["a list in an object, after a byte order mark", `\uFEFF${JSON.stringify({ matches: [fogisMatch(5)] })}`],
    ["a whole match update", updateOf([fogisMatch(6)])],
    ["one match", JSON.stringify(fogisMatch(9))],
    ["what Windows calls Unicode", Buffer.from(`\uFEFF${JSON.stringify([fogisMatch(10)])}`, "utf16le")],
    ["what Python calls JSON", JSON.stringify([fogisMatch(11)]).replace("}]", ', "anlaggningLatitud": NaN}]')],
  ])("reads %s from standard input", async (_what, input) => {
    expect(await sync(["-"], input)).toMatchObject({ code: 0, stdout: expect.stringContaining("inserted") });
  });

  it("tells a script each match's result", async () => {
    const { stdout } = await sync(["-", "--json"], JSON.stringify([fogisMatch(7)]));
    expect(JSON.parse(stdout)).toMatchObject({
      success: true,
      matches_processed: 1,
      results: [{ matchId: "7", target: "ics", outcome: "inserted" }],
    });
  });

  it.each([
    ["no JSON", "matches", "Standard input is not JSON."],
    [
      "another encoding",
      Buffer.from('[{"matchid": 1, "hemmalag": "Malmö"}]', "latin1"),
      "Standard input is not UTF-8.",
    ],
    ["no list", '{"games": []}', "Standard input has no list of matches."],
  ])("refuses %s before it asks anybody", async (_what, input, sentence) => {
    const { code, stdout, stderr } = await sync(["-"], input);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(sentence);
  });

  it("takes the good matches and names the bad ones, and ends with 1", async () => {
    const list = JSON.stringify([fogisMatch(8), { hemmalag: "Ingen" }]);
    const { code, stdout, stderr } = await sync(["-"], list);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "8  Calendar file  inserted\n" });
    expect(stderr).toMatch(/1 inserted\n.*1 match was refused\. matches\[1\]/s);
    const { code: told, stdout: json } = await sync(["-", "--json"], list);
    expect(told).toBe(1);
    expect(JSON.parse(json)).toMatchObject({ success: true, matches_processed: 1, rejected: [{ index: 1 }] });
    const { code: again, stdout: body } = await sync(["-", "--json"], JSON.stringify([{ hemmalag: "Ingen" }]));
    expect(again).toBe(1);
    expect(JSON.parse(body)).toMatchObject({ success: false, code: "match-without-id" });
  });

  it("without a file brings the calendars up to date", async () => {
    const { code, stdout } = await sync([]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^1 +Calendar file +unchanged$/m);
  });

  it("says when nothing waits for a confirmation", async () => {
    const { code, stderr } = await sync(["--confirm"]);
    expect(code).toBe(0);
    expect(stderr).toContain("No calendar waits for a confirmation.");
  });
});

describe("a list that is larger than the service takes", () => {
  it("is refused with the setting that would let it through", async () => {
    const small = await serve({ REDIS_URL: redis.url, AVSPARK_MAX_MESSAGE_MB: "1" });
    try {
      const input = JSON.stringify([{ matchid: 1, note: "x".repeat(8 * 1024 * 1024) }]);
      const { code, stdout, stderr } = await avspark(["sync", "--url", small.address, "-"], { input });
      expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
      expect(stderr).toContain("larger than 1 MB (AVSPARK_MAX_MESSAGE_MB)");
    } finally {
      await small.stop();
    }
  });
});

describe("a sync that fails in part", () => {
  it("shows what was achieved, and ends with 1", async () => {
    const other = await serve({
      REDIS_URL: redis.url,
      AVSPARK_CALENDARS: "ics,caldav",
      CALDAV_URL: `http://127.0.0.1:${await freePort()}/`,
    });
    try {
      await live(other);
      const args = ["sync", "--url", other.address, "-"];
      const input = JSON.stringify([fogisMatch(1)]);
      const { code, stdout, stderr } = await avspark(args, { input });
      expect(code).toBe(1);
      expect(stdout).toMatch(/^1 +Calendar file +inserted$/m);
      expect(stdout).toMatch(/^1 +CalDAV +(waiting|failed): /m);
      expect(stderr).toContain("1 of 2 could not be put in the calendar yet.");
      const { code: again, stdout: body } = await avspark([...args, "--json"], { input });
      expect(again).toBe(1);
      expect(JSON.parse(body)).toMatchObject({ success: false, code: "partly-failed", results: [{}, {}] });
    } finally {
      await other.stop();
    }
  });
});
