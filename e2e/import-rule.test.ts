// The rooms of the house keep to themselves because the compiler and the linter refuse everything else.
// Each case here is a file that tries, given to the real tools with the project's real settings.

import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run, tool } from "../scripts/lib/run.mjs";

const project = resolve(import.meta.dirname, "..");

const tries = {
  "import node:fs": 'import { readFileSync } from "node:fs";\nexport const it = readFileSync;\n',
  "import a type of node:fs": 'import type { Stats } from "node:fs";\nexport type It = Stats;\n',
  "import a timer": 'import { setTimeout as pause } from "node:timers/promises";\nexport const it = pause;\n',
  "call fetch": 'export const it = fetch("https://example.com");\n',
  "call setTimeout": "export const it = setTimeout(() => undefined, 1);\n",
  "read process": "export const it = process.pid;\n",
  "use Buffer": "export const it = Buffer.alloc(1);\n",
  "touch document": "export const it = document.title;\n",
  "write to console": 'console.log("it");\nexport const it = 1;\n',
} as const;

const clean = 'import { z } from "zod";\n\nexport const it = z.object({ at: z.number() }).readonly();\n';

const fileOf = (title: string): string => `${title.replaceAll(/\W+/g, "-")}.ts`;

/** A folder of its own outside the project, in which packages are found all the same. */
const emptyHouse = async (): Promise<string> => {
  const house = await mkdtemp(join(tmpdir(), "avspark-import-rule-"));
  await symlink(join(project, "node_modules"), join(house, "node_modules"));
  return house;
};

const put = async (file: string, text: string): Promise<void> => {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
};

/** The lines of a tool's report that speak of one file. */
const about = (report: string, file: string): readonly string[] =>
  report.split("\n").filter((line) => line.replaceAll("\\", "/").includes(file));

describe.each(["shared", "core"])("the compiler, in %s", (room) => {
  let house: string;
  let report: string;

  /** All tries are compiled at once, together with the whole room: no file there may bring in what the others lack. */
  beforeAll(async () => {
    house = await emptyHouse();
    for (const [title, text] of Object.entries({ ...tries, clean })) await put(join(house, fileOf(title)), text);
    const settings = {
      extends: join(project, "src", room, "tsconfig.json"),
      compilerOptions: { tsBuildInfoFile: join(house, "tsbuildinfo") },
      include: [join(project, "src", room), house],
      exclude: ["**/*.test.ts", join(house, "node_modules")],
    };
    await put(join(house, "tsconfig.json"), JSON.stringify(settings));
    report = (await run(tool("typescript", ["--pretty", "false", "-p", house]))).output;
  });

  afterAll(() => rm(house, { recursive: true }));

  test.each(Object.keys(tries))("refuses to %s", (title) => {
    expect(about(report, fileOf(title))).toEqual([expect.stringMatching(/error TS\d+: Cannot find (module|name) /)]);
  });

  test("accepts a file that keeps to the rule", () => {
    expect(about(report, fileOf("clean"))).toEqual([]);
  });
});

describe("the linter", () => {
  const importing = (path: string): string => `import { it } from "${path}";\n\nexport const that = it;\n`;
  const house = "lint/style/noRestrictedImports";

  const refused: readonly (readonly [file: string, text: string, rule: string])[] = [
    ["src/shared/electron.ts", importing("electron"), house],
    ["src/shared/core.ts", importing("../core/feed/decode.ts"), house],
    ["src/shared/deep/main.ts", importing("../../main/compose.ts"), house],
    ["src/shared/package.ts", importing("ioredis"), house],
    ["src/shared/node.ts", importing("node:fs"), "lint/correctness/noNodejsModules"],
    ["src/core/electron.ts", importing("electron"), house],
    ["src/core/main.ts", importing("../main/compose.ts"), house],
    ["src/core/feed/renderer.ts", importing("../../renderer/store.ts"), house],
    ["src/core/package.ts", importing("ioredis"), house],
    ["src/core/node.ts", importing("node:fs"), "lint/correctness/noNodejsModules"],
    ["src/core/process.ts", "export const it = process.pid;\n", "lint/correctness/noProcessGlobal"],
    ["src/core/reference.ts", '/// <reference types="node" />\nexport const it = 1;\n', "noTripleSlashReference"],
    ["src/core/main.test.ts", importing("../main/compose.ts"), house],
    ["src/renderer/core.ts", importing("../core/service.ts"), house],
    ["src/renderer/views/main.ts", importing("../../main/compose.ts"), house],
    ["src/renderer/electron.ts", importing("electron"), house],
    ["src/renderer/node.ts", importing("node:fs"), "lint/correctness/noNodejsModules"],
    ["src/preload/core.ts", importing("../core/service.ts"), house],
    ["src/preload/node.ts", importing("node:fs"), "lint/correctness/noNodejsModules"],
    ["src/main/compose.ts", importing("electron"), house],
    ["src/main/adapters/redis.ts", importing("electron"), house],
    ["src/main/doors/http.ts", importing("electron"), house],
    ["src/main/doors/renderer.ts", importing("../../renderer/store.ts"), house],
    ["src/main/adapters/log.ts", "export const it = process.env.HOME;\n", "lint/style/noProcessEnv"],
  ];

  const accepted: readonly (readonly [file: string, text: string])[] = [
    ["src/shared/match.ts", clean],
    ["src/core/feed/decode.ts", importing("../../shared/match.ts")],
    ["src/core/feed/decode.test.ts", importing("node:fs/promises")],
    ["src/renderer/views/overview.ts", importing("../../shared/match.ts")],
    ["src/preload/index.ts", importing("electron")],
    ["src/main/index.ts", importing("electron")],
    ["src/main/desktop/tray.ts", importing("electron")],
    ["src/main/doors/ipc.ts", importing("electron")],
    ["src/main/adapters/secrets.ts", importing("electron")],
    ["src/main/adapters/settings.ts", "export const it = process.env.HOME;\n"],
    ["src/main/serve.ts", importing("../core/service.ts")],
  ];

  let folder: string;
  let report: string;

  beforeAll(async () => {
    folder = await emptyHouse();
    for (const name of ["biome.json", "package.json"]) await copyFile(join(project, name), join(folder, name));
    for (const [file, text] of [...refused, ...accepted]) await put(join(folder, file), text);
    const args = ["lint", "--max-diagnostics=none", "--reporter=concise", "src"];
    report = (await run(tool("@biomejs/biome", args), { cwd: folder })).output;
  });

  afterAll(() => rm(folder, { recursive: true }));

  test.each(refused)("refuses %s", (file, _text, rule) => {
    expect(about(report, `${file}:`).join("\n")).toContain(rule);
  });

  test.each(accepted)("accepts %s", (file) => {
    expect(about(report, `${file}:`)).toEqual([]);
  });
});
