import { describe, expect, it } from "vitest";
import { anOfficial } from "../../../../shared/testing/people.ts";
import { formatFor } from "../../../../shared/text/format.ts";
import { textsFor } from "../../../../shared/text/texts.ts";
import { mapUrl } from "../../../parts/match.ts";
import { phoneText, phoneUrl } from "../../../parts/phone.ts";
import { match } from "../../../samples.ts";
import { matchAsText } from "./asText.ts";

describe("telephone numbers", () => {
  it("are written as they are said", () => {
    expect(phoneText("0701234567")).toBe("070-123 45 67");
    expect(phoneText("+46701234567")).toBe("+46 70-123 45 67");
    expect(phoneText("070-1234567")).toBe("070-123 45 67");
    expect(phoneText("031-12 34 56")).toBe("031-12 34 56");
    expect(phoneText("ring Anna")).toBe("ring Anna");
  });

  it("are dialled without anything else", () => {
    expect(phoneUrl("070-123 45 67")).toBe("tel:0701234567");
    expect(phoneUrl("+46 (0)70-123 45 67")).toBe("tel:+46701234567");
  });
});

describe("the map", () => {
  it("is opened at the position, or by the venue's name", () => {
    const position = { latitude: 57.7066, longitude: 11.9807 };
    expect(mapUrl({ venue: "Gamla Ullevi", position })).toMatch(/query=57\.7066%2C11\.9807$/);
    expect(mapUrl({ venue: "Gamla Ullevi & Heden", position: null })).toMatch(/query=Gamla%20Ullevi%20%26%20Heden$/);
    expect(mapUrl({ venue: null, position: null })).toBeNull();
  });
});

describe("a match as text", () => {
  it("says what one would write to somebody, and leaves out what is not known", () => {
    const words = { texts: textsFor("sv"), format: formatFor("sv", () => Date.parse("2027-05-01")) };
    const view = {
      ...match("1", "2027-05-08T13:00:00.000Z", "Heden"),
      number: "000402010",
      officials: [anOfficial({ role: "Huvuddomare", name: "Anna Prov", phone: "0700000001" })],
    };
    expect(matchAsText(view, words)).toBe(
      "IFK – GAIS\nlördag 8 maj 15:00\nHeden\n000402010\nHuvuddomare: Anna Prov, 070-000 00 01",
    );
    expect(matchAsText({ ...match("1", null), venue: null, status: "cancelled" }, words)).toBe(
      "IFK – GAIS\nInställd\nAvsparkstid ej satt",
    );
  });
});
