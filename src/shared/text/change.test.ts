import { describe, expect, it } from "vitest";
import type { Official } from "../match.ts";
import { instant } from "../testing/instant.ts";
import { anOfficial } from "../testing/people.ts";
import { changeText } from "./change.ts";
import { formatFor } from "./format.ts";
import { textsFor } from "./texts.ts";

const sv = { texts: textsFor("sv"), format: formatFor("sv", () => Date.parse("2027-05-01")) };
const official = (name: string, phone: string | null = null): Official =>
  anOfficial({ role: "Huvuddomare", name, phone });

describe("changeText", () => {
  it("repeats the day of a kick-off only when it is another", () => {
    const before = instant("2027-05-08T13:00:00.000Z");
    expect(changeText({ field: "kickoff", before, after: instant("2027-05-08T15:00:00.000Z") }, sv)).toEqual({
      kind: "values",
      label: "Avsparkstid",
      before: "lör 8 maj 15:00",
      after: "17:00",
    });
    expect(changeText({ field: "kickoff", before: null, after: before }, sv)).toMatchObject({
      before: "Avsparkstid ej satt",
      after: "lör 8 maj 15:00",
    });
  });

  it("names who came and who went", () => {
    const change = {
      field: "officials",
      before: [official("Anna"), official("Bo")],
      after: [official("Bo"), official("Cecilia")],
    } as const;
    expect(changeText(change, sv)).toMatchObject({ note: "tillsatt: Cecilia; borttagen: Anna" });
  });

  it("names who got another role", () => {
    const change = {
      field: "officials",
      before: [official("Anna"), anOfficial({ name: "Bo", role: "Assisterande 1" })],
      after: [anOfficial({ name: "Anna", role: "Assisterande 1" }), official("Bo")],
    } as const;
    expect(changeText(change, sv)).toMatchObject({ note: "annan roll: Anna (Assisterande 1), Bo (Huvuddomare)" });
  });

  it("says that contact data changed, and not to what", () => {
    const change = {
      field: "officials",
      before: [official("Anna", "0700000001")],
      after: [official("Anna", "0700000002")],
    } as const;
    expect(JSON.stringify(changeText(change, sv))).not.toContain("0700");
    expect(changeText(change, sv)).toMatchObject({ note: "Kontaktuppgifter ändrade" });
  });
});
