import { describe, expect, it } from "vitest";
import { configFields } from "../config.ts";
import { machinery } from "../testing/machinery.ts";
import { textsFor } from "./texts.ts";

/** Every text below a part of the translations, with its place; those that are made are made of numbers and names. */
const textsIn = (part: unknown, place: string): readonly (readonly [place: string, text: string])[] => {
  if (typeof part === "string") return [[place, part]];
  if (typeof part === "function") return [[place, String(part)]];
  if (typeof part !== "object" || part === null) return [];
  return Object.entries(part).flatMap(([name, inner]) => textsIn(inner, `${place}.${name}`));
};

/** Of a text that is made, only what is written out in it. */
const spoken = (text: string): string =>
  [...text.replace(/\$\{[^}]*\}/g, "").matchAll(/"([^"]*)"|`([^`]*)`/g)].map(([, a, b]) => a ?? b).join(" ") || text;

describe.each(["sv", "en"] as const)("the desk in %s", (language) => {
  it("has no word of machinery", () => {
    const { today, todo, people, schedule, overview, match, alerts, alertsView, drafts } = textsFor(language);
    const desk = {
      today,
      todo,
      people,
      schedule,
      alerts,
      alertsView,
      drafts,
      changes: overview.changes,
      matches: overview.matches,
      status: match.status,
      field: match.field,
      warning: match.warning,
    };
    expect(textsIn(desk, "").filter(([, text]) => machinery[language].test(text))).toEqual([]);
  });
});

it("in Swedish, what is called off is inställd and nothing else is", () => {
  const calledOff = /^\.(drafts|match\.status|todo\.kind|calendars|addressBooks\.say|matches)\b/;
  const found = textsIn(textsFor("sv"), "").filter(([, text]) => /\binställd(a)?\b/i.test(text));
  expect(found.filter(([place]) => !calledOff.test(place))).toEqual([]);
});

/** Said wrongly once; what they should be is in docs/glossary.md. */
const wrong = {
  sv: /avlyssna|\bdemon\b|\blaga(d|de|s)?\b|kalenderför|bevisa|\bbevis\b|(^|[^/])\bdialekt(en|er)?\b(?!:)|Avspark ändrad|\bAktuell\b|Öppen plats/i,
  en: /\bproven\b|\bcancelled\b|\bcycles?\b/i,
} as const;

it.each(["sv", "en"] as const)("in %s, nothing is said that the glossary has a better word for", (language) => {
  // What a text is called in the code, and what is put into it, is nobody's word.
  const said = textsIn(textsFor(language), "").map(([place, text]) => [place, spoken(text)] as const);
  expect(said.filter(([, text]) => wrong[language].test(text))).toEqual([]);
  const about = Object.entries(configFields).map(([name, field]) => [name, field[language]] as const);
  expect(about.filter(([, text]) => /\b(true|false): |\bdemon\b/.test(text))).toEqual([]);
});
