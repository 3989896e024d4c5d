// npm run package: the packages that people install, into dist/.
//
//   npm run package                                  all that this system can make
//   npm run package -- deb rpm --arch arm64          some of them
//   npm run package -- deb --development-runtime     a test package, marked "not for release", of the Electron that
//                                                    stands in where the real one cannot be fetched

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import packageJson from "../package.json" with { type: "json" };
import { ensureFallback, sharedFallback } from "./lib/electron-fallback.mjs";
import { officialVersion } from "./lib/electron-official.mjs";
import { billOf, gatherComponents, noticesOf } from "./lib/package/components.mjs";
import { binaryName, builderConfig, folders, updateServerOf } from "./lib/package/config.mjs";
import { setFuses } from "./lib/package/fuses.mjs";
import { placeLauncher, stageApp, stageNative } from "./lib/package/stage.mjs";
import { root } from "./lib/paths.mjs";
import { run } from "./lib/run.mjs";
import { runScript, Stop, say, step } from "./lib/say.mjs";
import { withPackages } from "./lib/with-packages.mjs";

const kinds = /** @type {const} */ ({
  linux: ["deb", "AppImage", "rpm", "tar.gz", "dir"],
  win32: ["nsis", "dir"],
  darwin: ["dmg", "dir"],
});
const systems = /** @type {const} */ ({ linux: "linux", win32: "windows", darwin: "mac" });

const asked = () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { "development-runtime": { type: "boolean", default: false }, arch: { type: "string", multiple: true } },
  });
  const platform = /** @type {keyof typeof kinds} */ (process.platform);
  /** @type {readonly string[] | undefined} */
  const possible = kinds[platform];
  if (possible === undefined) throw new Stop(`There are no packages for ${platform}.`);
  const wrong = positionals.filter((kind) => !possible.includes(kind));
  if (wrong.length > 0) throw new Stop(`${wrong.join(", ")} cannot be made here: ${possible.join(", ")} can.`);
  const development = values["development-runtime"];
  if (development && (platform !== "linux" || process.arch !== "x64"))
    throw new Stop("The development runtime is for Linux on x64 alone.");
  return {
    platform,
    development,
    wanted: positionals.length > 0 ? positionals : possible.filter((kind) => kind !== "dir"),
    architectures: values.arch ?? (development ? ["x64"] : ["x64", "arm64"]),
  };
};

/** @returns {Promise<{ readonly dist: string, readonly version: string }>} */
const developmentRuntime = async () => {
  const { version } = await ensureFallback();
  // Not the clone's own copy: in that lies a link to the whole project.
  return { dist: await sharedFallback(), version };
};

/**
 * Tools that electron-builder fetches from its own releases, which are out of reach where the development runtime is used:
 * a stand-in for fpm makes the .deb, and this machine's 7-Zip the archive.
 */
const takeToolsThatAreHere = async () => {
  process.env.CUSTOM_FPM_PATH ??= join(import.meta.dirname, "lib", "package", "fpm.mjs");
  const { code, output } = await run(["which", "7za"]);
  if (code === 0) process.env.ELECTRON_BUILDER_7ZIP_PATH ??= output.trim();
};

/**
 * The notices go into the package, the bill of materials lies beside it.
 * @param {string} machine
 * @param {string} electron its version
 */
const writeComponents = async (machine, electron) => {
  const components = await gatherComponents({ gathered: folders.gathered, machine, electron });
  await writeFile(join(folders.gathered, "NOTICES.txt"), noticesOf(components));
  const bill = billOf(components, packageJson);
  await writeFile(
    join(root, "dist", `avspark-${packageJson.version}-${machine}.cdx.json`),
    JSON.stringify(bill, null, 2),
  );
};

const makePackages = async () => {
  const { platform, development, wanted, architectures } = asked();
  const runtime = development ? await developmentRuntime() : null;
  if (development) await takeToolsThatAreHere();
  await step("The app", async () => {
    await stageApp({ released: !development });
    return { said: "built for a package", value: undefined };
  });
  const { Arch, build, Platform } = await import("electron-builder");
  const config = builderConfig({
    developmentRuntime: runtime,
    updateServer: updateServerOf(process.env.AVSPARK_UPDATE_SERVER),
  });
  for (const architecture of architectures) {
    const arch = Arch[/** @type {keyof typeof Arch} */ (architecture)];
    const files = await step(`Packages for ${architecture}`, async () => {
      const machine = `${platform}-${architecture}`;
      await stageNative(machine);
      await writeComponents(machine, runtime?.version ?? officialVersion());
      const made = await build({
        projectDir: root,
        publish: "never",
        targets: Platform.fromString(systems[platform]).createTarget([...wanted], arch),
        config: {
          ...config,
          afterPack: async ({ appOutDir, packager }) => {
            if (platform === "linux") await placeLauncher(appOutDir);
            const name = { linux: binaryName, win32: "Avspark.exe", darwin: `${packager.appInfo.productFilename}.app` };
            await setFuses(join(appOutDir, name[platform]), platform);
          },
        },
      });
      return { said: `${made.length} made`, value: made };
    });
    for (const file of files) say(`  ${file}`);
  }
  if (development) say("Made from the development runtime: for tests, and not for release.");
};

await runScript(() => withPackages(makePackages));
