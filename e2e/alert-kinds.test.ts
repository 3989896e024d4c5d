// A kind of alert needs a key, a level, an end, texts in both languages, a section on the page, advice, and a test.
// Each case adds a kind without them, and gives all of it to the compiler: it must name every place that lacks something.

import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, type TestContext, test } from "vitest";
import { run, tool } from "../scripts/lib/run.mjs";

const project = resolve(import.meta.dirname, "..");

const insertAfter = async (file: string, line: string, added: string): Promise<void> => {
  const text = await readFile(file, "utf8");
  expect(text, file).toContain(line);
  await writeFile(file, text.replace(line, `${line}\n${added}`));
};

/** The sources in a folder of their own, with one kind of alert more. */
const houseWithKind = async ({ onTestFinished }: TestContext): Promise<string> => {
  const house = await mkdtemp(join(tmpdir(), "avspark-alert-kinds-"));
  onTestFinished(() => rm(house, { recursive: true, force: true }));
  await cp(join(project, "src"), join(house, "src"), { recursive: true });
  await symlink(join(project, "node_modules"), join(house, "node_modules"));
  await insertAfter(
    join(house, "src/shared/alert.ts"),
    'export const alertCauseSchema = z.discriminatedUnion("kind", [',
    '  z.object({ kind: z.literal("raining") }).readonly(),',
  );
  const settings = {
    extends: join(project, "tsconfig.base.json"),
    compilerOptions: { lib: ["es2023", "dom", "dom.iterable"], types: ["vite/client"], incremental: false },
    include: ["src/shared", "src/core", "src/renderer/views/alerts"],
    exclude: ["**/*.test.ts", "**/*.test.tsx"],
    files: ["src/core/service/alert-kinds.test.ts"],
  };
  await writeFile(join(house, "tsconfig.json"), JSON.stringify(settings));
  return house;
};

/** The files in which the compiler finds something wrong. */
const complainedOf = async (house: string): Promise<readonly string[]> => {
  const { output } = await run(tool("typescript", ["--pretty", "false", "-p", house]));
  const files = output.split("\n").flatMap((line) => /src\/[^(]+(?=\()/.exec(line.replaceAll("\\", "/"))?.[0] ?? []);
  return [...new Set(files)].sort();
};

const code = [
  "src/core/alerts/key.ts",
  "src/core/alerts/kinds.ts",
  "src/core/service/alert-kinds.test.ts",
  "src/renderer/views/alerts/mending.ts",
  "src/shared/alert.ts",
  "src/shared/text/sentences.ts",
];

test.concurrent("a new kind of alert compiles nowhere before it has all that an alert needs", async (context) => {
  const house = await houseWithKind(context);
  expect(await complainedOf(house)).toEqual(
    expect.arrayContaining([...code, "src/shared/text/en/alerts.ts", "src/shared/text/en/alertsView.ts"]),
  );
});

test.concurrent("nor with English words alone", async (context) => {
  const house = await houseWithKind(context);
  const english = join(house, "src/shared/text/en");
  await insertAfter(join(english, "alerts.ts"), "  cause: {", '    raining: () => "It rains.",');
  await insertAfter(join(english, "alertsView.ts"), "  group: {", '    raining: "Rain",');
  const complaints = await complainedOf(house);
  expect(complaints).toEqual(
    expect.arrayContaining([...code, "src/shared/text/sv/alerts.ts", "src/shared/text/sv/alertsView.ts"]),
  );
  expect(complaints.filter((file) => file.startsWith("src/shared/text/en/"))).toEqual([]);
});
