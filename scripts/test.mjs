// npm test: sets up what is missing, then everything that can be wrong, the quick things first.
//
//   npm test                    all of it
//   npm test -- check           types, lint, dead code
//   npm test -- unit [name]     tests beside their files
//   npm test -- server [name]   tests against real servers
//   npm test -- e2e [name]      tests that drive the real window

import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { ensureBuild } from "./lib/build.mjs";
import { onPrivateDesktop } from "./lib/desktop.mjs";
import { electronRuntime } from "./lib/electron.mjs";
import { projectNode, root } from "./lib/paths.mjs";
import { add, countPlaywright, countVitest, inWords, nothing, readCrashes } from "./lib/reports.mjs";
import { run, tool, toolPath } from "./lib/run.mjs";
import { runScript, Stop, say, step } from "./lib/say.mjs";
import { setUpToTest } from "./lib/set-up.mjs";
import { withPackages } from "./lib/with-packages.mjs";

/** @typedef {import("./lib/reports.mjs").Count} Count */
/** @typedef {{ readonly count: Count, readonly complaint?: string }} Verdict */

const results = join(root, "test-results");

/** The rooms that see less of the world than the whole does. */
const rooms = ["src/shared", "src/core", "src/main", "src/renderer"];

/** @type {() => readonly { readonly title: string, readonly command: readonly string[] }[]} */
const checks = () => [
  { title: "Type check", command: tool("typescript", ["-b", ".", ...rooms]) },
  { title: "Lint and import rules", command: tool("@biomejs/biome", ["check", "--error-on-warnings", "."]) },
  { title: "Dead code", command: tool("knip", []) },
  { title: "Generated pages", command: [projectNode, join(root, "scripts", "docs.mjs"), "--check"] },
];

/** @returns {Promise<Verdict>} */
const check = async () => {
  const outcomes = await Promise.all(
    checks().map(async ({ title, command }) =>
      step(title, async () => {
        const { code, output } = await run(command, { env: toolPath() });
        return { said: code === 0 ? "fine" : "not fine", value: code === 0 ? [] : [{ title, output }] };
      }),
    ),
  );
  const failures = outcomes.flat();
  for (const { output } of failures) say(output.trim());
  if (failures.length === 0) return { count: nothing };
  const titles = failures.map(({ title }) => title).join(" and ");
  return { count: { ...nothing, failed: failures.length }, complaint: `${titles} failed; what was found is above.` };
};

/**
 * A run that ends badly without a failed test to show for it has failed all the same.
 * @param {{ readonly count: Count, readonly code: number, readonly what: string }} outcome
 * @returns {Verdict}
 */
const judge = ({ count, code, what }) => {
  if (code === 0 && count.failed === 0) return { count };
  return {
    count: { ...count, failed: Math.max(count.failed, 1) },
    complaint: `${what} failed; what went wrong is above.`,
  };
};

/**
 * @param {readonly ("unit" | "server")[]} projects
 * @param {readonly string[]} names
 * @param {string} report
 */
const runVitest = async (projects, names, report) => {
  const crashes = `${report}.crashes`;
  const args = ["run", ...projects.flatMap((project) => ["--project", project]), ...names];
  const own = join(root, "scripts", "lib", "crash-reporter.mjs");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`, `--reporter=${own}`];
  const env = { ...toolPath(), AVSPARK_CRASHES: crashes };
  const { code } = await run(tool("vitest", [...args, ...reporters]), { show: true, env });
  return { code, crashed: readCrashes(crashes) };
};

/**
 * What Node itself crashed under is run once more, where nothing else failed: that is no word on the tests in it.
 * @param {readonly ("unit" | "server")[]} projects
 * @param {readonly string[]} names
 * @returns {Promise<Verdict>}
 */
const testInNode = async (projects, names) => {
  await ensureBuild({ always: false });
  const what = `The ${projects.join(" and ")} tests`;
  const report = join(results, "vitest.json");
  const { code, crashed } = await runVitest(projects, names, report);
  const count = countVitest(report, { but: crashed });
  if (crashed.length === 0 || count.failed > 0) return judge({ count, code, what });
  say(`Node crashed under ${crashed.join(", ")}, which is run once more.`);
  const again = join(results, "vitest-again.json");
  const second = await runVitest(projects, crashed, again);
  return judge({ count: add(count, countVitest(again)), code: second.code, what });
};

/**
 * @param {readonly string[]} names
 * @returns {Promise<Verdict>}
 */
const testTheWindow = async (names) => {
  await ensureBuild({ always: false });
  if (electronRuntime() === undefined) throw new Stop("The end-to-end tests need an Electron, and there is none.");
  const report = join(results, "playwright.json");
  const { code } = await onPrivateDesktop((desktop) =>
    run(tool("@playwright/test", ["test", "--reporter=list,json", ...names]), {
      show: true,
      env: { ...toolPath(), ...desktop, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
    }),
  );
  return judge({ count: countPlaywright(report), code, what: "The end-to-end tests" });
};

/** @type {Readonly<Record<string, (names: readonly string[]) => readonly (() => Promise<Verdict>)[]>>} */
const parts = {
  all: () => [check, () => testInNode(["unit", "server"], []), () => testTheWindow([])],
  check: () => [check],
  unit: (names) => [() => testInNode(["unit"], names)],
  server: (names) => [() => testInNode(["server"], names)],
  e2e: (names) => [() => testTheWindow(names)],
};

/** Stops at the first part that fails: what comes after it would only drown it. */
const test = async () => {
  const [part = "all", ...names] = process.argv.slice(2);
  const work = parts[part];
  if (work === undefined) throw new Stop(`There is no part called ${part}: ${Object.keys(parts).join(", ")}.`);
  await setUpToTest();
  await rm(results, { recursive: true, force: true });
  await mkdir(results, { recursive: true });

  let total = nothing;
  for (const each of work(names)) {
    const { count, complaint } = await each();
    total = add(total, count);
    if (complaint === undefined) continue;
    say(complaint);
    process.exitCode = 1;
    break;
  }
  say(inWords(total));
};

await runScript(() => withPackages(test));
