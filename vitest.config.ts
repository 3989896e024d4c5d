import { existsSync, statfsSync } from "node:fs";
import { defineConfig } from "vitest/config";

/** No test is about how fast a disk is, and forcing one takes much of their time: they write to memory where there is plenty. */
const memory = "/dev/shm";
const fewestBytes = 4_000_000_000;
const hasMemory = (): boolean => {
  if (!existsSync(memory)) return false;
  const { bavail, bsize } = statfsSync(memory);
  return bavail * bsize >= fewestBytes;
};

export default defineConfig({
  test: {
    // Most of what the tests take is waiting for servers, so every core has a worker; the default leaves one core idle.
    maxWorkers: "100%",
    // Node 24's V8 now and then crashes while it collects the code of its baseline compiler (nodejs/node#62393): a worker then
    // dies by SIGSEGV, each time in another file.
    execArgv: ["--no-sparkplug"],
    env: hasMemory() ? { TMPDIR: memory } : {},
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
      // A package on this machine, installed by root; `npm run test:package`.
      {
        extends: true,
        test: {
          name: "package",
          include: ["e2e/package/*.package.ts"],
          testTimeout: 3_600_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
