import { stat } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { json, startMatchServer } from "../fixtures/match-server.ts";
import { type RedisServer, startRedis } from "../fixtures/redis.ts";
import { type ServiceUnderTest, startService } from "../fixtures/service.ts";
import { until } from "../fixtures/until.ts";
import { guideMatch } from "../http/wire.ts";
import { type Attached, attach } from "./attached.ts";

/** What a service's administrators do from their windows. */

const token = "a-token-for-tests-1234";
let redis: RedisServer;
let service: ServiceUnderTest;

beforeEach(async () => {
  redis = await startRedis();
  service = await startService({ REDIS_URL: redis.url, REDIS_RETRY_DELAY: "0.05", AVSPARK_HTTP_TOKEN: token });
});
afterEach(async () => {
  await service.close();
  await redis.close();
});

const desk = async (of = token): Promise<Attached> => {
  const window = await attach({ AVSPARK_SERVICE_URL: service.address(), AVSPARK_SERVICE_TOKEN: of });
  await window.live();
  return window;
};
const save = (window: Attached, values: object) => window.call("saveSettings", { values });
const setting = (window: Attached, wanted: string) => window.shown().settings.find(({ name }) => name === wanted);
const tokenFor = async (window: Attached, name: string, role: "look" | "act" | "administer"): Promise<string> => {
  const made = await window.call("addToken", { name, role });
  if (!made.ok) throw new Error(made.problem.message);
  return made.value.token;
};

describe("the service's settings", () => {
  it("are taken up at once, shown to all, and kept over a restart", async () => {
    const [one, other] = [await desk(), await desk()];
    expect(await save(one, { AVSPARK_RETENTION_DAYS: "12" })).toMatchObject({ ok: true });
    await until(() => setting(other, "AVSPARK_RETENTION_DAYS")?.value === "12");
    expect(other.shown().attachment?.line.state).toBe("live");
    expect((await stat(join(service.folder, "service-settings.json"))).mode & 0o077).toBe(0);
    await service.restart();
    const again = await desk();
    expect(setting(again, "AVSPARK_RETENTION_DAYS")).toMatchObject({ value: "12", source: "settings", locked: false });
  });

  it("that need it begin the service anew, where it was, and what is asked next is answered by it", async () => {
    const list = await startMatchServer(json({ matches: [1, 2, 3].map((id) => guideMatch(id)) }));
    try {
      const [one, other] = [await desk(), await desk()];
      expect(await save(one, { AVSPARK_MATCHES_URL: list.url })).toMatchObject({ ok: true });
      expect(await one.call("fetchMatches", {})).toMatchObject({ ok: true });
      for (const window of [one, other]) await until(() => window.state()?.matches.length === 3);
      expect(one.unsent()).toEqual([]);
    } finally {
      await list.close();
    }
  });

  it("with secrets in them are kept for the service alone, and shown to nobody", async () => {
    const window = await desk();
    const url = "https://hook.example.com/hidden-part-of-it";
    expect(await save(window, { AVSPARK_NOTIFY_WEBHOOK: url })).toMatchObject({ ok: true });
    await until(() => setting(window, "AVSPARK_NOTIFY_WEBHOOK")?.source === "settings");
    expect(JSON.stringify(window.shown().settings)).not.toContain("hidden-part");
    expect(await window.call("exportSettings", {})).toMatchObject({ ok: true });
    await service.restart();
    expect(setting(await desk(), "AVSPARK_NOTIFY_WEBHOOK")?.source).toBe("settings");
  });

  it("that stand around the service, or by which it is reached, are not changed from elsewhere", async () => {
    const window = await desk();
    for (const name of ["REDIS_URL", "AVSPARK_HTTP_PORT", "AVSPARK_HTTP_HOST", "AVSPARK_DATA_DIR"]) {
      expect(setting(window, name)?.locked, name).toBe(true);
      const value = name === "REDIS_URL" ? redis.url : name === "AVSPARK_HTTP_PORT" ? "1" : "/tmp";
      expect(await save(window, { [name]: value }), name).toMatchObject({
        ok: false,
        problem: { kind: "setting-locked" },
      });
    }
  });

  it("are tried before they are saved, on the service's own machine", async () => {
    const window = await desk();
    const values = { REDIS_URL: redis.url };
    expect(await window.call("testSetting", { what: "redis", values })).toMatchObject({
      ok: true,
      value: { passed: true },
    });
  });

  it("that did not arrive are not kept on this computer to be sent again", async () => {
    const window = await desk();
    service.kill("SIGSTOP");
    await window.lost(10_000);
    expect(await save(window, { CALDAV_PASSWORD: "hidden" })).toMatchObject({ ok: false });
    expect(window.unsent()).toEqual([]);
    service.kill("SIGCONT");
  });
});

describe("tokens", () => {
  it("are made, listed and revoked from a window, whose holder is let in, may no more than that, and is cut off", async () => {
    const window = await desk();
    const looking = await desk(await tokenFor(window, "Anna", "look"));
    expect(looking.shown().attachment?.role).toBe("look");
    expect(looking.shown().settings.every(({ name, locked }) => locked || name.startsWith("AVSPARK_"))).toBe(true);
    expect(setting(looking, "AVSPARK_RETENTION_DAYS")?.locked).toBe(true);
    for (const answer of [
      await looking.call("acknowledge", {}),
      await save(looking, { AVSPARK_RETENTION_DAYS: "3" }),
      await looking.call("addToken", { name: "Bo", role: "administer" }),
      await looking.call("tokens", {}),
    ])
      expect(answer).toMatchObject({
        ok: false,
        problem: { kind: expect.stringMatching(/role-too-low|setting-locked/) },
      });

    expect(await window.call("tokens", {})).toMatchObject({
      ok: true,
      value: { tokens: [{ name: "Anna", role: "look", revokedAt: null }] },
    });
    expect(await window.call("revokeToken", { name: "anna" })).toMatchObject({ ok: true });
    await looking.refused("service-sign-in");
    expect(await window.call("revokeToken", { name: "Anna" })).toMatchObject({
      ok: false,
      problem: { kind: "not-found" },
    });
  });

  it("of two administrators each count, whoever is first, and the log of acts has both", async () => {
    const first = await desk();
    const windows = [
      await desk(await tokenFor(first, "Anna", "administer")),
      await desk(await tokenFor(first, "Bo", "administer")),
    ];
    const answers = await Promise.all(
      windows.map((window, place) =>
        save(window, { [place === 0 ? "AVSPARK_RETENTION_DAYS" : "AVSPARK_RETENTION_MB"]: "77" }),
      ),
    );
    expect(answers).toMatchObject([{ ok: true }, { ok: true }]);
    for (const name of ["AVSPARK_RETENTION_DAYS", "AVSPARK_RETENTION_MB"])
      await until(() => windows.every((window) => setting(window, name)?.value === "77"));
    const log = await first.call("acts", {});
    const acts = log.ok ? log.value.acts.filter(({ command }) => command === "saveSettings") : [];
    expect(acts.map(({ by }) => by).toSorted()).toEqual(["Anna", "Bo"]);
  });
});
