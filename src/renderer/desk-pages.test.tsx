// @vitest-environment happy-dom
import { screen } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import type { ViewName } from "../shared/bridge.ts";
import { type Language, languages } from "../shared/language.ts";
import type { MatchView } from "../shared/snapshot.ts";
import { instant } from "../shared/testing/instant.ts";
import { machinery } from "../shared/testing/machinery.ts";
import { anOfficial } from "../shared/testing/people.ts";
import { soon } from "../shared/testing/soon.ts";
import { textsFor } from "../shared/text/texts.ts";
import { routes } from "./routes.tsx";
import { alert, change, match, target } from "./samples.ts";
import { openWindow } from "./testing/window.tsx";

/** What comes in has codes, channels and FOGIS's own words in it. */
const anna = anOfficial({ name: "Anna Prov", role: "Huvuddomare", number: "101", status: "Tilldelat" });
const known: MatchView = {
  ...match("6170049", "2027-05-08T13:00:00.000Z"),
  officials: [anna],
  openPlaces: ["Assisterande 1"],
  placeStatuses: [{ role: "Assisterande 1", status: "Ej tillsatt" }],
  sources: [{ dialect: "fogis", channel: "fogis:matches:updates" }],
  noted: [{ path: "domaruppdraglista[1].mobiltelefon", reason: "expected text" }],
};
const changed = {
  ...change(1),
  matchId: known.id,
  origin: { at: known.changedAt, dialect: "fogis", channel: "fogis:matches:updates" },
} as const;
const person = {
  id: "p1",
  name: anna.name,
  number: anna.number,
  personId: null,
  phone: null,
  email: null,
  phones: anna.phones,
  address: null,
  contacts: {},
  matches: [
    {
      matchId: known.id,
      title: "IFK – GAIS",
      kickoff: known.kickoff,
      venue: known.venue,
      status: known.status,
      role: anna.role,
      assignment: anna.status,
      minutes: 105,
      from: null,
      told: null,
    },
  ],
};
const state = {
  matches: [known],
  changes: [changed],
  targets: [target("ics")],
  todo: [
    {
      kind: "open-place" as const,
      id: `open-place/${known.id}`,
      since: known.changedAt,
      urgency: "days" as const,
      upTo: 0,
      matchId: known.id,
      title: "IFK – GAIS",
      kickoff: known.kickoff,
      venue: known.venue,
      people: [],
      places: [{ role: "Assisterande 1", status: "Ej tillsatt" }],
    },
  ],
  alerts: [
    alert(1, { cause: { kind: "system", alertType: "slow_source", text: "FOGIS svarar långsamt" } }),
    alert(2, { cause: { kind: "system", alertType: "slow_source", text: "slow_source" } }),
    alert(3, {
      cause: { kind: "quiet-channel", channel: "fogis:matches:updates", lastAt: instant("2027-05-08T11:00:00.000Z") },
    }),
  ],
};
const handlers = {
  match: async () => ({ match: known, changes: [changed], messages: [] }),
  people: async () => ({ people: [person] }),
  person: async () => ({ person }),
  freePeople: async () => ({
    match: { id: known.id, title: "IFK – GAIS", kickoff: instant("2027-05-08T13:00:00.000Z"), venue: known.venue },
    role: "Assisterande 1",
    people: [],
  }),
};

type Opened = { readonly view: ViewName; readonly id?: string; readonly press?: (language: Language) => string };
const pages: readonly Opened[] = [
  ...routes.filter(({ place }) => place === "desk").map(({ view }) => ({ view })),
  { view: "matches", id: known.id },
  { view: "matches", id: "enter" },
  { view: "people", id: person.id },
  { view: "matches", id: known.id, press: (language) => textsFor(language).drafts.write },
  { view: "overview", press: (language) => textsFor(language).today.whoIsFree },
];

/** All that is read or heard of the window, but for the way to the other pages. */
const wordsIn = (root: Element): readonly string[] => {
  const said: string[] = [];
  const walk = (node: Element): void => {
    if (node.tagName === "NAV" || node.tagName === "STYLE" || node.tagName === "SCRIPT") return;
    for (const name of ["title", "aria-label", "placeholder"]) said.push(node.getAttribute(name) ?? "");
    if (node instanceof HTMLTextAreaElement || node instanceof HTMLInputElement) said.push(node.value);
    for (const child of node.childNodes)
      if (child instanceof Element) walk(child);
      else said.push(child.textContent ?? "");
  };
  walk(root);
  return said.map((text) => text.trim()).filter((text) => text !== "");
};

/** Codes, names of settings and channels, places within JSON. */
const code = /\b[a-z]+_[a-z_]+\b|\b[A-Z]{2,}_[A-Z_]+\b|\bfogis:|[a-z]\[\d+\]|[{}]/;
/** The page of a match that people are sent to, and what everybody calls where calendars are. */
const named = /https:\/\/www\.svenskfotboll\.se\S*|calendar servers?/gi;
/** FOGIS's words, where there are English ones. */
const untranslated = { sv: null, en: /huvuddomare|assisterande|tilldelat|ej tillsatt/i } as const;

describe.each(languages)("the desk in %s", (language) => {
  it.each(pages)("says nothing of the machinery: $view $id", async ({ view, id, press }) => {
    const { user } = await openWindow({ view, ...(id !== undefined && { id }), language, state, handlers });
    if (press !== undefined) {
      const [button] = await screen.findAllByRole("button", { name: press(language) });
      if (button !== undefined) await user.click(button);
      await vi.waitFor(() => expect(screen.getByRole("dialog")).toBeDefined(), soon);
    }
    const wrong = (said: string): boolean => {
      const text = said.replace(named, "");
      return machinery[language].test(text) || code.test(text) || (untranslated[language]?.test(text) ?? false);
    };
    const said = wordsIn(document.body);
    expect(said.length).toBeGreaterThan(10);
    expect(said.filter(wrong)).toEqual([]);
  });
});
