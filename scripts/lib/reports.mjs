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
 * A file that cannot be loaded has no tests to count: it counts as one that failed.
 * @param {string} path
 * @returns {Count}
 */
export const countVitest = (path) => {
  const report = readReport(path);
  if (report === undefined) return nothing;
  /** @type {readonly { readonly status: string, readonly assertionResults: readonly unknown[] }[]} */
  const files = report.testResults;
  const unloadable = files.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloadable.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
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
