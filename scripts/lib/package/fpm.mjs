#!/usr/bin/env node
// Stands for fpm where it is not to be had: as much of its command line as electron-builder uses for a .deb, over dpkg-deb.
// For the test package alone; what is released is made by fpm itself.

import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";

const string = /** @type {const} */ ({ type: "string" });
const strings = /** @type {const} */ ({ type: "string", multiple: true });
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    s: { ...string, short: "s" },
    t: { ...string, short: "t" },
    d: { ...strings, short: "d" },
    force: { type: "boolean" },
    architecture: string,
    "after-install": string,
    "after-remove": string,
    description: string,
    version: string,
    package: string,
    name: string,
    maintainer: string,
    vendor: string,
    url: string,
    license: string,
    conflicts: strings,
    "deb-priority": string,
    "deb-recommends": strings,
    "deb-compression": string,
  },
});
if (values.t !== "deb") throw new Error(`This stands for fpm when it makes a deb, and not a ${values.t}.`);

const tree = mkdtempSync(join(tmpdir(), "avspark-deb-"));
try {
  // It becomes the machine's own root.
  chmodSync(tree, 0o755);
  for (const mapping of positionals) {
    const at = mapping.lastIndexOf("=");
    const [from, to] = [mapping.slice(0, at), join(tree, mapping.slice(at + 1))];
    mkdirSync(dirname(to), { recursive: true });
    cpSync(from, to, { recursive: true, verbatimSymlinks: true });
  }
  const control = join(tree, "DEBIAN");
  mkdirSync(control);
  for (const [name, file] of [
    ["postinst", values["after-install"]],
    ["postrm", values["after-remove"]],
  ])
    if (name !== undefined && file !== undefined)
      writeFileSync(join(control, name), readFileSync(file), { mode: 0o755 });
  const kilobytes = execFileSync("du", ["-sk", "--exclude=DEBIAN", tree], { encoding: "utf8" }).split("\t")[0];
  const fields = {
    Package: values.name,
    Version: values.version,
    Architecture: values.architecture,
    Maintainer: values.maintainer,
    "Installed-Size": kilobytes,
    Depends: values.d?.join(", "),
    Recommends: values["deb-recommends"]?.join(", "),
    Conflicts: values.conflicts?.join(", "),
    Section: "default",
    Priority: values["deb-priority"],
    Homepage: values.url,
    Description: values.description,
  };
  const lines = Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}\n`]));
  writeFileSync(join(control, "control"), lines.join(""));
  const compression = values["deb-compression"] === "gz" ? ["-Zgzip", "-z1"] : ["-Zxz"];
  execFileSync("dpkg-deb", ["--root-owner-group", ...compression, "--build", tree, values.package ?? ""]);
  if (statSync(values.package ?? "").size === 0) throw new Error("dpkg-deb left an empty package.");
} finally {
  rmSync(tree, { recursive: true, force: true });
}
