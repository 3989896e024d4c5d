import { describe, expect, test } from "vitest";
import { instant } from "../../shared/testing/instant.ts";
import { desiredOf } from "../calendar/event.ts";
import type { WantedEvent } from "../calendar/port.ts";
import { digest } from "../calendar/testing/calendar-model.ts";
import { aMatch, aRecord } from "../calendar/testing/records.ts";
import { decide, type Standing } from "./plan.ts";

const past = instant("2027-04-20T15:00:00.000Z");
const oldest = instant("2027-04-24T00:00:00.000Z");
const soon = instant("2027-05-06T15:00:00.000Z");
const later = instant("2027-05-09T15:00:00.000Z");

const event = (facts: Parameters<typeof aMatch>[0] | object = {}): WantedEvent => {
  const desired = desiredOf(aRecord(aMatch({ id: "1", kickoff: soon, ...facts })), { digest });
  if (desired.kind !== "item") throw new Error("it has a kick-off");
  return desired.item;
};
const none = (reason: "gone" | "no-kickoff") => ({ kind: "none", reason }) as const;
const want = (item: WantedEvent) => ({ kind: "item", item }) as const;
const known = ({ hash, start, cancelled }: WantedEvent): Standing => ({
  hash,
  start,
  cancelled,
});

const now = Date.parse("2027-05-01T00:00:00.000Z");

describe("two desks", () => {
  const ours = { ...event({ venue: "Ruddalen" }), rev: now - 60_000 };
  const gone = { ...none("gone"), rev: ours.rev };
  const standing = (rev: number | undefined): Standing => ({ ...known(event()), rev });
  test.each([
    { name: "an older word", rev: ours.rev - 1, update: "update", remove: "remove" },
    { name: "the same word, as another setting has it", rev: ours.rev, update: "update", remove: "remove" },
    { name: "a newer word", rev: ours.rev + 1, update: "leave", remove: "leave" },
    { name: "a word by a clock that is a little ahead", rev: now + 60_000, update: "leave", remove: "leave" },
    { name: "a word by a clock that was wrong", rev: now + 3_600_000, update: "update", remove: "remove" },
    { name: "nobody knows what", rev: undefined, update: "update", remove: "remove" },
  ])("what was written after $name", ({ rev, update, remove }) => {
    const there = standing(rev);
    expect(decide({ desired: want(ours), known: there, oldest, now }).kind).toBe(update);
    expect(decide({ desired: gone, known: there, oldest, now }).kind).toBe(remove);
    expect(decide({ desired: want({ ...ours, rev: undefined }), known: there, oldest, now }).kind).toBe("update");
  });
});

describe("what is to be done", () => {
  const cancelled = event({ status: "cancelled" });
  test.each([
    { name: "a new match", desired: want(event()), known: undefined, kind: "insert" },
    { name: "an unchanged one", desired: want(event()), known: known(event()), kind: "leave" },
    { name: "a changed one", desired: want(event({ venue: "Ruddalen" })), known: known(event()), kind: "update" },
    { name: "a moved one", desired: want(event({ kickoff: later })), known: known(event()), kind: "update" },
    { name: "a cancelled one", desired: want(cancelled), known: known(event()), kind: "cancel" },
    { name: "one that was cancelled before", desired: want(cancelled), known: known(cancelled), kind: "leave" },
    { name: "one that is played after all", desired: want(event()), known: known(cancelled), kind: "update" },
    {
      name: "the predecessor's event",
      desired: want(event()),
      known: { ...known(event()), hash: null },
      kind: "update",
    },
    { name: "a match that is gone", desired: none("gone"), known: known(event()), kind: "remove" },
    { name: "a match that lost its kick-off", desired: none("no-kickoff"), known: known(event()), kind: "remove" },
    { name: "one that never had an event", desired: none("gone"), known: undefined, kind: "skip" },
    { name: "an old match without an event", desired: want(event({ kickoff: past })), known: undefined, kind: "skip" },
    {
      name: "an old match that has changed",
      desired: want(event({ kickoff: past, venue: "Ruddalen" })),
      known: known(event({ kickoff: past })),
      kind: "leave",
    },
    { name: "an old match that is gone", desired: none("gone"), known: known(event({ kickoff: past })), kind: "leave" },
    {
      name: "one that moves into the past",
      desired: want(event({ kickoff: past })),
      known: known(event()),
      kind: "update",
    },
    {
      name: "one that moves out of the past",
      desired: want(event()),
      known: known(event({ kickoff: past })),
      kind: "update",
    },
  ])("for $name: $kind", ({ desired, known: there, kind }) => {
    expect(decide({ desired, known: there, oldest, now })).toMatchObject({ kind });
  });
});
