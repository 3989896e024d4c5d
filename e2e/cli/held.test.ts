import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { heldSchema } from "../../src/shared/calendar.ts";
import { json, type MatchServer, startMatchServer } from "../fixtures/match-server.ts";
import { type Served, serve } from "../fixtures/serve.ts";
import { until } from "../fixtures/until.ts";
import { fogisMatch } from "../http/wire.ts";
import { avspark } from "./avspark.ts";

const matches = (from: number, to: number): readonly object[] =>
  Array.from({ length: to - from + 1 }, (_, n) => fogisMatch(from + n));

let source: MatchServer;
let served: Served;
beforeAll(async () => {
  source = await startMatchServer(json(matches(1, 30)));
  served = await serve({ REDIS_PUBSUB_ENABLED: "false", AVSPARK_MATCHES_URL: source.url, AVSPARK_POLL_INTERVAL: "0" });
});
afterAll(async () => {
  await served.stop();
  await source.close();
});

const run = (...args: readonly string[]) => avspark([...args, "--url", served.address]);
const post = async (path: string, body: object): Promise<{ readonly status: number; readonly body: unknown }> => {
  const response = await fetch(`${served.address}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
};
const held = async () => {
  const answer = z.object({ held: z.array(heldSchema) }).parse(await (await fetch(`${served.address}/held`)).json());
  return answer.held[0];
};
/** A list that lacks many is believed when the next one agrees. */
const listBecomes = async (list: readonly object[], waiting: number): Promise<void> => {
  source.answerWith(json(list));
  await until(
    async () => {
      await post("/fetch-matches", {});
      return (await held())?.removals.length === waiting;
    },
    { withinMs: 30_000, everyMs: 100, what: () => `${waiting} removals that wait` },
  );
};
const inCalendar = async (): Promise<number> =>
  (await (await fetch(`${served.address}/calendar.ics`)).text()).split("BEGIN:VEVENT").length - 1;
const eventsBecome = (count: number): Promise<unknown> =>
  until(async () => (await inCalendar()) === count, {
    withinMs: 30_000,
    everyMs: 50,
    what: () => `${count} events in the calendar`,
  });

describe("removals that wait for a person", () => {
  it("are shown with what they have in common, released as they were seen, and kept", async () => {
    await eventsBecome(30);
    expect(await run("held")).toMatchObject({ code: 0, stdout: "No removal waits for a person.\n" });

    await listBecomes(matches(1, 18), 12);
    const first = await held();
    const { code, stdout } = await run("held");
    expect(code).toBe(0);
    expect(stdout).toContain("12 events would be removed. The list has 18 matches instead of 30.");
    expect(stdout).toMatch(/^ +19 .*Hemma 19 IF – Borta 19 BK +Provcupen$/m);
    expect(stdout).toContain(`avspark confirm ics --token ${first?.token}`);

    await listBecomes(matches(1, 17), 13);
    expect(await run("confirm", "ics", "--token", first?.token ?? "")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("What would be removed has changed since it was looked at."),
    });
    expect(await post("/confirm", { target: "ics", token: first?.token })).toMatchObject({
      status: 409,
      body: { success: false, code: "removals-changed" },
    });

    expect(await run("keep", "ics", "--token", (await held())?.token ?? "")).toMatchObject({
      code: 0,
      stdout: "Kept: ics.\n",
    });
    expect(await run("sync")).toMatchObject({ code: 0 });
    expect(await held()).toBeUndefined();
    expect(await inCalendar()).toBe(30);
  });

  it("are released by a script that names none, as far as they were held first", async () => {
    await listBecomes(matches(1, 6), 11);
    expect(await post("/confirm", { target: "ics" })).toMatchObject({
      status: 200,
      body: { success: true, message: "Confirmed", removals: 11, held: 0 },
    });
    await eventsBecome(19);
  });
});
