// A kind of alert needs a key, a level, an end, texts in both languages, a section on the page, advice, and a test. A field of
// a match needs an unknown value, a group, a change, a name in both languages, a place on the page, and a word of each dialect.
// Each case adds one of both without them, and gives all of it to the compiler: it must name every place that lacks something.

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

/** The sources in a folder of their own, with one kind of alert and one field more. */
const houseWithMore = async ({ onTestFinished }: TestContext): Promise<string> => {
  const house = await mkdtemp(join(tmpdir(), "avspark-whole-"));
  onTestFinished(() => rm(house, { recursive: true, force: true }));
  await cp(join(project, "src"), join(house, "src"), { recursive: true });
  await symlink(join(project, "node_modules"), join(house, "node_modules"));
  await insertAfter(
    join(house, "src/shared/alert.ts"),
    'export const alertCauseSchema = z.discriminatedUnion("kind", [',
    '  z.object({ kind: z.literal("raining") }).readonly(),',
  );
  await insertAfter(
    join(house, "src/shared/match.ts"),
    "export const factsSchema = z.object({",
    "  surface: z.string().nullable(),",
  );
  const settings = {
    extends: join(project, "tsconfig.base.json"),
    compilerOptions: { lib: ["es2023", "dom", "dom.iterable"], types: ["vite/client"], incremental: false },
    include: ["src/shared", "src/core", "src/renderer/views/alerts", "src/renderer/views/matches"],
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

const alertCode = [
  "src/core/alerts/key.ts",
  "src/core/alerts/kinds.ts",
  "src/core/service/alert-kinds.test.ts",
  "src/shared/alert.ts",
  "src/shared/text/sentences.ts",
];
const fieldCode = [
  "src/core/feed/dialects/enhanced.ts",
  "src/core/feed/dialects/fogis.ts",
  "src/core/matches/fields.ts",
  "src/renderer/views/matches/page/Facts.tsx",
  "src/shared/change.ts",
  "src/shared/match.ts",
];
const words = (language: "en" | "sv") =>
  ["alerts.ts", "alertsView.ts", "match.ts"].map((file) => `src/shared/text/${language}/${file}`);

test.concurrent("what is added compiles nowhere before it has all that it needs", async (context) => {
  const complaints = await complainedOf(await houseWithMore(context));
  expect(complaints).toEqual(expect.arrayContaining(alertCode));
  expect(complaints).toEqual(expect.arrayContaining(fieldCode));
  expect(complaints).toEqual(expect.arrayContaining(words("en")));
});

test.concurrent("nor with English words alone", async (context) => {
  const house = await houseWithMore(context);
  const english = join(house, "src/shared/text/en");
  await insertAfter(join(english, "alerts.ts"), "  cause: {", '    raining: () => "It rains.",');
  await insertAfter(join(english, "alertsView.ts"), "  group: {", '    raining: "Rain",');
  await insertAfter(join(english, "match.ts"), "  field: {", '    surface: "Surface",');
  const complaints = await complainedOf(house);
  expect(complaints).toEqual(expect.arrayContaining([...alertCode, ...fieldCode, ...words("sv")]));
  expect(complaints.filter((file) => file.startsWith("src/shared/text/en/"))).toEqual([]);
});
