import { describe, expect, it } from "vitest";
import { configFields, type Setting, settingNameSchema } from "../../../shared/config.ts";
import { textsFor } from "../../../shared/text/texts.ts";
import { controls } from "./controls.ts";
import { isChange } from "./drafts.tsx";
import { joinQuiet, splitQuiet } from "./quiet.ts";
import { namesIn, searchSections, sectionOf, sections } from "./sections.ts";
import { draftProblem, refusedProblem, settingProblem } from "./validity.ts";

const sv = { texts: textsFor("sv"), language: "sv" } as const;
const en = { texts: textsFor("en"), language: "en" } as const;

describe("the sections", () => {
  it("hold every setting once", () => {
    expect(sections.flatMap(namesIn).toSorted()).toEqual(settingNameSchema.options.toSorted());
  });

  it("are found by a setting's name, words and meaning, in the person's language", () => {
    const found = (search: string) => searchSections(search, sv).flatMap(namesIn);
    expect(found("REDIS_URL")).toContain("REDIS_URL");
    expect(found("tysta timmar")).toEqual(["AVSPARK_QUIET_HOURS"]);
    expect(found("lösenord caldav")).toContain("CALDAV_PASSWORD");
    expect(found("no such thing")).toEqual([]);
    expect(searchSections("  ", en)).toBe(sections);
  });

  it("are opened by their name or by a setting's", () => {
    expect([sectionOf("redis"), sectionOf("CALDAV_URL"), sectionOf("what"), sectionOf(null)]).toEqual([
      "redis",
      "caldav",
      null,
      null,
    ]);
  });

  it("hide what is secret", () => {
    for (const name of settingNameSchema.options)
      expect(controls[name] === "secret", name).toBe(configFields[name].secret === true);
  });
});

describe("what is wrong with a value", () => {
  it("is said in the person's language", () => {
    expect(draftProblem("REDIS_URL", "localhost:6379", sv)).toMatch(/^Ska vara en adress som börjar med redis:\/\//);
    expect(draftProblem("REDIS_SOCKET_TIMEOUT", "soon", en)).toBe("Should be a number from 0.1 to 300 (seconds).");
  });

  it("is nothing for a good value, and for an empty one, which means the default", () => {
    for (const value of ["redis://localhost:6379", "", "  "]) expect(draftProblem("REDIS_URL", value, sv)).toBeNull();
  });

  it("is that a part of it is hidden still", () => {
    expect(draftProblem("REDIS_URL", "redis://:••••@localhost:6379", en)).toBe(en.texts.settings.hidden);
  });

  it("is said of what stands beside others, too", () => {
    const setting: Setting = {
      name: "CALDAV_URL",
      value: "",
      source: "default",
      locked: false,
      from: [],
      problem: { kind: "together", expected: en.texts.settings.together.CALDAV_URL },
    };
    expect(settingProblem(setting, sv)).toBe("Ska vara satt när AVSPARK_CALENDARS nämner caldav.");
    expect(settingProblem({ ...setting, problem: null }, sv)).toBeNull();
    expect(refusedProblem("GOOGLE_CALENDAR_ID", undefined, sv)).toBe(
      "Ska vara satt när AVSPARK_CALENDARS nämner google.",
    );
    expect(refusedProblem("AVSPARK_THEME", "dark", sv)).toBeNull();
  });

  it("has words for every form in both languages", () => {
    for (const name of settingNameSchema.options) {
      const { expected } = configFields[name];
      expect(expected.sv, name).not.toBe(expected.en);
    }
  });
});

describe("a draft", () => {
  const url: Setting = {
    name: "REDIS_URL",
    value: "redis://a",
    source: "settings",
    locked: false,
    from: [],
    problem: null,
  };

  it("is a change when saving it would make a difference", () => {
    expect(isChange(url, "redis://b")).toBe(true);
    expect(isChange(url, "redis://a")).toBe(false);
    expect(isChange(url, "")).toBe(true);
    expect(isChange({ ...url, value: "", source: "default" }, "")).toBe(false);
    expect(isChange({ ...url, name: "AVSPARK_HTTP_PORT", value: "5003", source: "default" }, "")).toBe(false);
  });

  it("of a secret is a change even when it looks like what is hidden", () => {
    const secret: Setting = { ...url, name: "CALDAV_PASSWORD", value: "••••" };
    expect(isChange(secret, "anything")).toBe(true);
    expect(isChange(secret, "")).toBe(true);
    expect(isChange({ ...secret, value: "", source: "default" }, "")).toBe(false);
  });
});

describe("quiet hours", () => {
  it("are two times, or nothing", () => {
    expect(splitQuiet("22:00-07:00")).toEqual({ from: "22:00", to: "07:00" });
    expect(splitQuiet("")).toBeNull();
    expect(splitQuiet("whenever")).toBeNull();
    expect(joinQuiet({ from: "22:00", to: "07:00" })).toBe("22:00-07:00");
    expect(configFields.AVSPARK_QUIET_HOURS.schema.safeParse(joinQuiet({ from: "22:30", to: "06:00" })).success).toBe(
      true,
    );
  });
});
