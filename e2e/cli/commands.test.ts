import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { type CommandName, contract } from "../../src/shared/contract.ts";
import { json, type MatchServer, startMatchServer } from "../fixtures/match-server.ts";
import { type RedisServer, startRedis } from "../fixtures/redis.ts";
import { type Served, serve } from "../fixtures/serve.ts";
import { until } from "../fixtures/until.ts";
import { guideMatch, updateOf, updates } from "../http/wire.ts";
import { avspark, live } from "./avspark.ts";

let redis: RedisServer;
let source: MatchServer;
let served: Served;
let env: Readonly<Record<string, string>>;

/** What scripts get: JSON as HTTP answers it, read by the contract. */
const answer = <N extends CommandName>(name: N, stdout: string) =>
  z
    .object({ success: z.literal(true), timestamp: z.iso.datetime() })
    .and(contract[name].output)
    .parse(JSON.parse(stdout));

beforeAll(async () => {
  redis = await startRedis();
  source = await startMatchServer(json([guideMatch(1)]));
  served = await serve({ REDIS_URL: redis.url, AVSPARK_MATCHES_URL: source.url, AVSPARK_NOTIFY: "none" });
  env = { AVSPARK_HTTP_PORT: new URL(served.address).port };
  await live(served);
  await redis.publish(updates, updateOf([guideMatch(1), guideMatch(2)]));
  await redis.publish(updates, "not a message");
  await live(served, 2);
});
afterAll(async () => {
  await served.stop();
  await source.close();
  await redis.close();
});

const run = (...args: readonly string[]) => avspark(args, { env });

describe("status", () => {
  it("tells a person how things stand", async () => {
    const { code, stdout, stderr } = await run("status");
    expect(stdout).toContain("● Everything works (since ");
    expect(stdout).toMatch(/^Redis +Listening, 8 channels +redis:\/\/127\.0\.0\.1/m);
    expect(stdout).toMatch(/^Match list +List of 1 match, /m);
    expect(stdout).toMatch(/^Calendar file +Up to date/m);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });

  it("tells a script", async () => {
    const { code, stdout } = await run("status", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ success: true, redis_status: { status: "connected", mode: "live" } });
    answer("redisStatus", stdout);
  });
});

describe("stats", () => {
  it("counts since the start", async () => {
    const { code, stdout } = await run("stats");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ {2}valid +1$/m);
    expect(stdout).toMatch(/^ {2}invalid +1$/m);
    expect(stdout).toMatch(/^Matches known +2$/m);
  });

  it("counts over a range", async () => {
    const { stdout } = await until(async () => {
      const found = await run("stats", "--range", "1h");
      return found.stdout.includes(updates) && found;
    });
    expect(stdout).toMatch(/fogis:matches:updates +1 valid, 1 invalid/);
  });

  it("tells a script", async () => {
    const { stdout } = await run("stats", "--json");
    expect(JSON.parse(stdout)).toMatchObject({
      statistics: { statistics: { subscription_stats: { total_messages_received: 2, failed_messages: 1 } } },
    });
    answer("stats", (await run("stats", "--range", "24h", "--json")).stdout);
  });
});

describe("config", () => {
  it("shows the running service's settings", async () => {
    const { code, stdout, stderr } = await run("config");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(new RegExp(`^REDIS_URL +environment +${redis.url}$`, "m"));
    expect(stdout).toMatch(/^REDIS_MAX_RETRIES +default +3$/m);
  });

  it("tells a script", async () => {
    answer("redisConfig", (await run("config", "--json")).stdout);
  });
});

describe("check", () => {
  it("ends with 1 while an item fails, and says what to do", async () => {
    const { code, stdout } = await run("check");
    expect(code).toBe(1);
    expect(stdout).toMatch(/^ {2}✓ Redis infrastructure deployed +Redis answers/m);
    expect(stdout).toMatch(/^ {2}✗ Monitoring and alerting set up +No alert notifies anybody\.$/m);
    expect(stdout).toMatch(/^1 of 12 checks failed\.$/m);
  });

  it("runs a part, or one item", async () => {
    const part = await run("check", "--phase", "before");
    expect(part).toMatchObject({ code: 0, stdout: expect.stringContaining("All 4 checks passed.") });
    expect(part.stdout).not.toContain("Rollback");
    const one = await run("check", "--only", "monitoring");
    expect(one).toMatchObject({ code: 1, stdout: expect.stringContaining("1 of 1 checks failed.") });
  });

  it("tells a script, with the same exit code", async () => {
    const { code, stdout } = await run("check", "--json");
    expect(code).toBe(1);
    expect(answer("checks", stdout)).toMatchObject({ checks: { length: 12 } });
  });
});

describe("restart and test", () => {
  it("restart waits until the subscription is live", async () => {
    expect(await run("restart")).toEqual({ code: 0, stdout: "Redis subscription restarted: Listening.\n", stderr: "" });
    answer("redisRestart", (await run("restart", "--json")).stdout);
  });

  it("test tries each step", async () => {
    const { code, stdout } = await run("test");
    expect({ code, steps: stdout.match(/✓/g)?.length }).toEqual({ code: 0, steps: 3 });
    answer("redisTest", (await run("test", "--json")).stdout);
  });
});

