import { existsSync } from "node:fs";
import { resolve } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "electron-vite";

const source = (path: string): string => resolve(import.meta.dirname, "src", path);

/** Every program that runs in Node or in Electron's main process, by the name of its file in out/main. */
const programs = {
  index: "main/index.ts",
  cli: "main/cli.ts",
  library: "library.ts",
  "journal-writer": "main/adapters/journal/writer.ts",
};

const programsThere = Object.fromEntries(
  Object.entries(programs)
    .map(([name, path]) => [name, source(path)] as const)
    .filter(([, path]) => existsSync(path)),
);

/** The oldest Node that runs what is built: the one inside the development Electron. */
const target = "node20.18";

export default defineConfig({
  main: {
    build: {
      target,
      sourcemap: true,
      rolldownOptions: {
        input: programsThere,
        output: { entryFileNames: "[name].js", chunkFileNames: "chunks/[name]-[hash].js" },
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
    plugins: [react()],
    build: {
      target: "chrome130",
      rolldownOptions: { input: { index: source("renderer/index.html") } },
    },
  },
});
