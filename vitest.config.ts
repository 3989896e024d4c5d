import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      // A property test on a busy machine takes its time; a test that hangs is found all the same.
      { extends: true, test: { name: "unit", include: ["src/**/*.test.{ts,tsx}"], testTimeout: 60_000 } },
      // These start real servers of their own and wait for them; a busy machine makes that long.
      {
        extends: true,
        test: { name: "server", include: ["e2e/**/*.test.ts"], testTimeout: 120_000, hookTimeout: 60_000 },
      },
      // Minutes each, one file at a time; `npm test` leaves them out.
      {
        extends: true,
        test: {
          name: "long",
          // Property tests run many more times here.
          include: ["e2e/long/*.long.ts", "{src,e2e}/**/*.property.test.ts"],
          env: { AVSPARK_LONG: "1" },
          testTimeout: 3_600_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
