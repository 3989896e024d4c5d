import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inMarkdown } from "./report.ts";
import { soak } from "./run.ts";
import { openWorld } from "./world.ts";

/** node e2e/soak/main.ts MINUTES SEED FOLDER [DISK]: see scripts/soak.mjs. */
const [minutes = 3, seed = 1] = process.argv.slice(2, 4).map(Number);
const [folder = ".", disk = null] = process.argv.slice(4);
const matches = 200;

// Whoever stops it stops the app and the servers too: they end with this process.
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(130));
await mkdir(folder, { recursive: true });
const world = await openWorld({ seed, matches, disk });
try {
  const report = await soak(world, { seed, minutes, matches, disk });
  await writeFile(join(folder, "soak.json"), `${JSON.stringify(report, null, 2)}\n`);
  await writeFile(join(folder, "soak.md"), inMarkdown(report));
  process.stdout.write(inMarkdown(report));
  process.exitCode = report.verdict.passed ? 0 : 1;
} finally {
  await world.close();
}
