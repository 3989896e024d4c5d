import { setTimeout as pause } from "node:timers/promises";
import type { Locator, Page } from "@playwright/test";
import { createChance } from "../../src/core/calendar/testing/virtual-clock.ts";
import { pick } from "../../src/main/demo/season.ts";
import type { Lives } from "./life.ts";
import { messageOf, say } from "./tell.ts";

/** Somebody who finds nothing to click on within this time does something else. */
const patienceMs = 8000;
const views = [
  "Today",
  "Matches",
  "Referees",
  "Schedule",
  "Calendars",
  "Alerts",
  "System status",
  "Stream",
  "Statistics",
  "Settings",
] as const;
const words = ["gais", "elfsborg", "provsson", "anna", "plan 1", "ligacupen", "zzz"] as const;
const letters = ["j", "j", "k", "Enter", "Escape", "Home", "Control+f"] as const;

type Hands = { readonly window: Page; readonly chance: () => number };

/** The view before it stays until the code of this one is there. */
const open = async (window: Page, view: (typeof views)[number]): Promise<void> => {
  await window.getByRole("navigation", { name: "Views" }).getByRole("link", { name: view }).click();
  await window.getByRole("heading", { level: 1, name: view }).waitFor();
};

const oneOf = async (found: Locator, chance: () => number): Promise<Locator> =>
  found.nth(Math.floor(chance() * (await found.count())));

const confirmed = (window: Page, button: string): Promise<void> =>
  window.getByRole("dialog").getByRole("button", { name: button }).click();

/** What this person does, some of it more often. */
const acts: Readonly<Record<string, { readonly often: number; readonly act: (hands: Hands) => Promise<void> }>> = {
  "opens a view": { often: 6, act: ({ window, chance }) => open(window, pick(views, chance)) },
  "looks something up": {
    often: 4,
    act: async ({ window, chance }) => {
      await window.keyboard.press("Control+k");
      await window.getByRole("textbox", { name: "Search and actions" }).fill(pick(words, chance));
      await window.keyboard.press("ArrowDown");
    },
  },
  "searches the matches": {
    often: 3,
    act: async ({ window, chance }) => {
      await open(window, "Matches");
      await window.getByRole("textbox", { name: "Search in matches" }).fill(pick(words, chance));
    },
  },
  "opens a match": {
    often: 3,
    act: async ({ window, chance }) => {
      await open(window, "Today");
      await (await oneOf(window.getByRole("main").getByRole("link", { name: / – / }), chance)).click();
    },
  },
  "presses keys": {
    often: 2,
    act: async ({ window, chance }) => {
      for (let press = 0; press < 6; press += 1) await window.keyboard.press(pick(letters, chance));
    },
  },
  "acknowledges an alert": {
    often: 3,
    act: ({ window }) =>
      window
        .getByRole("region", { name: "Needs attention" })
        .getByRole("button", { name: "Acknowledge" })
        .first()
        .click(),
  },
  "acknowledges all": {
    often: 1,
    act: async ({ window }) => {
      await open(window, "Alerts");
      await window.getByRole("button", { name: "Acknowledge all" }).click();
    },
  },
  "ticks off what was told": {
    often: 2,
    act: async ({ window }) => {
      await open(window, "Today");
      await window.getByRole("region", { name: "To do" }).getByRole("checkbox").first().click();
    },
  },
  "syncs now": {
    often: 2,
    act: async ({ window }) => {
      await open(window, "System status");
      await window.getByRole("button", { name: "Sync now" }).click();
    },
  },
  "restarts the subscription": {
    often: 1,
    act: async ({ window }) => {
      await open(window, "System status");
      await window.getByRole("button", { name: "Restart subscription" }).click();
    },
  },
  "takes a run back": {
    often: 1,
    act: async ({ window, chance }) => {
      await open(window, "Calendars");
      await (await oneOf(window.getByRole("button", { name: "Undo", exact: true }), chance)).click();
      await confirmed(window, "Undo the last run");
    },
  },
  "compares and repairs": {
    often: 1,
    act: async ({ window, chance }) => {
      await open(window, "Calendars");
      await (await oneOf(window.getByRole("button", { name: "Compare" }), chance)).click();
      // Most often there is nothing to repair.
      if (!(await window.getByRole("button", { name: "Repair" }).first().isVisible())) return;
      await window.getByRole("button", { name: "Repair" }).first().click();
      await confirmed(window, "Repair");
    },
  },
  "replays the quarantine": {
    often: 1,
    act: async ({ window }) => {
      await open(window, "Stream");
      await window.getByText(/^Quarantine/).click();
      await window.getByRole("button", { name: "Replay all" }).click();
    },
  },
  // Whatever is saved, the service begins anew with it.
  "saves a setting": {
    often: 1,
    act: async ({ window, chance }) => {
      await window.evaluate(
        (days) => Reflect.get(globalThis, "avspark").call("saveSettings", { values: { AVSPARK_RETENTION_DAYS: days } }),
        String(20 + Math.floor(chance() * 10)),
      );
    },
  },
};
const bag = Object.entries(acts).flatMap(([name, { often }]) => Array.from({ length: often }, () => name));

export type Done = { readonly done: number; readonly inVain: number };

/** Why an act was in vain, in one line: what went wrong, and what was waited for at the end. */
const whyOf = (error: unknown): string => {
  const lines = messageOf(error)
    .split("\n")
    .map((line) => line.replace(/^\s*-?\s*/, "").trim())
    .filter((line) => line !== "");
  return [lines[0], ...(lines.length > 1 ? [lines.at(-1)] : [])].join(" … ").slice(0, 200);
};

/** A person at the window, as long as there is one. What they do follows from the seed; when, from how fast the window is. */
export const startPerson = (lives: Lives, seed: number) => {
  const chance = createChance(seed);
  const done = new Map<string, Done>();
  let isOver = false;

  const doOne = async (window: Page): Promise<void> => {
    window.setDefaultTimeout(patienceMs);
    const name = pick(bag, chance);
    const before = done.get(name) ?? { done: 0, inVain: 0 };
    try {
      await window.keyboard.press("Escape");
      await acts[name]?.act({ window, chance });
      done.set(name, { ...before, done: before.done + 1 });
    } catch (error) {
      // There was nothing to acknowledge, a dialog was in the way, or the app was killed meanwhile.
      say(`the person ${name} in vain: ${whyOf(error)}`);
      done.set(name, { ...before, inVain: before.inVain + 1 });
    }
  };
  const work = async (): Promise<void> => {
    while (!isOver) {
      const window = lives.window();
      if (window !== null) await doOne(window);
      await pause(200 + chance() * 1000);
    }
  };
  const over = work();
  return {
    done: (): Readonly<Record<string, Done>> => Object.fromEntries([...done].toSorted()),
    stop: async (): Promise<void> => {
      isOver = true;
      await over;
    },
  };
};
