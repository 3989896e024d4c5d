import { describe, expect, it } from "vitest";
import { instant } from "../../../shared/testing/instant.ts";
import { anOfficial } from "../../../shared/testing/people.ts";
import { applyFacts } from "../merge.ts";
import { storedMatch } from "./stored.ts";

const reread = (stored: unknown) => storedMatch.read(JSON.stringify(stored));

/** As 0.1 wrote it: copied from a disk, with invented people. */
const byVersion1 = {
  match: {
    id: "6186203",
    number: "000402010",
    competition: null,
    home: "IFK Göteborg",
    away: "GAIS",
    kickoff: "2027-05-06T15:00:00.000Z",
    venue: "Gamla Ullevi",
    position: { latitude: 57.7066, longitude: 11.9807 },
    officials: [{ role: "Huvuddomare", name: "Ada Prov", phone: "0700000001", email: null }],
    contacts: [],
    status: "postponed",
  },
  origins: [
    {
      origin: { at: "2026-11-24T03:50:34.923Z", dialect: "fogis", channel: "fogis:matches:updates" },
      fields: ["status", "officials", "home", "away", "number", "position"],
    },
    {
      origin: { at: "2026-11-25T03:50:34.923Z", dialect: "legacy", channel: "fogis:matches:updates:v1" },
      fields: ["kickoff", "venue"],
    },
  ],
  wallClock: true,
  sources: [{ dialect: "fogis", channel: "fogis:matches:updates" }],
  firstAt: "2026-11-24T03:50:35.000Z",
  updatedAt: "2026-11-25T03:50:35.000Z",
  changedAt: "2026-11-25T03:50:35.000Z",
  goneAt: null,
  urgent: true,
};

describe("a stored match", () => {
  it("is read as it was", () => {
    const told = { home: "A", kickoff: null, officials: [{ name: "Ada Prov", phones: { work: "0310000001" } }] };
    const facts = { id: "1", dialect: "fogis", wallClock: false, told, noted: [] } as const;
    const at = instant("2027-05-06T10:00:00.000Z");
    const origin = { at, dialect: "fogis", channel: "c" } as const;
    const { record } = applyFacts(undefined, facts, { origin, receivedAt: at, urgent: true, isReplay: false });
    expect(storedMatch.read(storedMatch.write(record))).toEqual(record);
  });

  it("of version 0.1 keeps its facts, and what is new since then is unknown", () => {
    const data = reread(byVersion1);
    expect(data?.match).toMatchObject({
      ...byVersion1.match,
      officials: [anOfficial({ name: "Ada Prov", role: "Huvuddomare", phone: "0700000001" })],
      openPlaces: [],
      playingTime: null,
      homeId: null,
    });
    expect(data).toMatchObject({ sources: byVersion1.sources, goneAt: null, urgent: true });
  });

  it("of version 0.1 is merged with as if it had been heard today", () => {
    const record = reread(byVersion1) ?? undefined;
    const at = instant("2026-11-24T12:00:00.000Z");
    const told = { venue: "Nya Ullevi", status: "scheduled" } as const;
    const facts = { id: "6186203", dialect: "fogis", wallClock: false, told, noted: [] } as const;
    const origin = { at, dialect: "fogis", channel: "c" } as const;
    const hearing = { origin, receivedAt: instant("2026-11-26T12:00:00.000Z"), urgent: false, isReplay: false };
    // Newer than what FOGIS said of the status, older than what was said of the venue.
    expect(applyFacts(record, facts, hearing).record.match).toMatchObject({
      status: "scheduled",
      venue: "Gamla Ullevi",
    });
  });

  it.for([
    ["no record at all", null],
    ["a version that is newer than ours", { ...byVersion1, version: 99 }],
    ["half of one", { version: 2, id: "1" }],
  ])("is not read from %s", ([, stored]) => {
    expect(reread(stored)).toBeNull();
  });
});
