import fc from "fast-check";
import ICAL from "ical.js";
import { describe, expect, test } from "vitest";
import { desiredOf } from "../../../../core/calendar/event.ts";
import type { WantedEvent } from "../../../../core/calendar/port.ts";
import { aMatch, aRecord } from "../../../../core/calendar/testing/records.ts";
import type { Revision } from "../../../../core/keeper/target.ts";
import { instantOf } from "../../../../shared/instant.ts";
import type { Match } from "../../../../shared/match.ts";
import { instant } from "../../../../shared/testing/instant.ts";
import { sha256 } from "../seal.ts";
import { knownOf } from "./found.ts";
import { mergedResource, newResource, readResource } from "./resource.ts";

const digest = (text: string): string => sha256(text).toString("hex");
const wanted = (facts: Partial<Match> = {}): WantedEvent => {
  const desired = desiredOf(aRecord(aMatch({ id: "100", ...facts })), { digest });
  if (desired.kind !== "item") throw new Error("a match with a kick-off asks for an event");
  return desired.item;
};

const first: Revision = { sequence: 0, at: instant("2027-01-02T03:04:05.000Z") };
const second: Revision = { sequence: 1, at: instant("2027-02-03T04:05:06.000Z") };
const original = newResource(wanted(), first);

const unfolded = (text: string): readonly string[] => text.replaceAll(/\r\n[ \t]/g, "").split("\r\n");
const lineOf = (text: string, name: string): string | undefined => unfolded(text).find((line) => line.startsWith(name));
const withLines = (lines: readonly string[], text = original): string =>
  text.replace("END:VEVENT", [...lines, "END:VEVENT"].join("\r\n"));
/** The property and its folded lines by others. */
const replaced = (name: string, by: string, text = original): string =>
  text.replace(new RegExp(`\r\n${name}[;:].*(\r\n[ ].*)*`), by === "" ? "" : `\r\n${by}`);

const merged = (text: string, event = wanted({ venue: "Ny plan" })): string => {
  const result = mergedResource(text, event, second);
  if (result === null) throw new Error("it holds our event");
  return result;
};
const stateOf = (text: string) => {
  const found = readResource(text);
  return found && knownOf(found, { remoteId: "x", etag: null });
};
const isWhole = (text: string): boolean => {
  const state = stateOf(text);
  return state !== null && state.hash === state.actual;
};

