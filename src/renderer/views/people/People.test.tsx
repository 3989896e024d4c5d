// @vitest-environment happy-dom
import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import type { Person } from "../../../shared/people.ts";
import { anOfficial } from "../../../shared/testing/people.ts";
import { openWindow } from "../../testing/window.tsx";

const person = (name: string, personId: string): Person => ({
  id: `fogis-${personId}`,
  ...anOfficial({ name, personId, phone: "0700000001", email: `p${personId}@example.com` }),
  matches: [],
});
const handlers = { people: async () => ({ people: [person("Anna Prov", "1"), person("Bo Prov", "2")] }) };

it("lists everybody and finds them by name", async () => {
  const { user } = await openWindow({ view: "people", handlers });
  await user.type(await screen.findByRole("textbox", { name: "Find a referee: name, number, telephone …" }), "anna");
  expect(screen.getByRole("link", { name: "Anna Prov" })).toBeTruthy();
  expect(screen.queryByRole("link", { name: "Bo Prov" })).toBeNull();
});

it("opens the page of one of them, with how to reach them", async () => {
  await openWindow({ view: "people", id: "fogis-2", handlers });
  expect(await screen.findByRole("heading", { level: 1, name: "Bo Prov" })).toBeTruthy();
  expect(screen.getAllByText("070-000 00 01").length).toBeGreaterThan(0);
});

it("says what went wrong when nobody answers", async () => {
  await openWindow({ view: "people" });
  expect(await screen.findByRole("alert")).toBeTruthy();
});
