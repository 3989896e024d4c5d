// The app as it goes into a package: what is built for it, what it shows, libsql, and nothing else.

import { chmod, copyFile, cp, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { projectNode, root } from "../paths.mjs";
import { run, tool, toolPath } from "../run.mjs";
import { Stop } from "../say.mjs";
import { binaryName, folders } from "./config.mjs";
import { addLibsql } from "./libsql.mjs";

/** Drawn in resources/icons. */
const iconSizes = [16, 32, 48, 64, 128, 256, 512, 1024];

/** @param {string} name */
const fromPackageJson = async (name) => JSON.parse(await readFile(join(root, "package.json"), "utf8"))[name];

/** @param {boolean} released */
const build = async (released) => {
  const mode = released ? "package" : "package-not-for-release";
  const args = ["build", "--mode", mode, "--outDir", join(folders.app, "out")];
  const { code, output } = await run(tool("electron-vite", args), { env: toolPath() });
  if (code !== 0) throw new Stop(`${output.trim()}\nThe build failed; the reason is above.`);
};

/** What a system's package manager keeps beside the program is what the program says of itself. */
const gatherCompletions = async () => {
  await mkdir(folders.gathered, { recursive: true });
  for (const shell of ["bash", "zsh", "fish"]) {
    const start = join(folders.app, "out", "main", "start.js");
    const { code, output } = await run([projectNode, start, "--cli", "--", "completion", shell]);
    if (code !== 0) throw new Stop(`${output.trim()}\nThe completions for ${shell} could not be made.`);
    await writeFile(join(folders.gathered, `avspark.${shell}`), output);
  }
};

/** As desktops look for them: hicolor/NxN. */
const placeIcons = async () => {
  await mkdir(folders.icons, { recursive: true });
  const drawn = join(root, "resources", "icons");
  for (const size of iconSizes)
    await copyFile(join(drawn, `icon-${size}.png`), join(folders.icons, `${size}x${size}.png`));
};

const placeResources = () =>
  cp(join(root, "resources", "icons"), join(folders.app, "resources", "icons"), {
    recursive: true,
    // The window's icon and the tray's; the sizes are the system's.
    filter: (path) => !/icon-\d+\.png$/.test(path),
  });

const writeDescription = async () => {
  const [version, license, description, all] = await Promise.all(
    ["version", "license", "description", "dependencies"].map(fromPackageJson),
  );
  const described = {
    name: "avspark",
    productName: "Avspark",
    version,
    description,
    license,
    author: "Avspark",
    homepage: "https://avspark.invalid",
    type: "module",
    main: "out/main/start.js",
    desktopName: "avspark.desktop",
    dependencies: { libsql: all.libsql },
  };
  await writeFile(join(folders.app, "package.json"), `${JSON.stringify(described, null, 2)}\n`);
};

/**
 * Built once for all machines.
 * @param {{ readonly released: boolean }} options
 */
export const stageApp = async ({ released }) => {
  for (const folder of Object.values(folders)) await rm(folder, { recursive: true, force: true });
  await build(released);
  await placeResources();
  await placeIcons();
  await writeDescription();
  await gatherCompletions();
};

/**
 * What differs from machine to machine.
 * @param {string} machine such as linux-x64
 */
export const stageNative = async (machine) => {
  await rm(join(folders.app, "node_modules"), { recursive: true, force: true });
  await addLibsql(folders.app, machine);
};

/**
 * On Linux the command is a launcher beside the binary; see resources/linux/avspark.
 * @param {string} folder the unpacked program
 */
export const placeLauncher = async (folder) => {
  const command = join(folder, "avspark");
  await rename(command, join(folder, binaryName));
  await copyFile(join(root, "resources", "linux", "avspark"), command);
  await chmod(command, 0o755);
};