test("what is written is read back as it was meant", () => {
  expect(stateOf(original)).toMatchObject({ id: "100", hash: wanted().hash, actual: wanted().hash });
  expect(readResource(original)).toMatchObject({
    sequence: 0,
    url: wanted().url,
    position: wanted().position,
    notes: "",
  });
  expect(lineOf(original, "DTSTART;TZID")).toBe("DTSTART;TZID=Europe/Stockholm:20270506T170000");
  expect(original.split("\r\n").every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
  expect(original).not.toContain("METHOD");
});

test("a real change moves SEQUENCE once, whatever the journal remembers", () => {
  const changed = merged(original);
  expect(lineOf(changed, "SEQUENCE")).toBe("SEQUENCE:1");
  expect(lineOf(changed, "LAST-MODIFIED:2027")).toBe("LAST-MODIFIED:20270203T040506Z");
  expect(lineOf(changed, "CREATED")).toBe(lineOf(original, "CREATED"));
  const again = mergedResource(changed, wanted({ venue: "Ny plan" }), second);
  expect(again === null ? null : lineOf(again, "SEQUENCE")).toBe("SEQUENCE:1");
  const afterLoss = mergedResource(changed, wanted({ venue: "En tredje" }), first);
  expect(afterLoss === null ? null : lineOf(afterLoss, "SEQUENCE")).toBe("SEQUENCE:2");
});

describe("what a person adds stays", () => {
  test("notes beneath the marker, and nothing above it", () => {
    const description = lineOf(original, "DESCRIPTION") ?? "";
    const noted = merged(replaced("DESCRIPTION", `${description}\\nTa med västar\\, 4 st`));
    expect(lineOf(noted, "DESCRIPTION")).toMatch(/bevaras ---\\nTa med västar\\, 4 st$/);
    expect(isWhole(noted)).toBe(true);
    const above = merged(replaced("DESCRIPTION", description.replace("Ligacupen", "Obs! Ligacupen")));
    expect(lineOf(above, "DESCRIPTION")).toBe(description);
  });

  test("any property and component that is not ours, to the letter", () => {
    const name = fc.stringMatching(/^X-[A-Z0-9]{1,10}$/).filter((text) => !text.startsWith("X-AVSPARK"));
    const value = fc
      .string({ unit: fc.constantFrom(..."abåé🏆 ,;:\\\"'=^n"), maxLength: 90 })
      .map((text) => text.trim());
    const parameter = fc.stringMatching(/^[A-Z]{1,6}=[a-z0-9]{1,8}$/).map((text) => `;X-${text}`);
    const line = fc
      .tuple(name, fc.option(parameter, { nil: "" }), value)
      .map(([property, parameters, text]) => `${property}${parameters}:${text}`);
    const alarm = ["BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:Packa", "TRIGGER:-PT2H", "END:VALARM"];
    fc.assert(
      fc.property(fc.array(line, { maxLength: 5 }), fc.boolean(), (lines, hasAlarm) => {
        const added = [...lines, ...(hasAlarm ? alarm : [])];
        const result = merged(withLines(added));
        for (const one of added) expect(unfolded(result)).toContain(one);
        expect(result.split("\r\n").every((one) => Buffer.byteLength(one) <= 75)).toBe(true);
        expect(isWhole(result)).toBe(true);
      }),
    );
  });

  test("its state, as long as the match is on", () => {
    expect(lineOf(merged(replaced("STATUS", "STATUS:TENTATIVE")), "STATUS")).toBe("STATUS:TENTATIVE");
    const cancelled = merged(replaced("STATUS", "STATUS:TENTATIVE"), wanted({ status: "cancelled" }));
    expect(lineOf(cancelled, "STATUS")).toBe("STATUS:CANCELLED");
    expect(lineOf(merged(cancelled), "STATUS")).toBe("STATUS:CONFIRMED");
  });

  describe("its reminders", () => {
    const alarmsIn = (text: string): readonly string[] =>
      unfolded(text).filter((line) => /^(?:TRIGGER|ACTION|X-AVSPARK-REMINDERS)/.test(line));
    const usual = ["X-AVSPARK-REMINDERS:popup:2880m", "ACTION:DISPLAY", "TRIGGER:-P2D"];
    const own = ["BEGIN:VALARM", "ACTION:AUDIO", "TRIGGER:-PT15M", "END:VALARM"];
    const off = wanted({ status: "cancelled" });

    test("are ours as long as nobody touches them: none for a match that is called off", () => {
      expect(alarmsIn(original)).toEqual(usual);
      expect(lineOf(original.slice(original.indexOf("BEGIN:VALARM")), "DESCRIPTION")).toBe(
        "DESCRIPTION:IFK Göteborg – Falkenbergs FF",
      );
      const cancelled = merged(original, off);
      expect(alarmsIn(cancelled)).toEqual(["X-AVSPARK-REMINDERS:none"]);
      expect(alarmsIn(merged(cancelled))).toEqual(usual);
      const soon = merged(original, {
        ...wanted(),
        reminders: [
          { kind: "popup", minutes: 90 },
          { kind: "email", minutes: 60 },
        ],
      });
      expect(alarmsIn(soon)).toEqual(["X-AVSPARK-REMINDERS:popup:90m", "ACTION:DISPLAY", "TRIGGER:-PT1H30M"]);
    });

    test("stand there again as before, when the first ones are taken back", () => {
      const before = merged(original, { ...wanted(), reminders: null });
      expect(alarmsIn(before)).toEqual([]);
      expect(alarmsIn(merged(before))).toEqual(usual);
    });

    test("are the person's once they have added, changed or removed one", () => {
      const added = withLines(own);
      expect(alarmsIn(merged(added, { ...wanted(), reminders: [] }))).toEqual([
        "X-AVSPARK-REMINDERS:popup:2880m",
        "ACTION:AUDIO",
        "TRIGGER:-PT15M",
      ]);
      for (const text of [
        added,
        original.replace("TRIGGER:-P2D", "TRIGGER:-P1D"),
        original.replace("TRIGGER:-P2D", "TRIGGER;RELATED=END:-P2D"),
        original.replace(/BEGIN:VALARM.*END:VALARM\r\n/s, ""),
      ]) {
        expect(alarmsIn(merged(text))).toEqual(alarmsIn(text));
        // Also when the match is called off in between.
        expect(alarmsIn(merged(merged(text, off)))).not.toEqual(usual);
        expect(isWhole(merged(text))).toBe(true);
      }
    });

    test("are ours still, as a program writes them in its own way, and its note of what was shown stays", () => {
      const shown = original.replace("TRIGGER:-P2D", "ACKNOWLEDGED:20270504T150001Z\r\nTRIGGER:-PT48H");
      expect(merged(shown)).toContain("ACKNOWLEDGED:20270504T150001Z");
      expect(alarmsIn(merged(shown, off))).toEqual(["X-AVSPARK-REMINDERS:none"]);
    });
  });

  test("a series made of it, and its exceptions", () => {
    const exception = [
      "BEGIN:VEVENT",
      lineOf(original, "UID") ?? "",
      "RECURRENCE-ID;TZID=Europe/Stockholm:20270513T170000",
      "DTSTART;TZID=Europe/Stockholm:20270513T180000",
      "SUMMARY:Senare",
      "X-AVSPARK-MATCH-ID:100",
      "END:VEVENT",
      "END:VCALENDAR",
    ].join("\r\n");
    const series = withLines(["RRULE:FREQ=WEEKLY;COUNT=3"]).replace("END:VCALENDAR", exception);
    expect(stateOf(series)).toMatchObject({ id: "100", start: wanted().start });
    const result = merged(series);
    expect(unfolded(result)).toContain("RRULE:FREQ=WEEKLY;COUNT=3");
    expect(unfolded(result)).toContain("SUMMARY:Senare");
    expect(result.match(/LOCATION:Ny plan/g)).toHaveLength(1);
  });
});

test("a second description that a program keeps for itself does not outlive the first", () => {
  const text = (lineOf(original, "DESCRIPTION") ?? "").replace(
    "DESCRIPTION:",
    'DESCRIPTION;ALTREP="data:text/html,old":',
  );
  expect(merged(replaced("DESCRIPTION", text))).not.toContain("ALTREP");
});

describe("times as other programs write them", () => {
  const vtimezone = (name: string): string =>
    [
      "BEGIN:VTIMEZONE",
      `TZID:${name}`,
      "BEGIN:STANDARD",
      "DTSTART:19701025T030000",
      "TZOFFSETFROM:+0300",
      "TZOFFSETTO:+0300",
      "END:STANDARD",
      "END:VTIMEZONE",
      "",
    ].join("\r\n");
  const cases: readonly (readonly [string, string, string | null])[] = [
    ["UTC", "DTSTART:20270506T150000Z", "2027-05-06T15:00:00.000Z"],
    ["another zone of the database", "DTSTART;TZID=Europe/London:20270506T160000", "2027-05-06T15:00:00.000Z"],
    ["a zone of its own", "DTSTART;TZID=My Zone:20270506T180000", "2027-05-06T15:00:00.000Z"],
    ["a zone nobody knows", "DTSTART;TZID=Nowhere:20270506T170000", "2027-05-06T15:00:00.000Z"],
    ["no zone", "DTSTART:20270506T170000", "2027-05-06T15:00:00.000Z"],
    ["the whole day", "DTSTART;VALUE=DATE:20270506", null],
  ];
  test.each(cases)("%s", (_, line, start) => {
    const text = original
      .replace(/DTSTART;TZID.*/, line)
      .replace("BEGIN:VEVENT", `${vtimezone("My Zone")}BEGIN:VEVENT`);
    expect(stateOf(text)?.start).toBe(start);
    expect(isWhole(text)).toBe(start !== null);
    expect(lineOf(merged(text), "DTSTART;TZID=Europe")).toBe("DTSTART;TZID=Europe/Stockholm:20270506T170000");
  });

  test("a duration instead of an end", () => {
    const text = original.replace(/DTEND;TZID.*/, "DURATION:PT2H");
    expect(isWhole(text)).toBe(true);
    expect(isWhole(original.replace(/DTEND;TZID.*/, "DURATION:PT3H"))).toBe(false);
    expect(merged(text)).not.toContain("DURATION");
  });
});

describe("what is not ours", () => {
  const strange =
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:a@example.com\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
  test.each([
    ["a stranger's event", strange],
    ["a copy of ours", replaced("UID", "UID:copy@example.com")],
    ["garbage", "garbage"],
    ["garbage that speaks of us", "X-AVSPARK-MATCH-ID:100\r\nBEGIN:"],
    ["nothing", ""],
  ])("%s is not taken for ours", (_, text) => {
    expect(readResource(text)).toBeNull();
    expect(mergedResource(text, wanted(), second)).toBeNull();
  });

  test("an event that lost our marks in another program is known by its UID, and marked again", () => {
    const bare = original.replaceAll(/X-AVSPARK.*\r\n( .*\r\n)*/g, "");
    expect(readResource(bare)).toBeNull();
    const result = mergedResource(bare, wanted(), first);
    expect(result !== null && isWhole(result)).toBe(true);
  });
});

test("whatever words a match brings, they are read back as they were written", () => {
  const words = fc.string({ unit: "binary", maxLength: 80 });
  const facts = fc.record({
    id: fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }),
    home: fc.option(words),
    venue: fc.option(words),
    competition: fc.option(words),
    kickoff: fc.date({ min: new Date("2025-01-01"), max: new Date("2040-01-01"), noInvalidDate: true }),
    status: fc.constantFrom("scheduled" as const, "cancelled" as const),
  });
  fc.assert(
    fc.property(facts, facts, ({ kickoff, ...one }, { kickoff: other, ...two }) => {
      const before = newResource(wanted({ ...one, kickoff: instantOf(kickoff.getTime()) }), first);
      const event = wanted({ ...two, id: one.id, kickoff: instantOf(other.getTime()) });
      const after = merged(before, event);
      for (const text of [before, after]) {
        expect(isWhole(text)).toBe(true);
        expect(text.split("\r\n").every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
        expect(() => new ICAL.Component(ICAL.parse(text))).not.toThrow();
      }
      expect(stateOf(after)).toMatchObject({ id: one.id, hash: event.hash, start: event.start });
    }),
    { numRuns: 50 },
  );
});

test("in what somebody else has begun, the zone comes to stand before what refers to it", () => {
  const text = merged(original.replace(/BEGIN:VTIMEZONE.*END:VTIMEZONE\r\n/s, ""));
  expect(text.indexOf("BEGIN:VTIMEZONE")).toBeGreaterThan(0);
  expect(text.indexOf("BEGIN:VTIMEZONE")).toBeLessThan(text.indexOf("BEGIN:VEVENT"));
});

test("an alarm of which nobody can tell when it rings is a person's: the event is written, and it stays", () => {
  const broken = original.replace(/TRIGGER[^\r]*/, "TRIGGER:%X:LL");
  expect(broken).not.toBe(original);
  const text = merged(broken);
  expect(text).toContain("TRIGGER:%X:LL");
  expect(readResource(text)?.fields.location).toBe("Ny plan");
});

test("a match without a page of its own has no address, and loses the one that stood there", () => {
  const byHand = { ...wanted(), url: null };
  expect(lineOf(newResource(byHand, first), "URL")).toBeUndefined();
  expect(lineOf(merged(original, byHand), "URL")).toBeUndefined();
  expect(readResource(merged(original, byHand))?.url).toBeNull();
});
