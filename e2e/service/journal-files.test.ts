import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import Sqlite from "libsql";
import { expect, test } from "vitest";
import { eventually, expectAllWell, expectTruth, settle, type World, worldFor } from "./world.ts";

const fileIn = ({ service }: World): string => join(service.folder, "journal.db");

const readiness = async ({ service }: World): Promise<readonly [status: number, kinds: readonly string[]]> => {
  const answer = await fetch(`${service.address()}/ready`);
  const { reasons }: { reasons: readonly { kind: string }[] } = await answer.json();
  return [answer.status, reasons.map(({ kind }) => kind)];
};

const saysLost = (world: World): Promise<boolean> =>
  eventually(async () => (await readiness(world))[1].includes("journal-lost"), {
    withinMs: 5000,
    what: () => "that the journal was lost",
  });

// One file alone, and what else may become of them, is shown beside the journal (adapters/journal/thread.test.ts).
test.concurrent("the journal's files removed under us: said within 5 s, and nothing is missing after the next start", async (context) => {
  const world = await worldFor(context);
  const { service, truth, redis, source } = world;
  await settle(world);
  expect(await readiness(world)).toEqual([200, []]);
  await Promise.all(["", "-wal", "-shm"].map((suffix) => rm(`${fileIn(world)}${suffix}`)));
  await saysLost(world);
  const health = await service.health();
  expect(health).toMatchObject({ level: "critical", problem: { kind: "journal-lost" } });
  await truth.tell(redis);
  await expectTruth(world);

  // The list cannot tell any more what the journal lacks.
  await source.close();
  await service.restart();
  await expectTruth(world);
  expect((await readiness(world))[1]).not.toContain("journal-lost");
});

test.concurrent("the lock removed under us: said, and taken anew", async (context) => {
  const world = await worldFor(context);
  await settle(world);
  await rm(join(world.service.folder, "avspark.lock"));
  await saysLost(world);
  expect(await readdir(world.service.folder)).toContain("avspark.lock");
});

test.concurrent("another program holds the journal: said, answered at once, and all that came is taken afterwards", async (context) => {
  const world = await worldFor(context);
  const { service, truth, redis } = world;
  await settle(world);
  const other = new Sqlite(fileIn(world), { timeout: 5000 });
  other.exec("BEGIN IMMEDIATE");
  try {
    for (let change = 0; change < 20; change += 1) await truth.tell(redis);
    const times: number[] = [];
    await eventually(async () => {
      const begun = performance.now();
      const health = await service.health();
      times.push(performance.now() - begun);
      return health.level === "critical" && health.problem.kind === "journal-locked" && times.length > 40;
    });
    // It waited for five seconds at a time.
    expect(Math.max(...times)).toBeLessThan(4000);
    expect((await service.connection()).state).toBe("live");
  } finally {
    other.exec("ROLLBACK");
    other.close();
  }
  await expectTruth(world);
  await expectAllWell(world);
});
