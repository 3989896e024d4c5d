import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { serve } from "../fixtures/serve.ts";

const programs = join(import.meta.dirname, "../../out/main");

const mapSchema = z.object({ sources: z.array(z.string()) });

/** The built files that a program reads before it does anything, with all that each imports. */
const filesOf = (program: string, found: Set<string> = new Set()): ReadonlySet<string> => {
  if (found.has(program)) return found;
  found.add(program);
  for (const [, file = ""] of readFileSync(program, "utf8").matchAll(/(?:\bfrom|\bimport)\s?"(\.{1,2}\/[^"]+)"/g))
    filesOf(resolve(dirname(program), file), found);
  return found;
};

/** The file that a program reads when it is to do something, by what its name begins with. */
const laterFile = (program: string, name: string): string => {
  const [, file] =
    new RegExp(`import\\([\`"](\\.{1,2}/chunks/${name}-[^\`"]+)[\`"]\\)`).exec(readFileSync(program, "utf8")) ?? [];
  if (file === undefined) throw new Error(`${program} reads no ${name}.`);
  return resolve(dirname(program), file);
};

/** The packages, and the rooms of ours, that have code in these files. */
const partsIn = (files: Iterable<string>): ReadonlySet<string> =>
  new Set(
    Array.from(files)
      // A file that only leads on to others has no source.
      .filter((file) => existsSync(`${file}.map`))
      .flatMap((file) => mapSchema.parse(JSON.parse(readFileSync(`${file}.map`, "utf8"))).sources)
      .map(
        (source) => /(?:node_modules|src)\/((?:@[^/]+\/|main\/adapters\/|main\/)?[^/]+)/.exec(source)?.[1] ?? source,
      ),
  );

const cli = join(programs, "cli.js");
const service = new Set([...filesOf(cli), ...filesOf(laterFile(cli, "serve"))]);
const journal = filesOf(join(programs, "journal-writer.js"));

test("a service reads none of what it may never need", () => {
  const parts = partsIn(service);
  expect(parts).toContain("fastify");
  expect(parts).toContain("main/adapters/redis");
  for (const later of [
    "@googleapis/calendar",
    "@googleapis/people",
    "google-auth-library",
    "googleapis-common",
    "gaxios",
    "tsdav",
    "nodemailer",
    "prom-client",
    "write-excel-file",
    "fflate",
    "yaml",
    "main/demo",
    "main/adapters/cluster",
    "main/adapters/google/client.ts",
    "electron-updater",
  ])
    expect(parts, later).not.toContain(later);
});

test("a command that only asks reads nothing of the service", () => {
  const parts = partsIn(filesOf(cli));
  expect(parts).toContain("commander");
  for (const other of ["fastify", "ioredis", "temporal-polyfill", "ical.js", "pino", "main/compose.ts", "core/service"])
    expect(parts, other).not.toContain(other);
});

test("the journal's thread reads its own part of it", () => {
  const parts = partsIn(journal);
  expect(parts).toContain("main/adapters/journal");
  for (const other of ["fastify", "ioredis", "temporal-polyfill", "ical.js", "commander", "pino"])
    expect(parts, other).not.toContain(other);
});

test("what is always loaded together lies in few files, in ASCII", () => {
  expect(service.size).toBeLessThan(10);
  expect(journal.size).toBeLessThan(6);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII begins with them.
  for (const file of service) expect(readFileSync(file, "utf8"), file).toMatch(/^[\x00-\x7f]*$/);
});

test("of Node it has no browser's way to fetch when it listens", async () => {
  const told = `process.on("exit",()=>console.error(JSON.stringify(process.moduleLoadList)))`;
  const served = await serve({
    REDIS_URL: "redis://127.0.0.1:1",
    AVSPARK_LOG_LEVEL: "error",
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(told)}`,
  });
  await served.stop();
  // The journal's thread says the same.
  const lists = served
    .complaints()
    .split("\n")
    .filter((line) => line.startsWith("["))
    .map((line) => z.array(z.string()).parse(JSON.parse(line)));
  expect(lists).not.toHaveLength(0);
  const loaded = lists.flat();
  expect(loaded).toContain("NativeModule http");
  expect(loaded.filter((name) => name.includes("undici"))).toEqual([]);
});
