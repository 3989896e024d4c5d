// @vitest-environment happy-dom
import { screen, within } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import type { Concerned } from "../../../shared/desk.ts";
import { instantOf } from "../../../shared/instant.ts";
import { change, left, match, target } from "../../samples.ts";
import { openWindow } from "../../testing/window.tsx";

const soon = instantOf(Math.ceil(Date.now() / 3_600_000) * 3_600_000 + 3_600_000);
const anna: Concerned = {
  id: "fogis-7",
  name: "Anna Prov",
  role: "Huvuddomare",
  phone: "0700000001",
  email: "anna.prov@example.com",
  told: null,
};

it("has what waits with whom it concerns, and the matches to come, before anything else", async () => {
  const todo = [{ ...left("1", soon), people: [anna] }];
  await openWindow({ view: "overview", language: "sv", state: { todo, waiting: 1, matches: [match("1", soon)] } });
  const waits = within(screen.getByRole("region", { name: "Att göra" }));
  expect(waits.getByRole("link", { name: "IFK – GAIS" }).getAttribute("href")).toBe("#/matches/1");
  expect(waits.getByRole("link", { name: "Anna Prov" }).getAttribute("href")).toBe("#/people/fogis-7");
  const coming = within(screen.getByRole("region", { name: "Kommande matcher" }));
  expect(coming.getByRole("link", { name: "IFK – GAIS" })).toBeTruthy();
});

it("takes up what a delta tells, and lets go of what waits no more", async () => {
  const { tell } = await openWindow({ view: "overview", state: { targets: [target("ics")] } });
  const waits = within(screen.getByRole("region", { name: "To do" }));
  tell({ todo: [{ subject: "match/1", items: [left("1", soon)] }], set: { waiting: 1 } });
  expect(waits.getByRole("link", { name: "IFK – GAIS" })).toBeTruthy();
  tell({ todo: [{ subject: "match/1", items: [] }], set: { waiting: 0 } });
  expect(waits.queryByRole("link", { name: "IFK – GAIS" })).toBeNull();
});

it("knows of all that is unseen, also of what the newest changes do not hold", async () => {
  const matches = Array.from({ length: 700 }, (_, index) => ({ ...match(String(index), null), changeId: index + 1 }));
  const changes = Array.from({ length: 500 }, (_, index) => ({
    ...change(700 - index),
    matchId: String(699 - index),
    difference: { field: "venue" as const, before: "Ullevi", after: "Heden" },
  }));
  await openWindow({ view: "overview", state: { matches, changes } });
  const news = within(screen.getByRole("region", { name: "Since you last looked" }));
  expect(news.getByText("700 matches have news")).toBeTruthy();
  const before = news.getByRole("link", { name: "200 more matches that changed before these" });
  expect(before.getAttribute("href")).toBe("#/matches/unseen");
});

it("gives the focus back to the button that asked who is free", async () => {
  const lack = { ...left("1", soon), kind: "no-referee", places: [{ role: "Huvuddomare", status: null }] } as const;
  const { user } = await openWindow({ view: "overview", state: { todo: [lack], matches: [match("1", soon)] } });
  const ask = screen.getByRole("button", { name: "Who is free?" });
  ask.focus();
  await user.keyboard("{Enter}");
  await screen.findByRole("dialog", { name: "Who is free?" });
  await user.keyboard("{Escape}");
  await vi.waitFor(() => expect(document.activeElement).toBe(ask));
});
