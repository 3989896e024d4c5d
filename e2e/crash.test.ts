// Node itself now and then crashes under a test file. The test run tells that from whatever else goes wrong.

import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, type TestContext, test } from "vitest";
import { countVitest, readCrashes } from "../scripts/lib/reports.mjs";
import { run, tool } from "../scripts/lib/run.mjs";

const project = resolve(import.meta.dirname, "..");
const one = 'import { test } from "vitest"; test("one", () => {});';
const dying = (signal: string): string =>
  `${one} test("two", async () => { process.kill(process.pid, "${signal}"); await new Promise(() => {}); });`;

/** What the test run reads of a run of these files. */
const runOf = async ({ onTestFinished }: TestContext, files: Readonly<Record<string, string>>) => {
  const folder = await mkdtemp(join(tmpdir(), "avspark-crash-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await symlink(join(project, "node_modules"), join(folder, "node_modules"));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, `${name}.test.mjs`), text);
  const [report, crashes] = [join(folder, "report.json"), join(folder, "crashes.json")];
  const reporters = ["--reporter=json", `--outputFile.json=${report}`];
  const own = `--reporter=${join(project, "scripts/lib/crash-reporter.mjs")}`;
  const { code } = await run(tool("vitest", ["run", "--root", folder, ...reporters, own]), {
    cwd: folder,
    env: { AVSPARK_CRASHES: crashes },
  });
  expect(code).not.toBe(0);
  const crashed = readCrashes(crashes);
  const count = countVitest(report, { but: crashed });
  return { crashed: crashed.map((file) => file.slice(folder.length + 1)), count };
};

for (const signal of ["SIGSEGV", "SIGABRT"])
  test.concurrent(`a crash is told, and nothing is counted of what it cut off: ${signal}`, async (context) => {
    const { crashed, count } = await runOf(context, { whole: one, cut: dying(signal) });
    expect(crashed).toEqual(["cut.test.mjs"]);
    expect(count).toEqual({ passed: 1, failed: 0, skipped: 0 });
  });

test.concurrent("beside a crash a failure stays one", async (context) => {
  const { crashed, count } = await runOf(context, {
    cut: dying("SIGTRAP"),
    wrong: `${one} test("two", () => { throw new Error("wrong"); });`,
    unloadable: 'throw new Error("unloadable");',
  });
  expect(crashed).toEqual(["cut.test.mjs"]);
  expect(count).toEqual({ passed: 1, failed: 2, skipped: 0 });
});

test.concurrent("an end that a script or the system can bring about is no crash", async (context) => {
  expect((await runOf(context, { cut: dying("SIGKILL") })).crashed).toEqual([]);
  const unhandled = `${one} test("two", () => { Promise.reject(new Error("late")); });`;
  expect((await runOf(context, { cut: dying("SIGSEGV"), unhandled })).crashed).toEqual([]);
});
