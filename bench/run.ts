import { writeFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { availableParallelism, cpus, loadavg, totalmem } from "node:os";
import { join } from "node:path";
import { parseArgs, stripVTControlCharacters, styleText } from "node:util";
import type { Bench, Effort, Figure } from "./bench.ts";

// npm run bench [-- [name …] [--quick] [--runs N] [--messages N] [--json FILE]]: runs every bench/*.bench.ts, one after the other, prints what was
// measured, and writes it as JSON too. `--quick`: only what is over in a minute, once each, with fewer messages.

const isBench = (value: unknown): value is Bench =>
  typeof value === "object" && value !== null && "title" in value && "run" in value && typeof value.run === "function";

const load = async (file: string): Promise<Bench> => {
  const { bench }: { readonly bench?: unknown } = await import(join(import.meta.dirname, file));
  if (!isBench(bench)) throw new Error(`bench/${file} exports no bench.`);
  return bench;
};

const verdict = ({ held }: Figure): string => {
  if (held === undefined) return "";
  return held ? styleText("green", "held") : styleText("red", "missed");
};

const times = (value: number): string => value.toFixed(value < 10 ? 1 : 0);

/** The ratio, with its least and most where there were several runs. */
const besideOf = ({ beside }: Figure): string => {
  if (beside === undefined) return "";
  const { median, least, most } = beside.times;
  const spread = least === most ? "" : ` (${times(least)} – ${times(most)})`;
  return `${times(median)} × ${beside.floorIs}${spread}`;
};

const table = (figures: readonly Figure[]): string => {
  const rows = figures.map((figure) => [
    figure.what,
    figure.value,
    besideOf(figure),
    figure.limit ?? "",
    verdict(figure),
  ]);
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...rows.map((row) => lengthOf(row[column] ?? ""))));
  return rows
    .map((row) =>
      `  ${row.map((cell, column) => cell + " ".repeat((widths[column] ?? 0) - lengthOf(cell))).join("  ")}`.trimEnd(),
    )
    .join("\n");
};
const lengthOf = (cell: string): number => stripVTControlCharacters(cell).length;

const {
  values: { quick: isQuick, json, runs, messages },
  positionals: wanted,
} = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: "boolean", default: false },
    json: { type: "string" },
    runs: { type: "string" },
    messages: { type: "string" },
  },
});
const effort: Effort = {
  runs: Number(runs ?? (isQuick ? 1 : 5)),
  messages: Number(messages ?? (isQuick ? 2000 : 50_000)),
};

const files = (await readdir(import.meta.dirname))
  .filter((file) => file.endsWith(".bench.ts"))
  .filter((file) => wanted.length === 0 || wanted.some((name) => file.includes(name)))
  .sort();
const [load1 = 0] = loadavg();
const machine = `${availableParallelism()} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB; load before: ${load1.toFixed(1)}`;
console.log(machine);
if (files.length === 0) {
  console.error("There is no bench of that name.");
  process.exitCode = 1;
}
const measured: { readonly title: string; readonly figures: readonly Figure[] }[] = [];
for (const file of files) {
  const { title, isQuick: isShort = false, run } = await load(file);
  if (isQuick && !isShort) continue;
  console.log(`\n${title}`);
  try {
    const figures = await run(effort);
    measured.push({ title, figures });
    console.log(table(figures));
  } catch (error) {
    console.error(error);
    process.exitCode = 1;
  }
}
if (json !== undefined) writeFileSync(json, `${JSON.stringify({ machine, ...effort, measured }, null, 2)}\n`);
