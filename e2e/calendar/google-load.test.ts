import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { aRecord } from "../../src/core/calendar/testing/records.ts";
import { primaryCalendar } from "../stand-ins/google-calendar/server.ts";
import { spawnGoogle } from "../stand-ins/google-calendar/spawn.ts";
import { openEngine } from "./engine.ts";
import { comingMatches } from "./matches.ts";
import { createTarget } from "./targets.ts";

const latencyMs = 50;
/** As many calls as may be under way at once. */
const width = 10;
/** What a busy machine may add to what the latency alone costs; one call after the other would cost ten times as much. */
const slack = { times: 7, ms: 2000 };

const callsSchema = z.array(z.object({ method: z.string(), status: z.number() }));
const eventsSchema = z.array(z.object({ location: z.string().optional() }));

test("200 matches at 50 ms a call: 201 calls at first, one when nothing has changed, 21 when 20 have", async () => {
  // A process of its own, as Google is: the calls' cost is ours, their answers' is not.
  const google = await spawnGoogle({ latencyMs });
  onTestFinished(google.stop);
  const folder = await mkdtemp(join(tmpdir(), "avspark-google-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const tokenFile = join(folder, "token.json");
  await writeFile(tokenFile, JSON.stringify(await google.order("tokenFile")));
  const target = createTarget({ kind: "google", apiRoot: google.url, calendarId: primaryCalendar, tokenFile });
  const { engine, close } = await openEngine({ folder, targets: [target] });
  onTestFinished(close);
  engine.start([]);
  await engine.preview("google");

  const figures: Record<string, { readonly calls: number; readonly ms: number }> = {};
  const measure = async (name: string, work: () => Promise<unknown>): Promise<Readonly<Record<string, number>>> => {
    await google.order("forgetCalls");
    const begun = performance.now();
    await work();
    const ms = Math.round(performance.now() - begun);
    const calls = callsSchema.parse(await google.order("calls"));
    figures[name] = { calls: calls.length, ms };
    expect(ms).toBeLessThan(Math.max(latencyMs, (calls.length * latencyMs) / width) * slack.times + slack.ms);
    expect(calls.filter(({ status }) => status !== 200)).toEqual([]);
    const count: Record<string, number> = {};
    for (const { method } of calls) count[method] = (count[method] ?? 0) + 1;
    return count;
  };
  const locations = async () =>
    eventsSchema.parse(await google.order("events", primaryCalendar)).map(({ location }) => location);

  const records = comingMatches(200).map((match) => aRecord(match));
  const first = await measure("first", async () => {
    engine.changed(records);
    await engine.sync();
  });
  expect(first).toEqual({ "events.list": 1, "events.insert": 200 });
  expect(await locations()).toHaveLength(200);

  expect(await measure("unchanged", () => engine.sync())).toEqual({ "events.list": 1 });

  const changed = records
    .filter((_, n) => n % 10 === 0)
    .map((record) => ({ ...record, match: { ...record.match, venue: "Ruddalen" } }));
  const later = await measure("20 changed", async () => {
    engine.changed(changed);
    await engine.sync();
  });
  expect(later).toEqual({ "events.list": 1, "events.patch": 20 });
  expect((await locations()).filter((location) => location === "Ruddalen")).toHaveLength(20);

  process.stdout.write(`Google at ${latencyMs} ms a call: ${JSON.stringify(figures)}\n`);
});
