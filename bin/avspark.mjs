#!/usr/bin/env node

import { existsSync } from "node:fs";

const program = new URL("../out/main/cli.js", import.meta.url);
// What is built also runs on the Node 20 inside the development Electron; several of its packages do not promise that.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

if (major < 20 || (major === 20 && minor < 18)) {
  console.error(`Avspark needs Node 22.12 or later; this is ${process.versions.node}.`);
  process.exitCode = 1;
} else if (existsSync(program)) {
  await import(program.href);
} else {
  console.error("Avspark is not built yet: run npm run build first.");
  process.exitCode = 1;
}
