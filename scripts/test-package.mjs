// npm run test:package: makes a test package and tries it on this machine, as root: it is installed, used by an ordinary
// user, upgraded, killed a hundred times under load, and removed. Minutes, and apart from `npm test`.
//
//   npm run test:package -- installed    one of the tests

import { join } from "node:path";
import { projectNode, root } from "./lib/paths.mjs";
import { run, tool, toolPath } from "./lib/run.mjs";
import { runScript, Stop } from "./lib/say.mjs";
import { setUpToTest } from "./lib/set-up.mjs";
import { withPackages } from "./lib/with-packages.mjs";

const testPackage = async () => {
  if (process.platform !== "linux" || process.getuid?.() !== 0)
    throw new Stop("This installs a .deb and makes a user, so it takes Linux with dpkg, and root.");
  await setUpToTest();
  const make = [projectNode, join(root, "scripts", "package.mjs"), "deb", "--development-runtime"];
  const made = await run(make, { show: true });
  if (made.code !== 0) throw new Stop("There is no package to test; the reason is above.");
  const args = ["run", "--project", "package", ...process.argv.slice(2)];
  const { code } = await run(tool("vitest", args), { show: true, env: toolPath() });
  process.exitCode = code;
};

await runScript(() => withPackages(testPackage));
