import { expect, test } from "vitest";
import { aRecord } from "../../src/core/calendar/testing/records.ts";
import { calendarId, googleFor } from "./google.ts";
import { comingMatches } from "./matches.ts";

const latencyMs = 50;
/** As many calls as may be under way at once. */
const width = 10;
/** What a busy machine may add to what the latency alone costs; one call after the other would cost ten times as much. */
const slack = 8;

test("200 matches at 50 ms a call: 201 calls at first, one when nothing has changed, 21 when 20 have", async () => {
  const { google, engine } = await googleFor({ latencyMs });
  const records = comingMatches(200).map((match) => aRecord(match));
  const running = engine([]);
  // The calendar's first reading is part of the first sync, the making of the process's first connections is not.
  await running.engine.preview("google");

  const figures: Record<string, { readonly calls: number; readonly ms: number }> = {};
  const measure = async (name: string, work: () => Promise<unknown>): Promise<void> => {
    google.forgetCalls();
    const begun = performance.now();
    await work();
    const ms = Math.round(performance.now() - begun);
    figures[name] = { calls: google.calls.length, ms };
    const floor = Math.max(latencyMs, (google.calls.length * latencyMs) / width);
    expect(ms).toBeLessThan(floor * slack);
  };
  const methods = () => {
    const count: Record<string, number> = {};
    for (const { method } of google.calls) count[method] = (count[method] ?? 0) + 1;
    return count;
  };

  await measure("first", async () => {
    running.engine.changed(records);
    await running.engine.sync();
  });
  expect(methods()).toEqual({ "events.list": 1, "events.insert": 200 });
  expect(google.events(calendarId)).toHaveLength(200);

  await measure("unchanged", () => running.engine.sync());
  expect(methods()).toEqual({ "events.list": 1 });

  const changed = records
    .filter((_, n) => n % 10 === 0)
    .map((record) => ({ ...record, match: { ...record.match, venue: "Ruddalen" } }));
  await measure("20 changed", async () => {
    running.engine.changed(changed);
    await running.engine.sync();
  });
  expect(methods()).toEqual({ "events.list": 1, "events.patch": 20 });
  expect(google.events(calendarId).filter(({ location }) => location === "Ruddalen")).toHaveLength(20);
  expect(google.calls.every(({ status }) => status === 200)).toBe(true);

  process.stdout.write(`Google at ${latencyMs} ms a call: ${JSON.stringify(figures)}\n`);
});
