import { expect, test } from "vitest";
import type { ProblemKind } from "../../src/shared/problem.ts";
import { ProblemError } from "../../src/shared/problem.ts";
import { type Answer, half, json, redirect, silence, startMatchServer, text } from "../fixtures/match-server.ts";
import { eventually, expectAllWell, expectTruth, hearsAgain, settle, type World, worldFor } from "./world.ts";

const kindOf = async (work: Promise<unknown>): Promise<ProblemKind | "none"> => {
  try {
    await work;
    return "none";
  } catch (error) {
    if (error instanceof ProblemError) return error.problem.kind;
    throw error;
  }
};

/** The source is bad: that is said, nothing is gone for it, Redis is heard; and when it is good again all is made up for. */
const survives = async (world: World, kind: ProblemKind): Promise<void> => {
  const { service, truth } = world;
  const ids = async () => (await service.matches()).map(({ id }) => id).sort();
  const before = await ids();
  truth.happen();
  expect(await kindOf(service.call("fetchMatches"))).toBe(kind);
  expect(await service.source()).toMatchObject({ state: "failed", problem: { kind } });
  expect(await service.health()).toMatchObject({ level: "warning", problem: { kind } });
  expect(await ids()).toEqual(before);
  await hearsAgain(world);
  expect(await ids()).toEqual(before);
};

const bad: readonly (readonly [string, ProblemKind, (list: readonly unknown[]) => Answer])[] = [
  ["status 500", "source-status", () => text("oh no", { status: 500 })],
  ["a web page", "source-not-json", () => text("<!doctype html><title>Sign in</title>", { type: "text/html" })],
  ["a web page that says it is JSON", "source-not-json", () => text("<html></html>")],
  ["an empty list", "source-empty", () => json([])],
  ["an empty list with another's ETag", "source-empty", () => json({ matches: [] }, '"1"')],
  ["nothing", "source-incomplete", () => text("")],
  ["half of the bytes", "source-incomplete", (list) => half(list)],
  ["half of the list, by its own count", "source-incomplete", (list) => json({ matches: list.slice(6), total: 12 })],
  ["a failure that calls itself one", "source-status", (list) => json({ success: false, matches: list })],
  ["no list", "source-not-json", () => json({ hello: "world" })],
  ["another host's address", "source-redirect", () => redirect("http://localhost:1/matches")],
];

test.concurrent("a source that answers all kinds of wrong things", async (context) => {
  const world = await worldFor(context);
  const { service, source, truth } = world;
  await settle(world);
  for (const [, kind, answer] of bad) {
    source.answerWith(answer(truth.list()));
    await survives(world, kind);
  }
  source.answerWith(truth.answer);
  // It is asked again by itself.
  await service.call("fetchMatches");
  await expectAllWell(world);
});

test.concurrent("a source that is down, and comes back", async (context) => {
  const world = await worldFor(context);
  const { source, truth } = world;
  await settle(world);
  await source.close();
  await survives(world, "source-unreachable");
  const back = await startMatchServer(truth.answer, Number(new URL(source.url).port));
  context.onTestFinished(() => back.close());
  await expectAllWell(world);
});

test.concurrent("a source that never answers: given up, and nothing waits for it", async (context) => {
  const world = await worldFor(context);
  const { service, source, truth } = world;
  await settle(world);
  source.answerWith(silence);
  const asked = kindOf(service.call("fetchMatches"));
  await hearsAgain(world);
  expect(await service.source()).toMatchObject({ state: "fetching" });
  expect((await service.health()).level).toBe("ok");
  expect(await asked).toBe("source-timeout");
  source.answerWith(truth.answer);
  truth.happen();
  await expectAllWell(world);
});

test.concurrent("a sync with a source that fails: what there is is synced, and the source's failure is told", async (context) => {
  const world = await worldFor(context);
  const { service, source, truth } = world;
  await settle(world);
  source.answerWith(text("oh no", { status: 500 }));
  const response = await fetch(`${service.address()}/sync`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{}",
  });
  expect(response.status).toBe(502);
  const body: unknown = await response.json();
  expect(body).toMatchObject({ success: false, code: "source-status", message: "Sync completed in part" });
  expect(body).toMatchObject({ results: expect.any(Array) });
  source.answerWith(truth.answer);
  expect((await service.call("syncNow")).message).toBe("Sync completed");
});

test.concurrent("Redis and the source both away: said to be critical, and nothing is forgotten", async (context) => {
  const world = await worldFor(context);
  const { service, source, truth, redis } = world;
  await settle(world);
  source.answerWith(text("oh no", { status: 500 }));
  redis.kill("SIGKILL");
  expect(await kindOf(service.call("fetchMatches"))).toBe("source-status");
  await eventually(async () => (await service.health()).level === "critical");
  expect((await service.matches()).length).toBe(12);
  truth.happen();
  source.answerWith(truth.answer);
  await redis.restart();
  await hearsAgain(world);
  await expectAllWell(world);
});

test.concurrent("not modified is believed only while nothing else has changed a match", async (context) => {
  const world = await worldFor(context);
  const { service, source, truth, redis } = world;
  await settle(world);
  const etags = () => source.requests.map(({ headers }) => headers["if-none-match"]);
  await service.call("fetchMatches");
  await service.call("fetchMatches");
  expect(etags().at(-1)).toMatch(/^"/);
  expect(await service.source()).toMatchObject({ state: "fetched", unchanged: true, matches: 12 });
  // A change that is told and then taken back without a word: the list is what it was.
  const [match] = truth.list();
  const moved = { ...Object(match), anlaggningnamn: "Annan plan" };
  await redis.publish(
    "fogis:matches:updates",
    JSON.stringify({ type: "match_updates", payload: { matches: [moved] } }),
  );
  await eventually(async () => (await service.matches()).some(({ venue }) => venue === "Annan plan"));
  await service.call("fetchMatches");
  expect(etags().at(-1)).toBeUndefined();
  await expectTruth(world);
  await service.call("fetchMatches");
  expect(etags().at(-1)).toMatch(/^"/);
  // The ETag outlives the process.
  await service.restart();
  await eventually(async () => (await service.source()).state === "fetched");
  expect(etags().at(-1)).toMatch(/^"/);
  await expectAllWell(world);
});
