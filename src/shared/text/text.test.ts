import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Alert } from "../alert.ts";
import { languageFor, languages } from "../language.ts";
import { problemKinds } from "../problem.ts";
import { instant } from "../testing/instant.ts";
import { dayAfter, formatFor, stockholmDay, stockholmInstant } from "./format.ts";
import { meanwhileNotice } from "./notice.ts";
import { plural } from "./plural.ts";
import { alertSentence, healthSentence } from "./sentences.ts";
import { textsFor } from "./texts.ts";

const summer = instant("2027-05-08T13:00:07.123Z");
const now = Date.parse("2027-05-08T13:03:00.000Z");

describe("formatFor", () => {
  const sv = formatFor("sv", () => now);
  const en = formatFor("en", () => now);

  it("tells Stockholm's time, in summer and in winter", () => {
    expect(sv.time(summer)).toBe("15:00");
    expect(en.time(instant("2027-01-08T23:30:00.000Z"))).toBe("00:30");
    expect(sv.millis(summer)).toBe("15:00:07,123");
    expect(sv.kickoff(summer)).toBe("lör 8 maj 15:00");
    expect(en.kickoff(summer)).toBe("Sat 8 May 15:00");
    expect(sv.weekday(summer)).toBe("lördag 8 maj");
  });

  it("does so around the hours that do not exist and that exist twice", () => {
    expect(sv.time(instant("2027-03-28T00:59:00.000Z"))).toBe("01:59");
    expect(sv.time(instant("2027-03-28T01:00:00.000Z"))).toBe("03:00");
    expect(sv.time(instant("2027-10-31T00:30:00.000Z"))).toBe("02:30");
    expect(sv.time(instant("2027-10-31T01:30:00.000Z"))).toBe("02:30");
  });

  it("says the day only when it is another, and the year only when it is another", () => {
    expect(sv.moment(summer, now)).toBe("15:00");
    expect(sv.moment(instant("2027-05-07T13:00:00.000Z"), now)).toBe("7 maj 15:00");
    expect(sv.dateTime(instant("2026-05-07T13:00:00.000Z"), now)).toBe("7 maj 2026 15:00");
    expect(sv.kickoff(instant("2028-01-08T13:00:00.000Z"))).toBe("lör 8 jan. 2028 14:00");
    expect(sv.weekday(instant("2026-12-31T23:00:00.000Z"))).toBe("fredag 1 januari");
    expect(sv.days("2027-05-08", "2027-05-14")).toBe("8–14 maj");
    expect(sv.days("2027-12-27", "2028-01-02")).toBe("27 dec. 2027–2 jan. 2028");
  });

  it("counts forth and back in the largest unit", () => {
    expect(sv.relative(now - 500, now)).toBe("nu");
    expect(sv.relative(summer, now)).toBe("för 2 minuter sedan");
    expect(en.relative(now + 7_300_000, now)).toBe("in 2 hours");
  });

  it("writes durations and sizes so that they can be read", () => {
    expect([0, 999, 4200, 90_000, 4_800_000, 72_000_000, 86_400_000, 90_060_000].map(sv.duration)).toEqual([
      "0 ms",
      "999 ms",
      "4,2 s",
      "1 min",
      "1 tim 20 min",
      "20 tim",
      "1 d",
      "1 d 1 tim",
    ]);
    expect([999, 1500, 2_500_000].map(en.bytes)).toEqual(["999 B", "1.5 kB", "2.5 MB"]);
    expect(sv.number(12_345)).toBe("12\u00a0345");
  });
});

describe("stockholmInstant", () => {
  it("is the moment at which the clock shows that", () => {
    const days = fc.date({ min: new Date("2020-01-01"), max: new Date("2035-12-31"), noInvalidDate: true });
    fc.assert(
      fc.property(days, fc.integer({ min: 3, max: 23 }), (date, hour) => {
        const day = stockholmDay(date.getTime());
        const time = `${String(hour).padStart(2, "0")}:30`;
        const instant = stockholmInstant(day, time);
        expect([stockholmDay(instant), formatFor("sv").time(instant)]).toEqual([day, time]);
      }),
    );
  });

  it("steps over days of 23 and 25 hours", () => {
    expect(dayAfter("2027-03-27", 1)).toBe("2027-03-28");
    expect(dayAfter("2027-10-31", 1)).toBe("2027-11-01");
    expect(stockholmInstant("2027-03-28", "00:00")).toBe("2027-03-27T23:00:00.000Z");
    expect(stockholmInstant("2027-03-29", "00:00")).toBe("2027-03-28T22:00:00.000Z");
  });
});

describe("languageFor", () => {
  it("goes by the setting, then by the machine, then is English", () => {
    expect(languageFor("sv", ["en-GB"])).toBe("sv");
    expect(languageFor("system", ["sv-FI", "en"])).toBe("sv");
    expect(languageFor("system", ["de-DE", "en-US", "sv"])).toBe("en");
    expect(languageFor("system", ["de-DE", "sv"])).toBe("sv");
    expect(languageFor("system", [])).toBe("en");
  });
});

