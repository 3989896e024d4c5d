import { parseEnv } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Setting } from "../../../shared/config.ts";
import { importedValues, planImport, readDotenv } from "./dotenv.ts";

const pairs = (text: string): Record<string, string> =>
  Object.fromEntries(readDotenv(text).flatMap((line) => (line.kind === "pair" ? [[line.name, line.value]] : [])));

const setting = (name: Setting["name"], rest: Partial<Setting> = {}): Setting => ({
  name,
  value: "",
  source: "default",
  locked: false,
  problem: null,
  ...rest,
});

describe("readDotenv", () => {
  it.each([
    "REDIS_URL=redis://localhost:6379",
    "  export REDIS_URL = redis://localhost:6379  ",
    "# a comment\n\nA=1 # another\nB='2 # not a comment'\nC=\"3\\n4\"",
    "A=\nB=''\nC=\"\"",
    "A='one\ntwo'\nB=3",
    'A="never closed\nB=2',
    "A=a=b=c",
    "A=`back \"and\" 'forth'`",
    "\uFEFFA=1".slice(1),
    "A=1\r\nB=2\r\n",
    "A=1\nA=2",
  ])("reads as Node does: %j", (text) => {
    expect(pairs(text)).toEqual({ ...parseEnv(text) });
  });

  it("agrees with Node on whatever could be meant", () => {
    const name = fc.stringMatching(/^[A-Z][A-Z_]{0,6}$/);
    const bare = fc.stringMatching(/^[a-z0-9:/@.,_-]{0,12}$/);
    const inQuotes = fc
      .tuple(fc.constantFrom('"', "'"), fc.stringMatching(/^[a-z0-9 #=:/]{0,12}$/))
      .map(([quote, value]) => `${quote}${value}${quote}`);
    const line = fc.oneof(
      fc.tuple(name, fc.oneof(bare, inQuotes)).map(([key, value]) => `${key}=${value}`),
      fc.stringMatching(/^# [a-z ]{0,10}$/),
      fc.constant(""),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
        const text = lines.join("\n");
        expect(pairs(text)).toEqual({ ...parseEnv(text) });
      }),
    );
  });

  it("names the lines that are none, and takes any text without throwing", () => {
    expect(readDotenv("A=1\nwhat is this\n")).toContainEqual({ kind: "unreadable", line: 2, text: "what is this" });
    fc.assert(fc.property(fc.string(), (text) => void readDotenv(text)));
  });
});

describe("planImport", () => {
  const settings = {
    REDIS_URL: setting("REDIS_URL", { value: "redis://here:6379", source: "settings" }),
    AVSPARK_THEME: setting("AVSPARK_THEME", { value: "dark", source: "environment", locked: true }),
    CALDAV_PASSWORD: setting("CALDAV_PASSWORD", { value: "••••", source: "settings" }),
    AVSPARK_LANGUAGE: setting("AVSPARK_LANGUAGE", { value: "system" }),
  };

  it("says of each line what would become of it", () => {
    const plan = planImport(
      [
        "REDIS_URL=redis://there:6379",
        "AVSPARK_THEME=light",
        "CALDAV_PASSWORD=secret",
        "AVSPARK_LANGUAGE=system",
        "AVSPARK_NOTIFY=sometimes",
        "CALDAV_URL=https://user:••••@example.com",
        "REDIS_ULR=redis://there:6379",
        "hello",
      ].join("\n"),
      settings,
    );
    expect(plan.map(({ verdict }) => verdict)).toEqual([
      "new",
      "locked",
      "new",
      "same",
      "invalid",
      "hidden",
      "unknown",
      "unreadable",
    ]);
    expect(importedValues(plan)).toEqual({ REDIS_URL: "redis://there:6379", CALDAV_PASSWORD: "secret" });
  });

  it("takes the last of a name that comes twice", () => {
    const plan = planImport("REDIS_URL=redis://one:1\nREDIS_URL=redis://two:2", settings);
    expect(importedValues(plan)).toEqual({ REDIS_URL: "redis://two:2" });
  });

  it("can empty a setting", () => {
    expect(importedValues(planImport("REDIS_URL=", settings))).toEqual({ REDIS_URL: "" });
    expect(planImport("CALDAV_URL=", {})[0]?.verdict).toBe("new");
  });
});