describe("log-level", () => {
  it("is louder in one part alone, at once", async () => {
    expect(await run("log-level", "debug", "--part", "http")).toMatchObject({
      code: 0,
      stdout: "Logging at debug for http.\n",
    });
    expect((await run("log-level", "info", "--json")).stdout).toContain('"Logging at info"');
  });

  it("names the parts when there is no such one", async () => {
    const { code, stderr } = await run("log-level", "debug", "--part", "kitchen");
    expect(code).toBe(1);
    expect(stderr).toMatch(/those that log are app, calendar, .*redis/);
  });
});

describe("calendars", () => {
  it("preview says what a sync would do", async () => {
    const { code, stdout } = await run("preview", "--target", "ics");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Calendar file$/m);
    expect(stdout).toMatch(/\d+ to write, \d+ unchanged, \d+ skipped/);
    answer("preview", (await run("preview", "--json")).stdout);
  });

  it("audit counts what differs", async () => {
    const { code, stdout } = await run("audit", "ics");
    expect({ code, stdout }).toEqual({ code: 0, stdout: "missing    0\ndifferent  0\nsurplus    0\n" });
    answer("audit", (await run("audit", "ics", "--repair", "--json")).stdout);
  });

  it("a calendar that is not kept is no calendar", async () => {
    const { code, stderr } = await run("undo", "google");
    expect(code).toBe(1);
    expect(stderr).toContain("No calendar google is configured.");
    expect(await run("undo", "outlook")).toMatchObject({ code: 2 });
  });
});

describe("a match", () => {
  it("can be declined and removed, and either be taken back", async () => {
    await redis.publish("fogis:matches:updates", updateOf([guideMatch(77)]));
    const known = await until(async () => ((await run("decline", "77")).code === 0 ? true : null));
    expect(known).toBe(true);
    expect((await run("decline", "77", "--back")).stdout).toBe("Taken back.\n");
    answer("decline", (await run("decline", "77", "--json")).stdout);
    expect((await run("remove", "77")).stdout).toBe("Removed.\n");
    expect((await run("remove", "77", "--back")).stdout).toBe("Kept.\n");
    expect((await run("remove", "nobody")).code).toBe(1);
  });

  it("can be entered and changed by hand", async () => {
    const teams = ["--home", "Hemma IF", "--away", "Borta BK"];
    const entered = await run("enter", ...teams, "--kickoff", "2027-05-08 15:00", "--referee", "Anna Prov", "--json");
    answer("enter", entered.stdout);
    const { match } = contract.enter.output.parse(JSON.parse(entered.stdout));
    expect(match).toMatchObject({ home: "Hemma IF", kickoff: "2027-05-08T13:00:00.000Z", enteredByHand: true });
    expect((await run("enter", ...teams, "--id", match.id)).stdout).toBe(`Changed: ${match.id}\n`);
    expect((await run("enter", ...teams, "--id", "77")).stderr).toContain("entered by hand");
    expect(await run("enter", ...teams, "--kickoff", "Saturday")).toMatchObject({ code: 2 });
  });
});

describe("alerts", () => {
  const stopped = JSON.stringify({
    type: "system_alert",
    payload: { alert_type: "stop", severity: "critical", message: "All processing stopped" },
  });

  it("are listed, put aside, acknowledged and made active again, and the status says so", async () => {
    expect((await run("alerts")).stdout).toBe("No active alerts.\n");
    await redis.publish("fogis:system:alerts", stopped);
    const listed = await until(async () => {
      const { stdout } = await run("alerts");
      return stdout.includes("All processing stopped") ? stdout : null;
    });
    const [, id] = /^(\d+) +critical +active +since .* All processing stopped$/m.exec(listed) ?? [];
    if (id === undefined) throw new Error(listed);
    expect((await run("status")).stdout).toContain("● All processing stopped (since ");
    expect((await run("snooze", id, "--for", "2h")).stdout).toMatch(/^Snoozed until .+\.\n$/);
    expect((await run("alerts")).stdout).toMatch(/snoozed until/);
    expect((await run("acknowledge", id)).stdout).toBe("Acknowledged.\n");
    expect((await run("status")).stdout).toContain("● Everything works");
    answer("alerts", (await run("alerts", "--all", "--json")).stdout);
    expect((await run("reactivate", id)).stdout).toBe("Active again.\n");
    expect((await run("acknowledge")).code).toBe(0);
    expect((await run("status")).stdout).toContain("● Everything works");
  });

  it("that are not there, and times that are none, are told apart", async () => {
    expect(await run("acknowledge", "999")).toMatchObject({ code: 1 });
    expect(await run("acknowledge", "first")).toMatchObject({ code: 2 });
    expect(await run("snooze", "1", "--for", "a while")).toMatchObject({ code: 2 });
    expect(await run("snooze", "1", "--until", "tomorrow")).toMatchObject({ code: 2 });
    expect(await run("snooze", "1", "--for", "1h", "--until", "2027-05-08T07:00:00Z")).toMatchObject({ code: 2 });
  });
});
