import { describe, expect, test } from "vitest";
import { instantOf } from "../../shared/instant.ts";
import { createVirtualClock } from "../calendar/testing/virtual-clock.ts";
import { momentOf } from "../moment.ts";
import { createPublisherClock } from "./publisher-clock.ts";

const hour = 3_600_000;

const createRun = () => {
  const time = createVirtualClock({ start: 100 * hour, random: () => 0.5, breathe: async () => undefined });
  const publisher = createPublisherClock(time.clock);
  const hear = (...messages: readonly { readonly publishedAt: number; readonly receivedAt: number }[]): void =>
    publisher.note({
      way: "redis",
      messages: messages.map(({ publishedAt, receivedAt }, id) => ({
        summary: {
          id,
          receivedAt: instantOf(receivedAt),
          publishedAt: instantOf(publishedAt),
          channel: "updates",
          messageId: null,
          bytes: 1,
          verdict: "valid",
          gist: { type: "system_alert", severity: "info", alertType: "test", text: "" },
        },
      })),
    });
  return {
    time,
    hear,
    /** Messages of these ages, received now. */
    hearAged: (...ages: readonly number[]): void =>
      hear(...ages.map((age) => ({ publishedAt: time.now() - age, receivedAt: time.now() }))),
    /** How far the publisher's clock is behind ours. */
    behind: (): number => time.now() - publisher.at(momentOf(time.clock)),
  };
};

const behindAfter = (...ages: readonly number[]): number => {
  const run = createRun();
  for (const age of ages) run.hearAged(age);
  return run.behind();
};

describe("the publisher's clock", () => {
  test("is behind ours by as much as the youngest of three messages is old", () => {
    expect(behindAfter(180_050, 180_010)).toBe(0);
    expect(behindAfter(180_050, 180_010, 180_300)).toBe(180_010);
  });

  test("is not behind when it is ahead", () => {
    expect(behindAfter(-5000, -5001, -4999)).toBe(0);
  });

  test("is not told by a message that is old by itself", () => {
    expect(behindAfter(20, 30, 6 * hour, 25)).toBe(20);
    expect(behindAfter(13 * hour, 14 * hour, 15 * hour)).toBe(0);
  });

  test("is believed after a while when it was put right", () => {
    expect(behindAfter(...Array(60).fill(3), ...Array(50).fill(60_000))).toBe(60_000);
  });

  test("goes on when ours is set forward: it is behind by as much at once, and of moments before nothing changes", async () => {
    const run = createRun();
    run.hearAged(50, 60, 70);
    run.time.setWallClock(run.time.now() + 2 * hour);
    expect(run.behind()).toBe(2 * hour + 50);
    await run.time.advance(5000);
    run.hearAged(2 * hour + 40);
    expect(run.behind()).toBe(2 * hour + 40);
  });

  test("is never later than ours when ours is set back", () => {
    const run = createRun();
    run.hearAged(50, 60, 70);
    run.time.setWallClock(run.time.now() - 2 * hour);
    expect(run.behind()).toBe(0);
  });

  test("is not told by what was received before ours was set and is read after it", async () => {
    const run = createRun();
    run.hearAged(180_050, 180_060, 180_070);
    for (const by of [2 * hour, -2 * hour]) {
      await run.time.advance(60_000);
      const receivedAt = run.time.now();
      run.time.setWallClock(receivedAt + by);
      await run.time.advance(4);
      run.hear({ publishedAt: receivedAt - 180_080, receivedAt });
      run.time.setWallClock(run.time.now() - by);
    }
    expect(run.behind()).toBe(180_050);
  });
});
