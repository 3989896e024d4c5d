import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { configFields } from "../../shared/config.ts";
import { problemKindSchema } from "../../shared/problem.ts";
import { remedyFor } from "./remedy.ts";

const ofWindow = /\b(Settings|[Uu]nder Calendars|[Tt]he window|the app|button|Checks page|Calendars page)\b/;

test.each(problemKindSchema.options)("%s is advised at a terminal without a window", (kind) => {
  expect(remedyFor(kind)).not.toMatch(ofWindow);
});

test("names commands and settings that there are", () => {
  const all = problemKindSchema.options.map(remedyFor).join("\n");
  const commands = [...all.matchAll(/avspark ([a-z-]+)/g)].map(([, name]) => name);
  const known = readdirSync(join(import.meta.dirname, "commands")).map((file) => file.replace(/\.ts$/, ""));
  expect(commands.filter((name) => name !== undefined && !known.includes(name))).toEqual([]);
  const settings = [...all.matchAll(/\b(?:AVSPARK|REDIS|GOOGLE|CALDAV|CARDDAV)_[A-Z_]+[A-Z]\b/g)].map(([name]) => name);
  expect(settings.filter((name) => !Object.hasOwn(configFields, name))).toEqual([]);
});

test("every command takes its advice from there", () => {
  const folder = import.meta.dirname;
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (name) => name.endsWith(".ts") && !name.endsWith("remedy.ts") && !name.endsWith(".test.ts"),
  );
  const direct = files.filter((name) =>
    /advice\[[^\]]+\]\.remedy|\{[^}]*\bremedy\b[^}]*\} = .*advice\[/.test(readFileSync(join(folder, name), "utf8")),
  );
  expect(direct).toEqual([]);
});
