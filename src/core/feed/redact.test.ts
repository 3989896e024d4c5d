import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { growth, linearGrowth } from "../../shared/testing/growth.ts";
import { redactPayload } from "./redact.ts";

/** Time of the processor: that others use it too makes no difference. */
const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

const fixture = (name: string): string =>
  readFileSync(new URL(`./corpus/fixtures/${name}.json`, import.meta.url), "utf8");
const redact = (value: unknown): unknown => JSON.parse(redactPayload(JSON.stringify(value)));

describe("a payload without personal data", () => {
  it("keeps the names and facts of a match and nothing of how to reach anybody", () => {
    const shown = redactPayload(fixture("match_updates.fogis"));
    for (const hidden of ["0700000", "@example.com", "Provgatan", "41101"]) expect(shown).not.toContain(hidden);
    const [match] = JSON.parse(shown).payload.matches;
    expect(match).toMatchObject({
      matchid: 6186203,
      matchnr: "000402010",
      label: "000402010: IFK Göteborg - Falkenbergs FF (Ligacupen Elit Västra), 2027-05-06 17:00",
      tid: "/Date(1809615600000)/",
      tidsangivelse: "2027-05-06, 17:00",
      anlaggningLatitud: 57.697617,
    });
    expect(match.domaruppdraglista[0]).toMatchObject({
      personnamn: "Prov Domare",
      domarnr: "61318",
      domarrollnamn: "Huvuddomare",
      mobiltelefon: "•••",
      telefon: "",
      adress: "•••",
      postnr: "•••",
      postort: "•••",
      epostadress: "•••",
    });
  });

  it.for(["match_updates.enhanced-v2", "match_updates.legacy-v1", "processing_status", "system_alert"])(
    "leaves %s as it is: there is nothing personal in it",
    (name) => {
      expect(JSON.parse(redactPayload(fixture(name)))).toEqual(JSON.parse(fixture(name)));
    },
  );

  it("hides contacts whole, in every dialect's words", () => {
    expect(
      redact({
        referees: [{ name: "Prov Domare", contact: { mobile: "0700000001", email: "a@example.com" } }],
        team_contacts: [{ name: "Prov Lagledare", team_name: "GAIS", contact: "ring mig" }],
        lag1kontakt: { namn: "Prov Ledare", mobil: 700000010, epost: "b@example.com" },
        venue: { name: "Gamla Ullevi", address: "Provgatan 1", postal_code: "41101", city: "Göteborg" },
      }),
    ).toEqual({
      referees: [{ name: "Prov Domare", contact: "•••" }],
      team_contacts: [{ name: "Prov Lagledare", team_name: "GAIS", contact: "•••" }],
      lag1kontakt: { namn: "Prov Ledare", mobil: "•••", epost: "•••" },
      venue: { name: "Gamla Ullevi", address: "•••", postal_code: "•••", city: "•••" },
    });
  });

  it("hides both values of a change of such a field", () => {
    expect(
      redact([
        { field: "adress", from: "Provgatan 1", to: null },
        { field: "avsparkstid", from: "15:00" },
      ]),
    ).toEqual([
      { field: "adress", from: "•••", to: null },
      { field: "avsparkstid", from: "15:00" },
    ]);
  });

  it("finds what stands in other texts, and in keys", () => {
    expect(
      redact({
        note: "Ring Prov på 070-000 00 01 eller skriv till prov.domare+x@example.com före 2027-05-06 17:00",
        "0700000001": "+46 (0)70-000 00 01",
        url: "redis://user:hemligt@redis:6379/0",
        headers: ["Authorization: Bearer abcdefghijkl", "token=abc123&x=1"],
        password: "hemligt",
      }),
    ).toEqual({
      note: "Ring Prov på ••• eller skriv till ••• före 2027-05-06 17:00",
      "•••": "•••",
      url: expect.not.stringContaining("hemligt"),
      headers: ["Authorization: •••", "token=•••&x=1"],
      password: "•••",
    });
  });

  it("leaves numbers of matches, dates, times and ids alone", () => {
    const plain = {
      matchnr: "012345678",
      message_id: "07123456-0cb6-4203-9fb7-1734474dd82e",
      label: "000402010: A - B",
      timestamp: "2026-11-24T03:50:34.924259Z",
      kickoff: "2027-05-06 17:00:00",
      tid: "/Date(1809615600000)/",
      result: "3-0",
    };
    expect(redact(plain)).toEqual(plain);
  });

  it("works on what is no JSON, keys and all", () => {
    const cut = fixture("match_updates.fogis").slice(0, 2400);
    const shown = redactPayload(cut);
    for (const hidden of ["0700000", "@example.com", "Provgatan", "41101"]) expect(shown).not.toContain(hidden);
    expect(shown).toContain("Prov Domare");
    expect(redactPayload("{'namn': 'Prov', 'adress': 'Provgatan 1'}")).toBe("{'namn': 'Prov', 'adress': \"•••\"}");
    expect(redactPayload("ring 0700000001")).toBe("ring •••");
  });

  it("keeps prototype keys what they are: keys", () => {
    expect(redactPayload('{"__proto__":{"phone":"0700000001"}}')).toBe('{"__proto__":{"phone":"•••"}}');
  });

  it("never throws, and never shows the telephone number or address put somewhere in the input", () => {
    const phone = "0700000001";
    const mail = "prov@example.com";
    const leaf = fc.oneof(fc.constant(phone), fc.constant(mail), fc.string(), fc.integer(), fc.constant(null));
    fc.assert(
      fc.property(fc.jsonValue(), fc.dictionary(fc.string(), leaf), fc.nat(400), (value, people, cut) => {
        const text = JSON.stringify({ value, people });
        for (const input of [text, text.slice(0, cut)]) {
          const shown = redactPayload(input);
          // Beside other letters or digits a number is no telephone number, and shorter pieces of one say nothing.
          for (const found of input.matchAll(/(?<![\w.:/-])0700000001(?!\d)/g)) {
            if (found.index >= 0) expect(shown).not.toMatch(/(?<![\w.:/-])0700000001(?!\d)/);
          }
          expect(shown).not.toContain(mail);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("takes deep nesting and long texts in its stride", () => {
    expect(redactPayload("[".repeat(1_000_000))).toHaveLength(1_000_000);
    expect(redactPayload(`{"phone": "${"\\a".repeat(1_000_000)}`)).toBe('{"phone": "•••"');
    expect(redactPayload(`${"a".repeat(1_000_000)}@`)).toHaveLength(1_000_001);
  });

  it.each([
    "a",
    "a@",
    "@a",
    "0",
    "07 ",
    "+46 ",
    "(0) ",
    "Bearer ",
    "eyJ",
    "eyJa.",
    "://",
    "token=",
    "token ",
    '"',
    '"a":',
    '"a": "',
    "'a': ",
    "\\",
    " ",
    "{",
    "api_key: ",
    "å\u0308",
  ])("takes time in proportion to the text: %j", (piece) => {
    for (const frame of [
      (text: string) => text,
      (text: string) => `"phone": "${text}`,
      (text: string) => `{"a": "${text}"}`,
    ]) {
      const make = (length: number): string => frame(piece.repeat(length));
      expect(growth(make, redactPayload, cpuMs)).toBeLessThan(linearGrowth);
    }
  });
});
