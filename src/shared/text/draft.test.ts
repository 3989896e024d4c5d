import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { MatchWaiting } from "../desk.ts";
import { draftFields, draftKinds, readTemplates, unknownFields } from "../draft-templates.ts";
import { languages } from "../language.ts";
import type { MatchView } from "../snapshot.ts";
import { instant } from "../testing/instant.ts";
import { type DraftMatch, draftKindOf, draftOf, mailsOf, recipientsOf } from "./draft.ts";
import { formatFor } from "./format.ts";
import { textsFor } from "./texts.ts";

const kickoff = instant("2027-12-04T13:00:00.000Z");
const official = (name: string, email: string | null = null, phone: string | null = null) => ({ name, email, phone });

/** What a draft reads of a match, and no more. */
const aMatch = (facts: object = {}): MatchView =>
  ({
    id: "6186203",
    home: "Provby IF",
    away: "Testby BK",
    kickoff,
    venue: "Provvallen",
    competition: "Provserien",
    number: "12",
    officials: [{ ...official("Anna Provsson", "anna@example.com", "0700000001"), role: "Huvuddomare" }],
    openPlaces: [],
    ...facts,
  }) as unknown as MatchView;

const waiting = (...items: readonly object[]): MatchWaiting =>
  ({ matchId: "6186203", title: "", kickoff, venue: null, urgency: "days", items }) as unknown as MatchWaiting;

const moved = {
  kind: "moved",
  people: [official("Bo Testsson", "bo@example.com")],
  changes: [{ field: "kickoff", before: instant("2027-12-04T12:00:00.000Z"), after: kickoff }],
};

const words = (language: "sv" | "en") => ({ texts: textsFor(language), format: formatFor(language), now: 0 });
const about = (matches: readonly DraftMatch[], rest: Partial<Parameters<typeof draftOf>[0]> = {}) =>
  draftOf({ matches, kind: null, language: "sv", templates: {}, ...rest }, words(rest.language ?? "sv"));

describe("a draft", () => {
  test("says what changed from what to what, the match's facts, and where it can be seen", () => {
    const { subject, text } = about([{ match: aMatch(), waiting: waiting(moved) }]);
    expect(subject).toBe("Ändrad: Provby IF – Testby BK");
    expect(text).toMatch(/: lör 4 dec\. (2027 )?13:00 → 14:00/);
    for (const fact of [
      "lördag 4 december",
      "14:00",
      "Provvallen",
      "Provserien",
      "12",
      "https://www.svenskfotboll.se/matchfakta/6186203/",
    ])
      expect(text).toContain(fact);
  });

  test("leaves out the lines of what is not known", () => {
    const { text } = about([{ match: aMatch({ venue: null, number: null }), waiting: null }]);
    expect(text).not.toMatch(/Plats|Matchnummer|\{/);
  });

  test.each([
    [[], "match"],
    [[{ kind: "open-place" }], "open-place"],
    [[{ kind: "no-referee" }, { kind: "called-off" }], "called-off"],
    [[{ kind: "double-booked" }], "match"],
  ] as const)("of a match in which %j waits is about: %s", (items, kind) => {
    expect(draftKindOf({ match: aMatch(), waiting: waiting(...items) })).toBe(kind);
  });

  test("about several matches has each of them, by what has happened to it", () => {
    const other = {
      match: aMatch({ id: "2", home: "Andra IF" }),
      waiting: waiting({ kind: "called-off", people: [] }),
    };
    const { subject, text } = about([{ match: aMatch(), waiting: waiting(moved) }, other]);
    expect(subject).toBe("Om 2 matcher");
    expect(text).toMatch(/har ändrats[\s\S]*\* \* \*[\s\S]*inställd[\s\S]*Andra IF/);
  });

  test("goes by a template of one's own, in its language and for its kind alone", () => {
    const templates = { moved: { sv: { subject: "Obs {number}", text: "{when}" } } };
    const match = [{ match: aMatch(), waiting: waiting(moved) }];
    expect(about(match, { templates })).toEqual({
      subject: "Obs 12",
      text: expect.stringMatching(/^lördag 4 december .*14:00$/),
    });
    expect(about(match, { templates, language: "en" }).subject).toBe("Changed: Provby IF – Testby BK");
  });

  test("is for all whom it concerns, each once", () => {
    const anna = official("Anna Provsson", "anna@example.com");
    const found = recipientsOf([{ match: aMatch(), waiting: waiting({ ...moved, people: [anna, ...moved.people] }) }]);
    expect(found.map(({ name }) => name)).toEqual(["Anna Provsson", "Bo Testsson"]);
  });
});

describe("templates", () => {
  test.each(languages)("of ours in %s name only fields that there are", (language) => {
    const { template } = textsFor(language).drafts;
    expect(draftKinds.flatMap((kind) => unknownFields(template[kind]))).toEqual([]);
  });

  test("a field that there is none of is told by its name", () => {
    const written = JSON.stringify({ moved: { sv: { subject: "{match}", text: "{matchen} {when}" } } });
    const read = readTemplates(written);
    expect(read.ok).toBe(false);
    expect(read.ok ? "" : read.expected.sv).toContain("{matchen}");
    expect(draftFields.every((field) => !read.ok && read.expected.sv.includes(`{${field}}`))).toBe(true);
  });

  test.each(["[]", "{", '{"moved":{"sv":{"subject":"a"}}}', '{"nonsense":{}}'])("%s are none", (written) => {
    expect(readTemplates(written).ok).toBe(false);
  });
});

describe("a mail", () => {
  test("carries subject, text and all addresses, as RFC 6068 has it", () => {
    const [mail, ...more] = mailsOf(["a@example.com", "b@example.com", "a@example.com"], {
      subject: "Ändrad & ny",
      text: "Hej!\nÅ",
    });
    expect(more).toEqual([]);
    expect(mail).toEqual({
      url: "mailto:a@example.com,b@example.com?subject=%C3%84ndrad%20%26%20ny&body=Hej!%0D%0A%C3%85",
      cut: false,
    });
  });

  test("nobody's is no mail", () => {
    expect(mailsOf([], { subject: "", text: "" })).toEqual([]);
  });

  test("is never longer than a system opens, loses nobody, and says when it lost text", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.emailAddress(), { maxLength: 60 }),
        fc.array(fc.string({ unit: "grapheme", maxLength: 60 }), { maxLength: 60 }),
        (emails, lines) => {
          const text = lines.map((line) => line.replaceAll("\n", " ")).join("\n");
          const mails = mailsOf(emails, { subject: "Om matchen", text });
          expect(mails.every(({ url }) => url.length <= 2000 && URL.canParse(url))).toBe(true);
          const to = mails.flatMap(({ url }) => url.slice("mailto:".length).split("?")[0]?.split(",") ?? []);
          expect(to.map(decodeURIComponent)).toEqual(emails);
          for (const { url, cut } of mails) {
            const body = decodeURIComponent(url.slice(url.indexOf("&body=") + 6)).replaceAll("\r\n", "\n");
            expect(cut ? body.endsWith("…") && body !== text : body === text).toBe(true);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
