import { existsSync } from "node:fs";
import { resolve } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "electron-vite";
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

/** `npm run package` builds with one of these modes, and wants to know what went in. */
const packaged = new Set(["package", "package-not-for-release"]);
const listed = (mode: string, part: string) =>
  packaged.has(mode) ? [listBundled(resolve(import.meta.dirname, `dist/gathered/bundled-${part}.json`))] : [];

/** The oldest Node that runs what is built: the one inside the development Electron. */
const target = "node20.18";

export default defineConfig(({ mode }) => ({
  main: {
    plugins: listed(mode, "main"),
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
