// npm run bench [name …]: sets up and builds what is missing, then measures. What is measured lies in bench/.

import { join } from "node:path";
import { ensureBuild } from "./lib/build.mjs";
import { projectNode, root } from "./lib/paths.mjs";
import { run, toolPath } from "./lib/run.mjs";
import { runScript } from "./lib/say.mjs";
import { setUpToTest } from "./lib/set-up.mjs";
import { withPackages } from "./lib/with-packages.mjs";

const bench = async () => {
  await setUpToTest();
  await ensureBuild({ always: false });
  const command = [projectNode, join(root, "bench/run.ts"), ...process.argv.slice(2)];
  const { code } = await run(command, { show: true, env: toolPath() });
  process.exitCode = code;
};

await runScript(() => withPackages(bench));
