import { existsSync } from "node:fs";
import { resolve } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "electron-vite";
import type { Plugin, Rolldown } from "vite";
import { listBundled } from "./scripts/lib/package/bundled.mjs";

const source = (path: string): string => resolve(import.meta.dirname, "src", path);

/** Every program that runs in Node or in Electron's main process, by the name of its file in out/main. */
const programs = {
  index: "main/index.ts",
  cli: "main/cli.ts",
  library: "library.ts",
  "journal-writer": "main/adapters/journal/writer.ts",
};

/** One binary is all of them in a package, so there they begin in one place. */
const packagedPrograms = { start: "main/start.ts", "journal-writer": programs["journal-writer"] };

const inputs = (wanted: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(wanted)
      .map(([name, path]) => [name, source(path)] as const)
      .filter(([, path]) => existsSync(path)),
  );

/**
 * Writes what ASCII lacks as an escape: V8 keeps a file with one such character in two bytes each, all of it, and for as long
 * as it runs. What stands behind one in a line is some columns further on than its source map says.
 */
const inAscii: Plugin = {
  name: "in-ascii",
  generateBundle: (_, bundle) => {
    for (const part of Object.values(bundle)) if (part.type === "chunk") part.code = part.code.replace(wide, escaped);
  },
};
const wide = /[\u0080-\uffff]/g;
const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** What a command imports of the other rooms of main: else it would lie with the service, which a command does without. */
const usedByCommands = (id: string, modules: Pick<Rolldown.PluginContext, "getModuleInfo">): string | null => {
  const isOfCommand = (file: string): boolean => file.includes("/src/main/cli/");
  const isOurs = id.includes("/src/") && !id.includes("/node_modules/");
  return isOurs && !isOfCommand(id) && modules.getModuleInfo(id)?.importers.some(isOfCommand) === true
    ? "commands"
    : null;
};

/**
 * What the journal's thread needs, what every command does, what those do that ask a service, and the service; each with all
 * that it imports and that none before it has.
 */
const loadedTogether = [
  { name: "journal", test: /src\/main\/adapters\/journal\/(writing|protocol)\.ts$/, priority: 4 },
  { name: "shared", test: /src\/shared\//, priority: 3 },
  { name: "settings", test: /src\/main\/adapters\/(settings|door-token)\.ts$/, priority: 2 },
  { name: usedByCommands, debugName: "commands", priority: 2 },
  { name: "service", test: /src\/main\/(serve|compose)\.ts$/, priority: 1 },
];

/** `npm run package` builds with one of these modes, and wants to know what went in. */
const packaged = new Set(["package", "package-not-for-release"]);
const listed = (mode: string, part: string) =>
  packaged.has(mode) ? [listBundled(resolve(import.meta.dirname, `dist/gathered/bundled-${part}.json`))] : [];

/** The oldest Node that runs what is built: the one inside the development Electron. */
const target = "node20.18";

export default defineConfig(({ mode }) => ({
  main: {
    plugins: [inAscii, ...listed(mode, "main")],
    // Its modules for import make a `require` of their own, which cannot stand beside the one of what is bundled.
    resolve: { alias: { fflate: resolve(import.meta.dirname, "node_modules/fflate/lib/node.cjs") } },
    define: { __NOT_FOR_RELEASE__: JSON.stringify(mode === "package-not-for-release") },
    build: {
      target,
      sourcemap: !packaged.has(mode),
      // Everything is bundled but what is native: it starts sooner, and a package is less than half as large.
      externalizeDeps: false,
      rolldownOptions: {
        input: inputs(packaged.has(mode) ? packagedPrograms : programs),
        external: ["libsql"],
        output: {
          entryFileNames: "[name].js",
          chunkFileNames: "chunks/[name]-[hash].js",
          // Each file and each import costs a start about as much as a thousand lines: what is always loaded together is one file.
          codeSplitting: { groups: loadedTogether },
          // Names stay, since traces and errors tell them; without comments and white space there is a third less to read.
          minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
        },
      },
    },
  },
  preload: {
    build: {
      target,
      // A sandboxed preload can require nothing but electron: everything it uses is bundled.
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: source("preload/index.ts") },
        output: { format: "cjs", entryFileNames: "[name].cjs" },
      },
    },
  },
  renderer: {
    root: source("renderer"),
    plugins: [react(), ...listed(mode, "renderer")],
    build: {
      target: "chrome130",
      rolldownOptions: { input: { index: source("renderer/index.html") } },
    },
  },
}));
