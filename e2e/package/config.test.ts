import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { z } from "zod";
import { billOf, isTaken, licenceOf, noticesOf } from "../../scripts/lib/package/components.mjs";
import { builderConfig, updateServerOf } from "../../scripts/lib/package/config.mjs";
import { fusesOf, setFuses, wantedFuses } from "../../scripts/lib/package/fuses.mjs";
import { libsqlPackages, nativePart } from "../../scripts/lib/package/libsql.mjs";
import { inModules, root } from "../../scripts/lib/paths.mjs";
import { temporaryFolder } from "../../src/main/adapters/journal/harness.ts";

const json = (path: string) => JSON.parse(readFileSync(path, "utf8"));
const development = { dist: "/runtime", version: "33.2.1" };
const [released, marked] = [null, development].map((developmentRuntime) => builderConfig({ developmentRuntime }));

test("electron-builder's own schema takes the configuration of every package, untried ones too", () => {
  const builder = createRequire(inModules("electron-builder", "package.json"));
  const check = new Ajv({ strict: false }).compile(json(builder.resolve("app-builder-lib/scheme.json")));
  for (const config of [released, marked]) {
    expect(check(config), JSON.stringify(check.errors)).toBe(true);
    // So that the schema is one that can refuse.
    expect(check({ ...config, linux: { ...config?.linux, executable: "avspark" } })).toBe(false);
  }
});

test("a package of the development runtime bears it in all its names, and one that is released does not", () => {
  expect(marked).toMatchObject({
    electronVersion: "33.2.1",
    deb: { packageName: "avspark-not-for-release" },
    linux: { desktop: { entry: { Name: "Avspark (not for release)" } } },
  });
  expect(String(marked?.artifactName)).toMatch(/^avspark-not-for-release-/);
  expect(JSON.stringify(released)).not.toMatch(/not.for.release|electronDist|electronVersion/i);
});

test("no desktop entry switches the sandbox off", () => {
  for (const config of [released, marked]) {
    expect(config?.linux?.executableArgs).toEqual([]);
    // The builder's older AppImages add --no-sandbox by themselves.
    expect(config?.toolsets?.appimage).toMatch(/^1\./);
  }
});

test("libsql comes with all that it requires, and with one native part", () => {
  const requires = (name: string): readonly string[] =>
    Object.keys(json(inModules(name, "package.json")).dependencies ?? {});
  const all = new Set(["libsql", ...requires("libsql")]);
  for (const name of all) for (const more of requires(name)) all.add(more);
  expect(new Set(libsqlPackages)).toEqual(all);

  const locked = json(join(root, "package-lock.json")).packages;
  for (const machine of ["linux-x64", "linux-arm64", "darwin-x64", "darwin-arm64", "win32-x64"]) {
    expect(locked[`node_modules/${nativePart(machine)}`]).toMatchObject({
      version: json(inModules("libsql", "package.json")).version,
    });
    expect(nativePart(machine)).not.toContain("musl");
  }
  expect(() => nativePart("linux-ia32")).toThrow("no package");
});

test("notices and bill of materials name every part once, with its licence and the lockfile's hash", () => {
  const integrity = `sha512-${Buffer.from("abc").toString("base64")}`;
  const parts = [
    { name: "@scope/part", version: "1.2.3", license: "MIT", text: "Do as you like.", integrity },
    { name: "textless", version: "2.0.0", license: "ISC", text: "", integrity: undefined },
  ];
  const notices = noticesOf(parts);
  expect(notices).toContain("@scope/part 1.2.3\nMIT\n\nDo as you like.");
  expect(notices).toContain("textless 2.0.0\nISC\n\nThe package brings no text of its licence.");
  const { components } = billOf(parts, { version: "9.9.9" });
  expect(components[0]).toEqual({
    type: "library",
    "bom-ref": "pkg:npm/%40scope/part@1.2.3",
    name: "@scope/part",
    version: "1.2.3",
    purl: "pkg:npm/%40scope/part@1.2.3",
    licenses: [{ expression: "MIT" }],
    hashes: [{ alg: "SHA-512", content: Buffer.from("abc").toString("hex") }],
  });
  expect(components[1]).not.toHaveProperty("hashes");
});

test("a licence that nobody has looked at is not taken", () => {
  for (const license of ["MIT", "(WTFPL OR MIT)", "MIT AND ISC AND BSD-3-Clause", "OFL-1.1"])
    expect(isTaken(license)).toBe(true);
  for (const license of ["GPL-3.0-only", "MIT AND GPL-3.0-only", "undefined", "BSD", "SEE LICENSE IN x", ""])
    expect(isTaken(license)).toBe(false);
});

test("what the app needs may be carried by a package, which a build would else find out last", () => {
  const { packages } = z
    .object({
      packages: z.record(z.string(), z.object({ dev: z.boolean().optional(), license: z.string().optional() })),
    })
    .parse(JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")));
  const needed = Object.entries(packages).filter(([folder, { dev }]) => folder !== "" && dev !== true);
  const refused = needed.filter(
    ([folder, { license }]) =>
      !isTaken(licenceOf(folder.slice(folder.lastIndexOf("node_modules/") + 13), String(license))),
  );
  expect(needed.length).toBeGreaterThan(50);
  expect(refused.map(([folder]) => folder)).toEqual([]);
});

/** As in Electron's binaries: a sentinel, the wire's version, its length, and one character a fuse. */
const wire = (states: string): Buffer =>
  Buffer.concat([
    Buffer.from("before dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX"),
    Buffer.from([1, states.length]),
    Buffer.from(`${states} after`),
  ]);

test("fuses are set in the binary and read back from it", async () => {
  const binary = join(temporaryFolder(), "electron");
  writeFileSync(binary, wire("10110001"));
  await setFuses(binary, "linux");
  expect(await fusesOf(binary)).toEqual(wantedFuses("linux"));
  expect(wantedFuses("linux")).toMatchObject({ RunAsNode: false, OnlyLoadAppFromAsar: true });
  expect(wantedFuses("darwin")).toMatchObject({ EnableEmbeddedAsarIntegrityValidation: true });
});

test("links of ours are the app's on every system, and nobody's when it has gone", () => {
  for (const config of [released, marked]) {
    expect(config?.protocols).toMatchObject({ schemes: ["avspark"] });
    expect(readFileSync(String(config?.nsis?.include), "utf8")).toContain("Classes\\avspark");
  }
  const metainfo = readFileSync(join(root, "resources/linux/se.avspark.desk.metainfo.xml"), "utf8");
  expect(metainfo).toContain("<mediatype>x-scheme-handler/avspark</mediatype>");
});

test("a package has the update server that it was made with, over TLS, or none", () => {
  expect(released?.publish).toBeNull();
  const updateServer = updateServerOf("https://updates.example.com/avspark");
  expect(builderConfig({ developmentRuntime: null, updateServer }).publish).toEqual({
    provider: "generic",
    url: "https://updates.example.com/avspark",
  });
  expect(updateServerOf("")).toBeNull();
  for (const address of ["http://updates.example.com", "updates.example.com", "file:///updates"])
    expect(() => updateServerOf(address)).toThrow("https");
});
