import { defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  outputDir: "test-results/e2e",
  fullyParallel: true,
  // Each worker runs a whole Electron.
  workers: 2,
  timeout: 120_000,
  // Time and data stand still in pictures: what differs is the smoothing of a letter's edge here and there. The smallest mark
  // has more pixels than this.
  snapshotPathTemplate: "docs/screens/{arg}{ext}",
  expect: { timeout: 20_000, toHaveScreenshot: { maxDiffPixels: 30, threshold: 0.2, animations: "disabled" } },
  forbidOnly: true,
});
