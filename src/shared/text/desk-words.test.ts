import { describe, expect, it } from "vitest";
import { textsFor } from "./texts.ts";

/** Every text below a part of the translations, with its place; those that are made are made of numbers and names. */
const textsIn = (part: unknown, place: string): readonly (readonly [place: string, text: string])[] => {
  if (typeof part === "string") return [[place, part]];
  if (typeof part === "function") return [[place, String(part)]];
  if (typeof part !== "object" || part === null) return [];
  return Object.entries(part).flatMap(([name, inner]) => textsIn(inner, `${place}.${name}`));
};

/** What a coordinator does not have to know of: how matches travel, and what programs are made of. */
const machinery = {
  sv: /\b(kanal|ström|kö|prenumer|redis|http|json|payload|api|dialekt|journal|outbox|demon\b|cache|server|token)|avlyssna|bevisa|avkod/i,
  en: /\b(channel|stream|queue|subscri|redis|http|json|payload|api\b|dialect|journal|outbox|cache|server|token)|decod/i,
} as const;

describe.each(["sv", "en"] as const)("the desk in %s", (language) => {
  it("has no word of machinery", () => {
    const { today, todo, people, schedule, overview, match } = textsFor(language);
    const desk = {
      today,
      todo,
      people,
      schedule,
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
  const calledOff = /^\.(drafts|match\.status|todo\.kind|calendars|matches)\b/;
  const found = textsIn(textsFor("sv"), "").filter(([, text]) => /\binställd(a)?\b/i.test(text));
  expect(found.filter(([place]) => !calledOff.test(place))).toEqual([]);
});
