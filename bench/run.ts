import { readdir } from "node:fs/promises";
import { availableParallelism, cpus, loadavg, totalmem } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters, styleText } from "node:util";
import type { Bench, Figure } from "./bench.ts";

// npm run bench [name …]: runs every bench/*.bench.ts, one after the other, and prints what was measured.

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

const table = (figures: readonly Figure[]): string => {
  const rows = figures.map((figure) => [figure.what, figure.value, figure.limit ?? "", verdict(figure)]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => lengthOf(row[column] ?? ""))));
  return rows
    .map((row) =>
      `  ${row.map((cell, column) => cell + " ".repeat((widths[column] ?? 0) - lengthOf(cell))).join("  ")}`.trimEnd(),
    )
    .join("\n");
};
const lengthOf = (cell: string): number => stripVTControlCharacters(cell).length;

const wanted = process.argv.slice(2);
const files = (await readdir(import.meta.dirname))
  .filter((file) => file.endsWith(".bench.ts"))
  .filter((file) => wanted.length === 0 || wanted.some((name) => file.includes(name)))
  .sort();
const [load1 = 0] = loadavg();
console.log(
  `${availableParallelism()} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB; load before: ${load1.toFixed(1)}`,
);
if (files.length === 0) {
  console.error("There is no bench of that name.");
  process.exitCode = 1;
}
for (const file of files) {
  const { title, run } = await load(file);
  console.log(`\n${title}`);
  try {
    console.log(table(await run()));
  } catch (error) {
    console.error(error);
    process.exitCode = 1;
  }
}
