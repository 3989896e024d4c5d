// @vitest-environment happy-dom
import { fireEvent, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import type { Handlers } from "../../../shared/contract.ts";
import { anOfficial } from "../../../shared/testing/people.ts";
import { soon } from "../../../shared/testing/soon.ts";
import { dayAfter, stockholmDay, stockholmInstant } from "../../../shared/text/format.ts";
import { weekOf } from "../../parts/days.ts";
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

it("draws what one scrolls to in the elements that are there, and puts them in order once one rests", async () => {
  await openWindow({ view: "matches", state: { matches } });
  const indexes = () => rows().map((row) => Number(row.getAttribute("aria-rowindex")));
  const inOrder = () => indexes().every((index, at, all) => at === 0 || index > (all[at - 1] ?? 0));
  const scroller = screen.getByRole("grid").parentElement;
  const scrollTo = (top: number): void => {
    if (scroller === null) throw new Error("There is nothing to scroll.");
    scroller.scrollTop = top;
    fireEvent.scroll(scroller);
  };
  // Past the heading that stands first.
  scrollTo(1000);
  const before = rows();
  const first = Math.min(...indexes());
  for (const top of [1205, 1300, 2404]) {
    scrollTo(top);
    expect(rows().filter((row, at) => row !== before[at])).toHaveLength(0);
  }
  expect(Math.min(...indexes())).toBeGreaterThan(first + 20);
  expect(inOrder()).toBe(false);
  await vi.waitFor(() => expect(inOrder()).toBe(true), soon);
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

it("opens where somebody is sought next week by its address, and is a table like any other from then on", async () => {
  const today = stockholmDay(Date.now());
  const kickoffIn = (days: number): string => stockholmInstant(dayAfter(weekOf(today).from, days), "15:00");
  const state = {
    matches: [
      { ...match("1", kickoffIn(8)), openPlaces: ["Assisterande 1"] },
      { ...match("2", kickoffIn(8)), officials: [anOfficial({ name: "Anna Prov", role: "Huvuddomare" })] },
      { ...match("3", kickoffIn(15)), openPlaces: ["Assisterande 1"] },
    ],
  };
  await openWindow({ view: "matches", id: "open-next-week", state });
  await vi.waitFor(() => expect(rows()).toHaveLength(1), soon);
  expect(window.location.hash).toBe("#/matches");
});

it("marks in the row which places are open, and none in a match that is not to be played", async () => {
  const officials = [anOfficial({ name: "Anna Prov", role: "Huvuddomare" })];
  const open = { officials, openPlaces: ["Assisterande 2"] };
  const state = {
    matches: [
      { ...match("1", null), ...open, placeStatuses: [{ role: "Assisterande 2", status: "Ej tillsatt" }] },
      { ...match("2", null), ...open, status: "cancelled" as const },
      { ...match("3", null), officials },
      { ...match("4", null), openPlaces: ["Huvuddomare"] },
    ],
  };
  await openWindow({ view: "matches", state });
  const said = (row: Element | undefined) => row?.querySelector('[data-column="status"]')?.textContent;
  await vi.waitFor(() => expect(rows()).toHaveLength(4), soon);
  expect(rows().map(said)).toEqual(["Assistant 2: not assignedOpen place", "Called off", "", ""]);
});

it("opens with what the person has not seen by its address", async () => {
  const matches = [match("1", null), { ...match("2", null), changeId: 4 }];
  await openWindow({ view: "matches", id: "unseen", state: { matches, seenChangeId: 3 } });
  await vi.waitFor(() => expect(rows()).toHaveLength(1), soon);
});

it("takes a match on one line into the form, and enters it by Enter", async () => {
  const entered: unknown[] = [];
  const enter: Handlers["enter"] = async (input) => {
    entered.push(input.match);
    return { message: "", match: match("hand-1", null) };
  };
  const { user } = await openWindow({ view: "matches", id: "enter", handlers: { enter } });
  await user.type(await screen.findByRole("textbox", { name: "The whole match on one line" }), "Alfa IF – Beta BK");
  expect(screen.getByRole("textbox", { name: "Home team" })).toHaveProperty("value", "Alfa IF");
  await user.keyboard("{Enter}");
  await vi.waitFor(() => expect(entered).toMatchObject([{ home: "Alfa IF", away: "Beta BK", kickoff: null }]), soon);
});

it("keeps a note that is half written while somebody looks at another match", async () => {
  const handlers = {
    match: async ({ id }: { readonly id: string }) => ({ match: match(id, null), changes: [], messages: [] }),
  };
  await openWindow({ view: "matches", id: "1", state: { matches: [match("1", null), match("2", null)] }, handlers });
  const field = () => screen.findByRole<HTMLTextAreaElement>("textbox", { name: "Write a note" });
  const look = async (id: string): Promise<void> => {
    window.location.hash = `#/matches/${id}`;
    await vi.waitFor(async () => expect((await field()).value).toBe(id === "1" ? "Ring Bo" : ""), soon);
  };
  fireEvent.change(await field(), { target: { value: "Ring Bo" } });
  await look("2");
  await look("1");
});
