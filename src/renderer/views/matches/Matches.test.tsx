// @vitest-environment happy-dom
import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { match, setting } from "../../samples.ts";
import { openWindow } from "../../testing/window.tsx";

const matches = Array.from({ length: 300 }, (_, index) => ({
  ...match(String(index), null, index === 7 ? "Ullevi" : "Heden"),
  changeId: index,
}));
/** Those of matches: days have headings between them. */
const rows = () => screen.getAllByRole("row").filter((row) => row.hasAttribute("aria-selected"));

it("draws the rows that are seen, and finds by what is typed", async () => {
  const { user } = await openWindow({ view: "matches", state: { matches } });
  expect(rows().length).toBeLessThan(60);
  await user.type(screen.getByRole("textbox", { name: "Search in matches" }), "ullevi");
  expect(rows()).toHaveLength(1);
});

it("goes from row to row by letters, unless they are switched off", async () => {
  const { user, tell } = await openWindow({ view: "matches", state: { matches } });
  const chosen = () => screen.getByRole("grid").hasAttribute("aria-activedescendant");
  await user.keyboard("j");
  expect(chosen()).toBe(true);
  await user.keyboard("{Escape}");
  expect(chosen()).toBe(false);
  tell({ set: { settings: [setting("AVSPARK_LETTER_KEYS", { value: "false" })] } });
  await user.keyboard("j");
  expect(chosen()).toBe(false);
  await user.keyboard("{ArrowDown}");
  expect(chosen()).toBe(true);
});
