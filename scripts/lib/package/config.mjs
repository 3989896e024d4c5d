// What electron-builder is told. It is data alone, so that a test can hold it against the builder's own schema.

import { join } from "node:path";
import { root } from "../paths.mjs";
import { Stop } from "../say.mjs";

/** @typedef {import("electron-builder").Configuration} Configuration */

/**
 * The development runtime's package is for tests on a machine that Electron's releases do not reach, and bears that in its
 * name.
 * @typedef {object} Making
 * @property {{ readonly dist: string, readonly version: string } | null} developmentRuntime
 * @property {string | null} [updateServer] where newer packages are published
 */

const resources = join(root, "resources");
const linuxResources = join(resources, "linux");

/** The name of the binary; the command `avspark` is the launcher beside it. */
export const binaryName = "avspark-desk";
export const notForRelease = "not-for-release";

/** Debian 12's names; from Debian 13 and Ubuntu 24.04 on, some end with t64. */
const debianLibraries = [
  "libasound2 | libasound2t64",
  "libatk-bridge2.0-0 | libatk-bridge2.0-0t64",
  "libatspi2.0-0 | libatspi2.0-0t64",
  "libc6 (>= 2.28)",
  "libgbm1",
  "libgtk-3-0 | libgtk-3-0t64",
  "libnotify4",
  "libnss3",
  "xdg-utils",
];
const redHatLibraries = ["alsa-lib", "at-spi2-core", "gtk3", "libnotify", "mesa-libgbm", "nss", "xdg-utils"];

/** Where the staged app lies, and what else the packages carry. */
export const folders = {
  app: join(root, "dist", "app"),
  icons: join(root, "dist", "icons"),
  /** What the build gathers: notices, manual, completions. */
  gathered: join(root, "dist", "gathered"),
};

/**
 * On Linux nothing but the connection says that an update is ours.
 * @param {string | undefined} address
 */
export const updateServerOf = (address) => {
  if (address === undefined || address === "") return null;
  if (!URL.canParse(address) || new URL(address).protocol !== "https:")
    throw new Stop(`AVSPARK_UPDATE_SERVER should be an https address, not ${address}.`);
  return address;
};

/** What a system's own package manager puts outside the program's folder: where from and where to. */
const placedBySystem = [
  [join(linuxResources, "command"), "/usr/bin/avspark"],
  [join(linuxResources, "se.avspark.desk.metainfo.xml"), "/usr/share/metainfo/se.avspark.desk.metainfo.xml"],
  [join(resources, "man", "avspark.1"), "/usr/share/man/man1/avspark.1"],
  [join(folders.gathered, "avspark.bash"), "/usr/share/bash-completion/completions/avspark"],
  [join(folders.gathered, "avspark.zsh"), "/usr/share/zsh/vendor-completions/_avspark"],
  [join(folders.gathered, "avspark.fish"), "/usr/share/fish/vendor_completions.d/avspark.fish"],
  [join(root, "LICENSE"), "/usr/share/doc/avspark/copyright"],
].map(([from, to]) => `${from}=${to}`);

/**
 * @param {Making} making
 * @returns {Configuration}
 */
export const builderConfig = ({ developmentRuntime, updateServer = null }) => {
  const marked = developmentRuntime !== null;
  const packageName = marked ? `avspark-${notForRelease}` : "avspark";
  const description = "The referee coordinator's match desk.";
  return {
    appId: "se.avspark.desk",
    productName: "Avspark",
    copyright: "MIT licence",
    directories: { app: folders.app, output: join(root, "dist"), buildResources: join(root, "dist", "icons") },
    files: ["**/*"],
    asar: true,
    asarUnpack: ["**/*.node"],
    npmRebuild: false,
    nodeGypRebuild: false,
    // Where the package looks for newer ones; without an address it has no update server, and says so.
    publish: updateServer === null ? null : { provider: "generic", url: updateServer },
    // macOS and the Linux desktop entry; Windows is told by the program itself, and by its uninstaller when it goes.
    protocols: { name: "Avspark", schemes: ["avspark"] },
    electronLanguages: ["sv", "en-US", "en-GB"],
    ...(developmentRuntime === null
      ? {}
      : { electronDist: developmentRuntime.dist, electronVersion: developmentRuntime.version }),
    artifactName: `${packageName}-\${version}-\${os}-\${arch}.\${ext}`,
    extraResources: [{ from: join(folders.gathered, "NOTICES.txt"), to: "NOTICES.txt" }],
    toolsets: { appimage: "1.0.2" },
    linux: {
      executableName: "avspark",
      syncDesktopName: true,
      category: "Office;Calendar",
      icon: folders.icons,
      synopsis: description,
      description,
      maintainer: "Avspark",
      desktop: {
        entry: {
          Name: marked ? "Avspark (not for release)" : "Avspark",
          GenericName: "Match desk",
          "GenericName[sv]": "Matchdisk",
          "Comment[sv]": "Domaransvarigas matchdisk.",
          StartupNotify: "true",
        },
      },
      executableArgs: [],
      target: [
        { target: "deb", arch: ["x64", "arm64"] },
        { target: "AppImage", arch: ["x64", "arm64"] },
        { target: "rpm", arch: ["x64", "arm64"] },
        { target: "tar.gz", arch: ["x64", "arm64"] },
      ],
    },
    deb: {
      packageName,
      artifactName: `${packageName}_\${version}_\${arch}.\${ext}`,
      depends: debianLibraries,
      // The keyring that secrets are kept in, and the tray.
      recommends: ["libsecret-1-0", "libayatana-appindicator3-1"],
      // A test package is made often and kept by nobody.
      compression: marked ? "gz" : "xz",
      afterInstall: join(linuxResources, "after-install.sh"),
      afterRemove: join(linuxResources, "after-remove.sh"),
      // The two are one program with the same files.
      fpm: [...placedBySystem, ...(marked ? ["--conflicts", "avspark"] : [])],
    },
    rpm: {
      packageName,
      artifactName: `${packageName}-\${version}.\${arch}.\${ext}`,
      depends: redHatLibraries,
      afterInstall: join(linuxResources, "after-install.sh"),
      afterRemove: join(linuxResources, "after-remove.sh"),
      fpm: [...placedBySystem, ...(marked ? ["--conflicts", "avspark"] : [])],
    },
    // Windows and macOS: never built where this was written.
    win: { target: [{ target: "nsis", arch: ["x64", "arm64"] }], icon: join(folders.icons, "1024x1024.png") },
    nsis: {
      oneClick: true,
      perMachine: false,
      deleteAppDataOnUninstall: false,
      include: join(resources, "windows", "installer.nsh"),
    },
    mac: {
      target: [{ target: "dmg", arch: ["x64", "arm64"] }],
      category: "public.app-category.productivity",
      icon: join(folders.icons, "1024x1024.png"),
      hardenedRuntime: true,
    },
  };
};
