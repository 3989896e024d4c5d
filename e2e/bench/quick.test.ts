import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { z } from "zod";

const run = join(import.meta.dirname, "../../bench/run.ts");

const toldSchema = z.object({
  machine: z.string(),
  measured: z.array(
    z.object({
      title: z.string(),
      figures: z.array(
        z.object({
          what: z.string(),
          value: z.string(),
          beside: z.object({ floorIs: z.string(), times: z.object({ median: z.number() }) }).optional(),
        }),
      ),
    }),
  ),
});

/** About ten times what it was when this was written: a machine that is busy does not reach it, a mistake does. */
const mostTimes: Readonly<Record<string, number>> = {
  "until it listens: the processor's time": 250,
  "memory, at rest": 12,
  "one message of 2 KB with one match: the processor's time": 150,
  "one message of 2 KB with 3 matches: the processor's time": 250,
  "2000 of them at full speed: the most memory": 25,
};

test("the quick bench measures beside floors, and nothing costs many times what it did", async () => {
  const folder = await mkdtemp(join(tmpdir(), "avspark-bench-"));
  try {
    const json = join(folder, "told.json");
    const { stdout } = await promisify(execFile)(process.execPath, [run, "--quick", "--json", json]);
    const { measured } = toldSchema.parse(JSON.parse(await readFile(json, "utf8")));
    const figures = measured.flatMap((bench) => bench.figures);
    for (const [what, most] of Object.entries(mostTimes)) {
      const besides = figures.flatMap((figure) => (figure.what === what ? (figure.beside ?? []) : []));
      expect(besides, what).not.toHaveLength(0);
      for (const { floorIs, times } of besides) {
        expect(times.median, `${what}, beside ${floorIs}`).toBeLessThan(most);
        expect(stdout).toContain(`× ${floorIs}`);
      }
    }
    const lost = figures.filter(({ what }) => what.trim() === "lost of them");
    expect(lost.map(({ value }) => value)).toEqual(["0", "0"]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}, 300_000);
