// @vitest-environment happy-dom
import { screen, within } from "@testing-library/react";
import { describe, expect, it, test } from "vitest";
import type { Language } from "../../../shared/language.ts";
import type { FoundMigration, Migration } from "../../../shared/migration.ts";
import { textsFor } from "../../../shared/text/texts.ts";
import { openWindow } from "../../testing/window.tsx";

const found: FoundMigration = {
  state: "found",
  files: [".env", "config.json"],
  becomes: [
    { names: ["CALENDAR_ID"], file: "config.json", setting: "GOOGLE_CALENDAR_ID", value: "c@example.com" },
    { names: [], file: null, setting: "REDIS_URL", value: "redis://fogis-redis:6379" },
  ],
  signIn: { file: "token.json", contacts: true },
  leftBehind: [{ name: "FOGIS_PASSWORD", file: ".env", why: "fogis-sign-in" }],
  forPerson: [{ kind: "matches-url" }],
  others: ["GRAFANA"],
};

/** The first steps, in front of somebody who has the old service's folder at hand. */
const openSteps = async (answers: readonly (Migration | null)[], language: Language = "en") => {
  const taken: unknown[] = [];
  const waiting = [...answers];
  const opened = await openWindow({
    view: "settings",
    id: "welcome",
    language,
    handlers: {
      chooseMigration: async () => ({ migration: waiting.shift() ?? null }),
      googleAccount: async () => ({ account: { state: "none" }, keyring: false }),
      migrate: async (input) => {
        taken.push(input);
        return { message: "Taken over" };
      },
    },
  });
  const say = textsFor(language).migration;
  const steps = within(await screen.findByRole("dialog"));
  const press = (name: string) => opened.user.click(steps.getByRole("button", { name }));
  return { ...opened, say, steps, press, taken };
};

describe("whoever comes from the Python service", () => {
  test.each(["sv", "en"] as const)("in %s sees what becomes of its folder, and takes it over", async (language) => {
    const { say, steps, press, taken } = await openSteps([found], language);
    await press(say.window.offer);
    expect(await steps.findByText("redis://fogis-redis:6379")).toBeTruthy();
    for (const text of [say.builtIn, "CALENDAR_ID · config.json", say.signIn({ file: "token.json", contacts: true })])
      expect(steps.getByText(text)).toBeTruthy();
    expect(steps.getByText(say.person["matches-url"]())).toBeTruthy();
    expect(steps.getByText(say.why["fogis-sign-in"])).toBeTruthy();
    expect(taken).toEqual([]);
    await press(say.window.take);
    // This machine cannot keep a secret.
    expect(taken).toEqual([{ sessionOnly: true }]);
    expect(await steps.findByRole("heading", { name: textsFor(language).welcome.title.done })).toBeTruthy();
  });

  it("may look into another folder, or go back, and nothing is taken over", async () => {
    const { say, steps, press, taken } = await openSteps([found, null, found]);
    await press(say.window.offer);
    // The dialog was closed: what was looked at stays.
    await press(say.window.another);
    expect(steps.getByText("redis://fogis-redis:6379")).toBeTruthy();
    await press("Back");
    expect(steps.getByRole("heading", { name: "Where do the matches come from?" })).toBeTruthy();
    expect(taken).toEqual([]);
  });

  it("is told why a folder is none, and which file keeps everything from being taken over", async () => {
    const broken: FoundMigration = {
      ...found,
      forPerson: [{ kind: "unreadable", file: "config.json", why: "no-json" }],
    };
    const { say, steps, press } = await openSteps([{ state: "none", why: "foreign" }, broken]);
    await press(say.window.offer);
    expect((await steps.findByRole("alert")).textContent).toContain(say.none.foreign);
    await press(say.window.offer);
    expect(await steps.findByText(say.blocked)).toBeTruthy();
    expect(steps.getByText("config.json cannot be read", { exact: false })).toBeTruthy();
    expect(steps.getByRole<HTMLButtonElement>("button", { name: say.window.take }).disabled).toBe(true);
  });
});
