import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { messageSummarySchema } from "../../src/shared/message.ts";
import { folder } from "../fixtures/folder.ts";
import { freePort, type RedisServer, startRedis } from "../fixtures/redis.ts";
import { type Served, serve } from "../fixtures/serve.ts";
import { until } from "../fixtures/until.ts";
import { fogisMatch, statusOf, updateOf, updates } from "../http/wire.ts";
import { live, spawnAvspark } from "./avspark.ts";

let redis: RedisServer;
let served: Served;
beforeAll(async () => {
  redis = await startRedis();
  served = await serve({ REDIS_URL: redis.url });
  await live(served);
});
afterAll(async () => {
  await served.stop();
  await redis.close();
});

/** The machine may be busy with other tests. */
const patient = { withinMs: 45_000 };

const lineSchema = z.object({ event: z.string(), data: z.unknown() });

/** `avspark tail` while it runs; publishes until its first line proves that it is there. */
const following = async (args: readonly string[], prove: () => Promise<unknown>) => {
  const child = spawnAvspark(["tail", "--url", served.address, ...args]);
  onTestFinished(() => void child.kill("SIGKILL"));
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  await until(
    async () => {
      await prove();
      return stdout !== "";
    },
    { everyMs: 200, withinMs: 45_000, what: () => `a first line; it said ${stderr}` },
  );
  return {
    child,
    lines: () => stdout.split("\n").slice(0, -1),
    stderr: () => stderr,
    end: async () => {
      child.kill("SIGINT");
      await once(child, "close");
      return child.exitCode;
    },
  };
};

describe("tail", () => {
  it("shows what arrives, one message a line, and ends well on SIGINT", async () => {
    const tail = await following([], () => redis.publish("fogis:processor:status", statusOf(1)));
    await redis.publish(updates, updateOf([fogisMatch(1)]));
    await redis.publish(updates, "not a message");
    await until(() => tail.lines().some((line) => line.includes("invalid")));
    const shown = tail.lines().join("\n");
    expect(shown).toMatch(
      /^\d\d:\d\d:\d\d\.\d{3} {2}valid +fogis:processor:status +Processor status +Run( \d+)? completed/m,
    );
    expect(shown).toMatch(/^\S+ {2}valid +fogis:matches:updates +Match update +1 match · 1 change$/m);
    expect(shown).toMatch(/^\S+ {2}invalid +fogis:matches:updates +Invalid/m);
    expect(await tail.end()).toBe(0);
    expect(tail.stderr()).toBe("");
  });

  it("with --json gives a script an object a line, and leaves out what it does not want", async () => {
    const wanted = () => redis.publish(updates, updateOf([fogisMatch(20), fogisMatch(21)]));
    const tail = await following(["--json", "--match", "20", "--channel", updates, "--type", "match_updates"], wanted);
    await redis.publish(updates, updateOf([fogisMatch(22)]));
    await redis.publish("fogis:matches:updates:v1", updateOf([fogisMatch(20)]));
    await redis.publish(updates, "not a message");
    const before = tail.lines().length;
    await wanted();
    await until(() => tail.lines().length > before);
    for (const line of tail.lines()) {
      const { event, data } = lineSchema.parse(JSON.parse(line));
      expect(event).toBe("message");
      expect(messageSummarySchema.parse(data)).toMatchObject({ channel: updates, gist: { matchIds: ["20", "21"] } });
    }
    await tail.end();
  });

  it("judges by verdict, and follows changes as well", async () => {
    const refused = await following(["--verdict", "invalid"], () => redis.publish(updates, "{"));
    expect(refused.lines().every((line) => line.includes("invalid"))).toBe(true);
    await refused.end();
    let minutes = 0;
    const changes = await following(["--events", "change"], () => {
      minutes += 1;
      const tid = `/Date(${Date.UTC(2027, 5, 1) + minutes * 60_000})/`;
      return redis.publish(updates, updateOf([fogisMatch(30, { tid })]));
    });
    expect(changes.lines()[0]).toMatch(/change {5}30 {2}Hemma 30 IF – Borta 30 BK {2}(New match|Kick-off: .* → .*)/);
    await changes.end();
  });

  it("begins with what was before", async () => {
    await redis.publish(updates, updateOf([fogisMatch(40)]));
    await redis.publish(updates, updateOf([fogisMatch(41)]));
    await until(async () => {
      const answer = await fetch(`${served.address}/messages?matchId=41`);
      return z.object({ messages: z.array(z.unknown()).min(1) }).safeParse(await answer.json()).success;
    });
    const tail = await following(["-n", "2", "--json", "--type", "match_updates"], async () => undefined);
    await until(() => tail.lines().length === 2);
    await redis.publish(updates, updateOf([fogisMatch(42)]));
    await until(() => tail.lines().length === 3);
    const ids = tail.lines().map((line) => messageSummarySchema.parse(lineSchema.parse(JSON.parse(line)).data));
    expect(ids.map(({ gist }) => gist.type === "match_updates" && gist.matchIds[0])).toEqual(["40", "41", "42"]);
    await tail.end();
  });

  it("ends quietly when nobody reads it any longer", async () => {
    const tail = await following([], () => redis.publish(updates, "{"));
    tail.child.stdout.destroy();
    const ended = once(tail.child, "close");
    let over = false;
    void ended.then(() => {
      over = true;
    });
    await until(
      async () => {
        await redis.publish(updates, "[]");
        return over;
      },
      { everyMs: 100, withinMs: 45_000 },
    );
    expect({ code: tail.child.exitCode, stderr: tail.stderr() }).toEqual({ code: 0, stderr: "" });
  });
});

describe("when the service goes away under a tail", () => {
  it("waits for it and goes on where it was", async () => {
    const settings = {
      REDIS_URL: redis.url,
      AVSPARK_HTTP_PORT: String(await freePort()),
      AVSPARK_DATA_DIR: await folder(),
    };
    const first = await serve(settings);
    await live(first);
    const tail = spawnAvspark(["tail", "--json", "--url", first.address]);
    onTestFinished(() => void tail.kill("SIGKILL"));
    let stdout = "";
    let stderr = "";
    tail.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    tail.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    await until(
      async () => {
        await redis.publish(updates, updateOf([fogisMatch(50)]));
        return stdout !== "";
      },
      { everyMs: 200, withinMs: 45_000 },
    );
    await first.stop();
    await until(() => stderr.includes("is gone; waiting for it"), patient);
    const second = await serve(settings);
    onTestFinished(() => void second.stop());
    await live(second);
    // Heard before the tail has found its way back.
    await redis.publish(updates, updateOf([fogisMatch(51)]));
    await until(() => stdout.includes('"51"'), { ...patient, what: () => `match 51 in ${stdout}${stderr}` });
    expect(stderr).toContain("The service is back.");
    const ids = stdout
      .trim()
      .split("\n")
      .map((line) => messageSummarySchema.parse(lineSchema.parse(JSON.parse(line)).data).id);
    expect(ids).toEqual([...new Set(ids)].toSorted((a, b) => a - b));
    tail.kill("SIGTERM");
    await once(tail, "close");
    expect(tail.exitCode).toBe(0);
    await second.stop();
  });
});
