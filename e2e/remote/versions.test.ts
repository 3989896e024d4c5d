import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import type { ProblemKind } from "../../src/shared/problem.ts";
import type { MatchView } from "../../src/shared/snapshot.ts";
import { startOtherVersion, type Tongue } from "../fixtures/other-version.ts";
import { type RedisServer, startRedis } from "../fixtures/redis.ts";
import { type ServiceUnderTest, startService } from "../fixtures/service.ts";
import { until } from "../fixtures/until.ts";
import { ask } from "../http/ask.ts";
import { guideMatch, updateOf, updates } from "../http/wire.ts";
import { type Attached, attach } from "./attached.ts";

/** A service that is upgraded, or taken back, while a window is attached. */

let redis: RedisServer;
let service: ServiceUnderTest;

beforeEach(async () => {
  redis = await startRedis();
  service = await startService({ REDIS_URL: redis.url, REDIS_RETRY_DELAY: "0.05" });
});
afterEach(async () => {
  await service.close();
  await redis.close();
});

const publish = (...ids: readonly number[]) =>
  until(
    async () => (await redis.publish(updates, updateOf(ids.map((id) => guideMatch(id, { rand: Math.random() }))))) > 0,
  );
const match = (desk: Attached, id: string): MatchView | undefined =>
  desk.state()?.matches.find((match) => match.id === id);
const notes = (desk: Attached): readonly string[] => match(desk, "1")?.notes.map(({ text }) => text) ?? [];

/** A window that was live on a service which can be of any version, and has match 1. */
const office = async () => {
  const between = await startOtherVersion(service.address());
  onTestFinished(between.close);
  await publish(1);
  const window = await attach({ AVSPARK_SERVICE_URL: between.address });
  await window.live();
  await until(() => match(window, "1") !== undefined);
  return { window, upgrade: between.upgrade };
};

const speaking = (number: number, oldest: number): Tongue => ({
  hello: (ours) => ({ ...ours, protocol: { number, oldest }, version: "9.9.9" }),
});

describe("a service that becomes one with which this window cannot speak", () => {
  it.each<readonly [ProblemKind, Tongue]>([
    ["window-too-old", speaking(9, 8)],
    ["service-too-old", speaking(0, 0)],
  ])("%s: is told apart from one that is away, and nothing is lost", async (kind, tongue) => {
    const { window, upgrade } = await office();
    upgrade(tongue);
    await window.refused(kind);
    // What there was is still to be seen, and what is written meanwhile is kept.
    expect(match(window, "1")?.home).toBeTruthy();
    expect(await window.call("note", { matchId: "1", text: "Written meanwhile" })).toMatchObject({
      ok: false,
      problem: { kind },
    });
    await until(() => window.unsent().length === 1);
    await publish(2);
    upgrade({});
    await until(() => match(window, "2") !== undefined, { withinMs: 2000, what: () => "a window that is right" });
    await window.live();
    const [unsent] = window.unsent();
    expect(unsent).toMatchObject({ command: "note", text: "Written meanwhile" });
    expect(await window.call("sendAgain", { id: unsent?.id ?? "" })).toMatchObject({ ok: true });
    await until(() => notes(window).length > 0 && window.unsent().length === 0);
    expect(notes(window)).toEqual(["Written meanwhile"]);
  });

  it("refuses a window that is too old itself, by the same kind", async () => {
    const { status, text } = await ask(`${service.address()}/deltas`, { headers: { "avspark-protocol": "0" } });
    expect([status >= 400, JSON.parse(text).code]).toEqual([true, "window-too-old"]);
  });
});

describe("a service that becomes a newer one", () => {
  const mood = { mood: "good" };
  const strange = { kind: "tide-too-high", message: "The tide is too high." };
  const health = { level: "warning", since: "2027-05-08T10:00:00.000Z", problem: strange, action: "none", alert: null };
  /** Unknown fields everywhere; a match of an unknown status, an unknown kind of trouble, parts and events of its own. */
  const newer: Tongue = {
    hello: (ours) => ({
      ...ours,
      ...mood,
      protocol: { number: 9, oldest: 1, ...mood },
      version: "9.9.9",
      role: "sovereign",
    }),
    snapshot: (ours) => ({ ...ours, ...mood, health, matches: ours.matches.map((one) => ({ ...one, ...mood })) }),
    delta: (ours) => ({
      ...ours,
      ...mood,
      set: { ...ours.set, health, weather: mood },
      matches: ours.matches.map((one) => ({ ...one, ...mood, ...(one.id === "3" && { status: "drowned" }) })),
    }),
    event: { name: "weather", data: mood },
  };

  it("is followed all the same, says that it is newer, and shows all that this window can read", async () => {
    const { window, upgrade } = await office();
    upgrade(newer);
    await until(() => window.shown().attachment?.newer === true, { what: () => "a window that knows it is older" });
    await window.live();
    expect(window.shown().health).toMatchObject({ problem: { kind: "internal", message: strange.message } });
    await publish(2, 3);
    await until(() => match(window, "2") !== undefined);
    expect(match(window, "3")).toBeUndefined();
    expect(await window.call("note", { matchId: "2", text: "Goes on" })).toMatchObject({ ok: true });
    await until(() => match(window, "2")?.notes.length === 1);
    expect(window.unsent()).toEqual([]);

    upgrade({});
    await until(() => match(window, "3") !== undefined, { withinMs: 2000, what: () => "a window that is right" });
    await window.live();
    expect(window.shown().attachment?.newer).toBe(false);
  });
});
