// Which packages a build has taken in, as the bundler itself knows it. The notices and the SBOM are made of it.

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

const inPackage = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/;

/**
 * @param {string} file where the list is written: the folders of the packages, as a JSON array
 * @returns {import("vite").Plugin}
 */
export const listBundled = (file) => ({
  name: "list-bundled",
  generateBundle: (_, bundle) => {
    const modules = Object.values(bundle).flatMap((part) => (part.type === "chunk" ? Object.keys(part.modules) : []));
    const folders = modules.flatMap((id) => inPackage.exec(id.replaceAll("\\", "/").replace(/^\0/, ""))?.[0] ?? []);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify([...new Set(folders)].sort()));
  },
});
