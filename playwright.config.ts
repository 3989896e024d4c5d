import { defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  outputDir: "test-results/e2e",
  fullyParallel: true,
  // Each worker runs a whole Electron.
  workers: 2,
  timeout: 120_000,
  // Pictures differ in dates, times of day and the edges of letters; a panel that is missing or moved is more than that.
  snapshotPathTemplate: "docs/screens/{arg}{ext}",
  expect: { timeout: 20_000, toHaveScreenshot: { maxDiffPixelRatio: 0.05, threshold: 0.3, animations: "disabled" } },
  forbidOnly: true,
});
