// npm run fuzz [-- MINUTES]: gives each reader of what others write what nobody should write, for so long; a minute unless told.

import { run, tool, toolPath } from "./lib/run.mjs";
import { runScript, Stop } from "./lib/say.mjs";
import { setUpToTest } from "./lib/set-up.mjs";
import { withPackages } from "./lib/with-packages.mjs";

const fuzz = async () => {
  const [minutes = "1", ...names] = process.argv.slice(2);
  if (!(Number(minutes) > 0)) throw new Stop("How many minutes for each reader? For example: npm run fuzz -- 10");
  await setUpToTest();
  const args = ["run", "--project", "long", "e2e/long/fuzz.long.ts", ...names.flatMap((name) => ["-t", name])];
  const { code } = await run(tool("vitest", args), {
    show: true,
    env: { ...toolPath(), AVSPARK_FUZZ_MINUTES: minutes },
  });
  process.exitCode = code;
};

await runScript(() => withPackages(fuzz));
