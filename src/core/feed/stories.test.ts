import { describe, expect, it } from "vitest";
import { decodeMessage } from "./decode.ts";
import { createDesk } from "./testing/desk.ts";

const maxBytes = 1_000_000;
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const minutes = 60;
const hours = 60 * minutes;
const day = 24 * hours;

const openDesk = () => {
  const start = Date.UTC(2027, 4, 6, 10);
  const desk = createDesk({
    start,
    decode: (payload) => decodeMessage(payload, { text, utf8Only: true, maxBytes }),
    encode,
    maxBytes,
  });
  return {
    ...desk,
    /** A message about one match, said so many seconds after the start, and heard then unless it came late. */
    tell: (match: object, said: number, heard = said) =>
      desk.hear({
        channel: "fogis:matches:updates",
        payload: encode(
          JSON.stringify({ type: "match_updates", timestamp: desk.at(said), payload: { matches: [match] } }),
        ),
        receivedAt: start + heard * 1000,
      }),
  };
};

const fogis = (more: object = {}) => ({ matchid: 1, lag1namn: "A", lag2namn: "B", speldatum: "2027-05-20", ...more });
const atTime = (avsparkstid: string) => fogis({ avsparkstid });
const kickoffAt = (hour: number): string => new Date(Date.UTC(2027, 4, 20, hour - 2)).toISOString();
const withoutId = { lag1namn: "C", lag2namn: "D" };

describe("old news", () => {
  it("is what a list of yesterday says when it is replayed: of a kick-off", () => {
    const { fetch, replay, known, quarantined } = openDesk();
    fetch([atTime("15:00"), withoutId], 0);
    fetch([atTime("20:00")], day);
    expect(known("1")?.match.kickoff).toBe(kickoffAt(20));
    expect(quarantined()).toBe(1);
    const { changes, released } = replay();
    expect([changes, released]).toEqual([[], []]);
    expect(known("1")?.match.kickoff).toBe(kickoffAt(20));
  });

  it("and of a match that is gone since, or that nobody knows any more", () => {
    const { fetch, replay, known } = openDesk();
    const other = { ...fogis(), matchid: 2 };
    const third = { ...fogis(), matchid: 3 };
    fetch([fogis(), { ...other, speldatum: "not a date" }, third, withoutId], 0);
    fetch([third], day);
    expect(known("1")?.goneAt).not.toBeNull();
    replay();
    expect(known("1")?.goneAt).not.toBeNull();
    expect(known("3")?.goneAt).toBeNull();
    expect(known("2")?.goneAt ?? "gone").not.toBeNull();
  });

  it("brings what nobody has told since", () => {
    const { fetch, replay, known } = openDesk();
    fetch([fogis({ anlaggningnamn: "Ängby IP" }), withoutId], 0);
    fetch([atTime("20:00")], day);
    replay();
    expect(known("1")?.match).toMatchObject({ kickoff: kickoffAt(20), venue: "Ängby IP" });
  });
});

describe("the newest word", () => {
  it("is the one that was said last, though another is read after it", () => {
    const { tell, known } = openDesk();
    const official = (personnamn: string, domarrollnamn: string, mobiltelefon: string) => ({
      personnamn,
      domarrollnamn,
      mobiltelefon,
    });
    const person = (name: string, role: string, mobile: string) => ({ name, role, contact: { mobile } });
    const before = [official("Ada Prov", "Huvuddomare", "070-1"), official("Bo Prov", "Assisterande 1", "070-1")];
    const after = [person("Bo Prov", "Huvuddomare", "070-2"), person("Ada Prov", "Assisterande 1", "070-2")];
    tell(fogis({ domaruppdraglista: before }), 0);
    tell({ match_id: 1, teams: { home: { name: "A" }, away: { name: "B" } }, referees: after }, hours);
    tell(fogis({ domaruppdraglista: before }), 30 * minutes, 2 * hours);
    const officials = known("1")?.match.officials ?? [];
    expect(officials.map(({ name, role }) => [role, name]).toSorted()).toEqual([
      ["Assisterande 1", "Ada Prov"],
      ["Huvuddomare", "Bo Prov"],
    ]);
    expect(officials.map(({ phone }) => phone)).toEqual(["070-2", "070-2"]);
  });

  it("may be what was said before: A, B, A are three changes", () => {
    const { tell, known } = openDesk();
    const changes = [atTime("15:00"), atTime("18:00"), atTime("15:00")].flatMap(
      (match, index) => tell(match, index * minutes).changes,
    );
    expect(changes.map(({ difference }) => difference.field)).toEqual(["added", "kickoff", "kickoff"]);
    expect(known("1")?.match.kickoff).toBe(kickoffAt(15));
  });
});

describe("a list", () => {
  it("is kept where it brought something or was refused, as a message that says when it was asked for", () => {
    const { fetch, at } = openDesk();
    const [message] = fetch([atTime("15:00"), { ...fogis(), matchid: 2 }, withoutId], 60).messages;
    expect(message).toMatchObject({
      summary: {
        channel: "http",
        verdict: "partly",
        gist: { matches: 2, changes: 2, rejected: 1, matchIds: ["1", "2"] },
      },
      matchIds: ["1", "2"],
      rejections: [{ path: "matches[2].matchid" }],
    });
    expect(JSON.parse(text(message?.payload ?? new Uint8Array()))).toEqual({
      type: "match_updates",
      timestamp: at(60),
      payload: { matches: [atTime("15:00"), { ...fogis(), matchid: 2 }, withoutId] },
    });
    const [second] = fetch([atTime("18:00"), { ...fogis(), matchid: 2 }], 120).messages;
    expect(JSON.parse(text(second?.payload ?? new Uint8Array())).payload.matches).toEqual([atTime("18:00")]);
    expect(fetch([atTime("18:00"), { ...fogis(), matchid: 2 }], 180).messages).toEqual([]);
  });

  it("that was refused in the same places before is in quarantine once", () => {
    const { fetch, quarantined } = openDesk();
    for (let time = 0; time < 5; time += 1) fetch([atTime("15:00"), withoutId], time * 60);
    // Once with the news beside it, and once without.
    expect(quarantined()).toBe(2);
    fetch([atTime("15:00"), { lag1namn: "E" }], 600);
    expect(quarantined()).toBe(3);
  });

  it("calls gone what it does not have, when it is complete and can be read", () => {
    const { fetch, enter, known } = openDesk();
    const [one, two] = [fogis(), { ...fogis(), matchid: 2 }];
    expect(fetch([one, two], 0).isWhole).toBe(true);
    enter([one], 60);
    fetch([one, withoutId], 120);
    expect(known("2")?.goneAt).toBeNull();
    fetch([one, { ...two, speldatum: "not a date" }], 180);
    expect(known("2")?.goneAt).toBeNull();
    const { changes, isWhole } = fetch([one], 240);
    expect(changes).toMatchObject([{ matchId: "2", difference: { field: "gone" }, origin: { channel: "http" } }]);
    expect(isWhole).toBe(true);
    expect(fetch([one, two], 300).changes).toMatchObject([{ matchId: "2", difference: { field: "returned" } }]);
  });
});
