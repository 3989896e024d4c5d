import { expect, it } from "vitest";
import { instant } from "../../shared/testing/instant.ts";
import { formatFor } from "../../shared/text/format.ts";
import { textsFor } from "../../shared/text/texts.ts";
import { warningText } from "./WarningMark.tsx";

it("says of a clash with which match it is, and how long there is between them", () => {
  const clash = {
    kind: "double-booked",
    official: "Anna Prov",
    otherMatchId: "2",
    other: { home: "IFK", away: "GAIS", number: "7", kickoff: instant("2027-05-08T14:00:00.000Z"), venue: "Heden" },
    minutesBetween: 20,
  } as const;
  const now = () => Date.parse("2027-05-01");
  const sv = { texts: textsFor("sv"), format: formatFor("sv", now) };
  const en = { texts: textsFor("en"), format: formatFor("en", now) };
  expect(warningText(clash, sv)).toBe("Anna Prov har också IFK – GAIS, lör 8 maj 16:00, Heden: bara 20 min emellan");
  expect(warningText(clash, en)).toMatch(/^Anna Prov also has IFK – GAIS, .*16:00, Heden: only 20 mins? between them$/);
  const overlap = { ...clash, other: { ...clash.other, kickoff: null, venue: null }, minutesBetween: 0 };
  expect(warningText(overlap, sv)).toBe("Anna Prov har också IFK – GAIS: ingen tid emellan");
});
