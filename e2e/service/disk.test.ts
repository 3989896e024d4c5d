import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { report } from "../feed/listener.ts";
import { hasSmallDisks, onSmallDisk } from "../fixtures/small-disk.ts";
import { factsIn } from "./truth.ts";
import { eventually, expectAllWell, settle, type World, worldFor } from "./world.ts";

/** Room for what waits in memory, once it is there. */
const megabytes = 192;

const smallWorld = (context: Parameters<typeof worldFor>[0]): Promise<World> =>
  worldFor(context, { wrap: (command, folder) => onSmallDisk({ folder, megabytes }, command) });

/** The disk as the service sees it. */
const fillerOf = ({ service }: World): string => join(`/proc/${service.pid()}/root`, service.folder, "filler");

const fill = async (world: World): Promise<void> => {
  const error = await writeFile(fillerOf(world), new Uint8Array(2 * megabytes * 1024 * 1024)).catch((e: unknown) => e);
  expect(error).toMatchObject({ code: "ENOSPC" });
};
const makeRoom = (world: World): Promise<void> => rm(fillerOf(world));

const refuses = ({ service }: World): Promise<true> =>
  eventually(async () => {
    const health = await service.health();
    return health.level === "critical" && health.problem.kind === "journal-full";
  });

test
  .runIf(hasSmallDisks)
  .concurrent("a disk without room: said so, and all that came is taken when there is room", async (context) => {
    const world = await smallWorld(context);
    const { service, truth, redis } = world;
    await settle(world);
    await fill(world);
    const before = await service.matches();
    for (let change = 0; change < 50; change += 1) await truth.tell(redis);
    await refuses(world);
    expect((await service.connection()).state).toBe("live");
    // What is not journaled is not acted on.
    expect((await service.matches()).map(factsIn)).toEqual(before.map(factsIn));
    await makeRoom(world);
    await expectAllWell(world);
    expect((await service.gaps()).every(({ cause }) => cause.kind !== "journal")).toBe(true);
  });

test
  .runIf(hasSmallDisks)
  .concurrent("a disk that stays full until messages must go: that is a gap, and a list fills it", async (context) => {
    const world = await smallWorld(context);
    const { service, truth, redis } = world;
    await settle(world);
    await fill(world);
    await truth.tell(redis);
    await refuses(world);
    // More than memory may hold.
    const small = JSON.stringify({ type: "processing_status", payload: { status: "started" } });
    for (let batch = 0; batch < 16; batch += 1)
      await Promise.all(Array.from({ length: 5000 }, () => redis.publish("fogis:processor:status", small)));
    await truth.tell(redis);
    await eventually(async () => (await service.gaps()).some(({ cause }) => cause.kind === "journal"), {
      what: () => "a gap for what was let go",
    });
    const made = performance.now();
    await makeRoom(world);
    await expectAllWell(world);
    report(`disk full: whole again ${Math.round(performance.now() - made)} ms after there was room`);
    const gap = (await service.gaps()).find(({ cause }) => cause.kind === "journal");
    expect(gap).toMatchObject({ state: "closed" });
  });
