// How many tests passed and failed, from what the test programs wrote down.

import { existsSync, readFileSync } from "node:fs";

/** @typedef {{ readonly passed: number, readonly failed: number, readonly skipped: number }} Count */

/** @type {Count} */
export const nothing = { passed: 0, failed: 0, skipped: 0 };

/**
 * @param {Count} one
 * @param {Count} other
 * @returns {Count}
 */
export const add = (one, other) => ({
  passed: one.passed + other.passed,
  failed: one.failed + other.failed,
  skipped: one.skipped + other.skipped,
});

/** @param {string} path */
const readReport = (path) => (existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : undefined);

/**
 * The files under which Node crashed, where nothing else went wrong that belongs to no test.
 * @param {string} path
 * @returns {readonly string[]}
 */
export const readCrashes = (path) => {
  /** @type {import("./crash-reporter.mjs").Crashes | undefined} */
  const crashes = readReport(path);
  return crashes === undefined || crashes.others > 0 ? [] : crashes.files;
};

/**
 * A file that cannot be loaded has no tests to count: it counts as one that failed. Nothing is counted of the files `but` those.
 * @param {string} path
 * @param {{ readonly but?: readonly string[] }} [options]
 * @returns {Count}
 */
export const countVitest = (path, { but = [] } = {}) => {
  /** @type {readonly { readonly name: string, readonly status: string, readonly assertionResults: readonly { readonly status: string }[] }[]} */
  const files = readReport(path)?.testResults ?? [];
  const counted = files.filter(({ name }) => !but.includes(name));
  const results = counted.flatMap(({ assertionResults }) => assertionResults.map(({ status }) => status));
  const unloadable = counted.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  );
  const passed = results.filter((status) => status === "passed").length;
  const failed = results.filter((status) => status === "failed").length;
  return { passed, failed: failed + unloadable.length, skipped: results.length - passed - failed };
};

/**
 * A test that passed only when tried again did not pass.
 * @param {string} path
 * @returns {Count}
 */
export const countPlaywright = (path) => {
  const stats = readReport(path)?.stats;
  if (stats === undefined) return nothing;
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped };
};

/** @param {Count} count */
export const inWords = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
