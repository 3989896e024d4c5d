// npm run release: audits, makes all packages that this system can make, and writes their checksums. Keys for signing come from
// electron-builder's environment variables, the update server's address from AVSPARK_UPDATE_SERVER. What follows is handed to
// `npm run package`.
//
//   npm run release -- --unaudited    where the registry does not answer audits, and a person answers for that

import { join } from "node:path";
import { writeChecksums } from "./lib/package/checksums.mjs";
import { projectNode, root } from "./lib/paths.mjs";
import { run } from "./lib/run.mjs";
import { runScript, Stop, say } from "./lib/say.mjs";

const unaudited = "--unaudited";

const release = async () => {
  const given = process.argv.slice(2);
  const script = (/** @type {string} */ name) => join(root, "scripts", name);
  /** @param {readonly string[]} command */
  const demand = async (command) => {
    const { code } = await run([projectNode, ...command], { show: true });
    if (code !== 0) throw new Stop("There is no release; the reason is above.");
  };
  if (given.includes(unaudited)) say("Not audited: a person answers for that.");
  else await demand([script("audit.mjs")]);
  await demand([script("package.mjs"), ...given.filter((arg) => arg !== unaudited)]);
  say(`Checksums: ${(await writeChecksums(join(root, "dist"))).length} files in dist/SHA256SUMS`);
};

await runScript(release);
