import { describe, expect, test } from "vitest";
import { instant } from "../../shared/testing/instant.ts";
import type { KnownEvent, WantedEvent } from "../ports.ts";
import { decide, desiredOf, isSuspicious, type Removal } from "./plan.ts";
import { digest } from "./testing/calendar-model.ts";
import { aMatch, aRecord } from "./testing/records.ts";

const past = instant("2027-04-20T15:00:00.000Z");
const oldest = instant("2027-04-24T00:00:00.000Z");
const now = instant("2027-05-01T00:00:00.000Z");
const soon = instant("2027-05-06T15:00:00.000Z");
const later = instant("2027-05-09T15:00:00.000Z");

const event = (facts: Parameters<typeof aMatch>[0] | object = {}): WantedEvent => {
  const desired = desiredOf(aRecord(aMatch({ id: "1", kickoff: soon, ...facts })), { digest });
  if (desired.kind !== "event") throw new Error("it has a kick-off");
  return desired.event;
};
const none = (reason: "gone" | "declined" | "no-kickoff") => ({ kind: "none", reason }) as const;
const want = (wanted: WantedEvent) => ({ kind: "event", event: wanted }) as const;
const known = ({ hash, start, cancelled }: WantedEvent): Pick<KnownEvent, "hash" | "start" | "cancelled"> => ({
  hash,
  start,
  cancelled,
});

describe("what a match asks for", () => {
  test("nothing when it is gone, or when nobody knows when it is played", () => {
    expect(desiredOf(aRecord(aMatch({ id: "1" }), { goneAt: now }), { digest })).toEqual(none("gone"));
    expect(desiredOf(aRecord(aMatch({ id: "1" }), { declinedAt: now }), { digest })).toEqual(none("declined"));
    expect(
      desiredOf(aRecord(aMatch({ id: "1" }), { inDoubt: { since: now, reason: "many-missing" } }), { digest }),
    ).toEqual(desiredOf(aRecord(aMatch({ id: "1" })), { digest }));
    expect(desiredOf(aRecord(aMatch({ id: "1", kickoff: null })), { digest })).toEqual(none("no-kickoff"));
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
    expect(decide({ desired, known: there, oldest })).toMatchObject({ kind });
  });
});

describe("the guard", () => {
  const gone = (many: number, start = soon): readonly Removal[] =>
    Array.from({ length: many }, () => ({ reason: "gone", start }));
  const lost = (many: number): readonly Removal[] =>
    Array.from({ length: many }, () => ({ reason: "no-kickoff", start: soon }));

  test.each([
    { name: "a fifth of the coming events", removals: gone(4), coming: 20, suspicious: false },
    { name: "more than a fifth", removals: gone(5), coming: 20, suspicious: true },
    { name: "ten of many", removals: gone(10), coming: 1000, suspicious: false },
    { name: "eleven of many", removals: gone(11), coming: 1000, suspicious: true },
    { name: "the only event", removals: gone(1), coming: 1, suspicious: true },
    { name: "the few that lost their kick-off", removals: lost(3), coming: 3, suspicious: false },
    { name: "eleven that lost their kick-off", removals: lost(11), coming: 1000, suspicious: true },
    {
      name: "what has been played",
      removals: gone(3, instant("2027-04-30T15:00:00.000Z")),
      coming: 3,
      suspicious: false,
    },
    { name: "nothing", removals: [], coming: 0, suspicious: false },
  ])("$name: suspicious is $suspicious", ({ removals, coming, suspicious }) => {
    expect(isSuspicious({ removals, coming, now })).toBe(suspicious);
  });
});