describe("plural", () => {
  it("has one form for one and another for the rest", () => {
    const say = plural("sv");
    expect([0, 1, 2, 1000].map((count) => say(count, { one: "# match", other: "# matcher" }))).toEqual([
      "0 matcher",
      "1 match",
      "2 matcher",
      "1\u00a0000 matcher",
    ]);
  });
});

/** Every text of a language, by its place; what takes values is given some. */
const leaves = (value: unknown, path: string): readonly (readonly [string, string])[] => {
  if (typeof value === "string") return [[path, value]];
  if (typeof value === "object" && value !== null)
    return Object.entries(value).flatMap(([key, child]) => leaves(child, `${path}.${key}`));
  return [];
};

describe.each(languages)("the texts in %s", (language) => {
  const texts = textsFor(language);

  it("has no empty one", () => {
    expect(leaves(texts, "").filter(([, text]) => text.trim() === "")).toEqual([]);
  });

  it("gives advice in whole sentences for every kind of problem", () => {
    for (const kind of problemKinds) {
      const { what, why, remedy } = texts.advice[kind];
      for (const sentence of [what, why, remedy]) expect(sentence, kind).toMatch(/^[A-ZÅÄÖ“”].*[.!?]$/s);
      expect(what.length, `${kind}: the sentence of health must be short`).toBeLessThanOrEqual(62);
    }
  });
});

it("says different things in different languages", () => {
  const english = new Map(leaves(textsFor("en").advice, ""));
  for (const [place, text] of leaves(textsFor("sv").advice, "")) expect(english.get(place), place).not.toBe(text);
});

describe("sentences", () => {
  const wording = { texts: textsFor("sv"), format: formatFor("sv"), now };

  it("says in one sentence how things are", () => {
    expect(healthSentence({ level: "ok", since: summer }, wording)).toBe("Allt fungerar");
    const problem = { kind: "redis-unreachable", message: "ECONNREFUSED" } as const;
    expect(
      healthSentence({ level: "critical", since: summer, problem, target: null, action: "wait", alert: null }, wording),
    ).toBe("Redis går inte att nå.");
    const alert = { id: 1, cause: { kind: "system", alertType: "stop", text: "All processing stopped" } } as const;
    const told = { kind: "publisher-alert", message: "All processing stopped" } as const;
    expect(
      healthSentence({ level: "critical", since: summer, problem: told, target: null, action: "look", alert }, wording),
    ).toBe("All processing stopped");
  });

  it("says what an alert is about", () => {
    const say = (cause: Parameters<typeof alertSentence>[0]) => alertSentence(cause, wording);
    expect(say({ kind: "confirm-removal", target: "google", label: "Matcher", events: 1 })).toBe(
      "Google (Matcher): 1 händelse skulle tas bort och väntar på ditt besked.",
    );
    expect(say({ kind: "system", alertType: "slow", text: "slow_source" })).toBe("Matchprocessorn anmäler ett fel.");
    expect(say({ kind: "system", alertType: "slow", text: " " })).toBe("Matchprocessorn anmäler ett fel.");
    expect(say({ kind: "quiet-channel", channel: "fogis:matches:updates", lastAt: summer })).toBe(
      "En källa som brukar höras ofta har varit tyst sedan 15:00.",
    );
    expect(say({ kind: "cycle-failed", cycle: null, text: null })).toBe("En körning av matchprocessorn misslyckades.");
    expect(say({ kind: "cycle-failed", cycle: 7, text: "Connection timeout" })).toBe(
      "Körning 7 av matchprocessorn misslyckades: Connection timeout",
    );
  });

  it("tells two calendars of one name apart, and one of which only the name is known by that", () => {
    const problem = { kind: "calendar-unreachable", message: "ECONNREFUSED" } as const;
    const say = (target: string, label: string | null) =>
      alertSentence({ kind: "calendar", target, label, problem }, { ...wording, texts: textsFor("en") });
    expect(say("google", "Matcher")).not.toBe(say("caldav", "Matcher"));
    expect(say("caldav", "Matcher")).toMatch(/^CalDAV \(Matcher\): /);
    expect(say("Matcher", null)).toMatch(/^Matcher: /);
  });

  it("tells what came in quiet hours in one", () => {
    const came = (id: number, text: string, state: Alert["state"]): Alert => ({
      id,
      key: `${id}`,
      cause: { kind: "system", alertType: "slow", text },
      level: "warning",
      severity: null,
      firstAt: summer,
      lastAt: summer,
      count: 1,
      state,
    });
    const over = { name: "resolved", at: summer } as const;
    const some = [came(1, "a", over), came(2, "b", { name: "active" })];
    expect(meanwhileNotice(some, wording)).toEqual({
      title: "Avspark – under tysta timmar",
      body: "2 larm kom. 1 av dem gäller än.\nb",
    });
    expect(meanwhileNotice([came(1, "a", over), came(2, "b", over)], wording).body).toBe(
      "2 larm kom. Alla är över.\na\nb",
    );
  });
});
