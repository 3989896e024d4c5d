// @vitest-environment happy-dom
import { act, cleanup, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import type { Person } from "../../../shared/people.ts";
import { instant } from "../../../shared/testing/instant.ts";
import { anOfficial } from "../../../shared/testing/people.ts";
import { textsFor } from "../../../shared/text/texts.ts";
import { left } from "../../samples.ts";
import { openWindow } from "../../testing/window.tsx";

const sv = textsFor("sv");

const person = (name: string, personId: string): Person => ({
  id: `fogis-${personId}`,
  ...anOfficial({ name, personId, phone: "0700000001", email: `p${personId}@example.com` }),
  contacts: {},
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

it("says how their contact stands in each address book that is kept", async () => {
  const at = instant("2027-05-08T10:00:00Z");
  const problem = { kind: "calendar-rejected", message: "No." } as const;
  const contacts: Person["contacts"] = {
    "google-contacts": { state: "there", at },
    carddav: { state: "failed", problem, at },
  };
  const people = [{ ...person("Anna Prov", "1"), contacts }, person("Bo Prov", "2")];
  const { match, addressBooks } = textsFor("sv");
  const open = (id: string) =>
    openWindow({ view: "people", id, language: "sv", handlers: { people: async () => ({ people }) } });
  await open("fogis-1");
  const rejected = addressBooks.advice["calendar-rejected"].what;
  expect(await screen.findByText(`${match.target["google-contacts"]}: I adressboken`)).toBeTruthy();
  expect(screen.getByText(`${match.target.carddav}: ${addressBooks.placement.failed}: ${rejected}`)).toBeTruthy();
  cleanup();
  await open("fogis-2");
  expect(await screen.findByRole("heading", { level: 1, name: "Bo Prov" })).toBeTruthy();
  expect(screen.queryByText("I adressboken", { exact: false })).toBeNull();
});

it("has what can be done with the list in the palette, for as long as it is shown", async () => {
  const { user } = await openWindow({ view: "people", language: "sv", handlers });
  await screen.findByRole("link", { name: "Anna Prov" });
  const offered = async (): Promise<readonly string[]> => {
    await user.keyboard("{Control>}k{/Control}");
    await user.type(await screen.findByRole("textbox", { name: sv.app.palette.open }), "s");
    const found = screen.getAllByRole("button").map(({ textContent }) => textContent ?? "");
    await user.keyboard("{Escape}");
    return found;
  };
  const { csv, xlsx, pdf, print } = sv.app.shown;
  expect(await offered()).toEqual(expect.arrayContaining([csv, xlsx, pdf, print]));
  await user.click(screen.getByRole("link", { name: sv.app.views.alerts }));
  await screen.findByRole("heading", { level: 1, name: sv.app.views.alerts });
  expect(await offered()).not.toContain(csv);
});

it("prints all of a list, of which the window draws what is seen", async () => {
  const many = Array.from({ length: 300 }, (_, index) => person(`Domare ${index}`, String(index)));
  await openWindow({ view: "people", language: "sv", handlers: { people: async () => ({ people: many }) } });
  await screen.findByRole("link", { name: "Domare 0" });
  expect(screen.getAllByRole("listitem").length).toBeLessThan(100);
  act(() => void window.dispatchEvent(new Event("beforeprint")));
  expect(screen.getAllByText("Domare 299").length).toBeGreaterThan(0);
  act(() => void window.dispatchEvent(new Event("afterprint")));
  expect(screen.queryByText("Domare 299")).toBeNull();
});

it("says of each match how long after the one before it is, and how far from it, as a person would", async () => {
  const matchAt = (matchId: string, from: Person["matches"][number]["from"]): Person["matches"][number] => ({
    matchId,
    title: `Match ${matchId}`,
    kickoff: instant("2027-05-08T10:00:00Z"),
    venue: "Heden",
    role: "Huvuddomare",
    assignment: null,
    status: "scheduled",
    minutes: 105,
    from,
    told: null,
  });
  const matches = [
    matchAt("1", { matchId: "0", km: 0, minutesBetween: 1200 }),
    matchAt("2", { matchId: "1", km: 12.4, minutesBetween: 75 }),
    matchAt("3", { matchId: "2", km: null, minutesBetween: 30 }),
  ];
  const people = [{ ...person("Anna Prov", "1"), matches }];
  await openWindow({ view: "people", id: "fogis-1", language: "sv", handlers: { people: async () => ({ people }) } });
  expect(await screen.findByText("20 tim efter matchen före · samma plan")).toBeTruthy();
  expect(screen.getByText("1 tim 15 min efter matchen före · 12,4 km")).toBeTruthy();
  expect(screen.getByText("30 min efter matchen före")).toBeTruthy();
  const mail = screen.getByRole("link", { name: sv.people.mail }).getAttribute("href") ?? "";
  expect(mail).toMatch(/^mailto:p1@example\.com\?subject=Dina%20kommande%20matcher&body=/);
});

it("says of somebody who was told that the match has changed since", async () => {
  const told = { at: instant("2027-05-06T08:00:00Z"), by: "Bo" };
  const kickoff = instant("2027-05-08T10:00:00Z");
  const at = { kickoff, venue: "Heden", role: "Huvuddomare", assignment: null, status: "scheduled" } as const;
  const matches = ["1", "2"].map((matchId) => ({
    matchId,
    title: `Match ${matchId}`,
    ...at,
    minutes: 105,
    from: null,
    told,
  }));
  const people = [{ ...person("Anna Prov", "1"), matches }];
  const concerned = { id: "fogis-1", name: "Anna Prov", role: "Huvuddomare", phone: null, email: null, told: null };
  const changes = [{ field: "venue", before: "Ullevi", after: "Heden" } as const];
  const state = { todo: [{ ...left("1", kickoff), kind: "moved", people: [concerned], changes } as const] };
  const handlers = { people: async () => ({ people }) };
  await openWindow({ view: "people", id: "fogis-1", language: "sv", state, handlers });
  await screen.findByRole("link", { name: "Match 1" });
  expect(screen.getAllByText(/^Informerad .* av Bo/)).toHaveLength(2);
  expect(screen.getAllByText(/ändrad sedan dess/)).toHaveLength(1);
});

it("says what went wrong when nobody answers", async () => {
  await openWindow({ view: "people" });
  expect(await screen.findByRole("alert")).toBeTruthy();
});
