import { describe, expect, test } from "vitest";
import { instant } from "../../shared/testing/instant.ts";
import { desiredOf } from "../calendar/event.ts";
import type { WantedEvent } from "../calendar/port.ts";
import { digest } from "../calendar/testing/calendar-model.ts";
import { aMatch, aRecord } from "../calendar/testing/records.ts";
import type { Listing } from "../keeper/target.ts";
import type { Found, Known } from "./item.ts";
import { type Duplicates, reconcile } from "./reconcile.ts";

const now = instant("2027-05-01T00:00:00.000Z");
const desired = (id: string) => {
  const wish = desiredOf(aRecord(aMatch({ id })), { digest });
  return wish.kind === "item" ? wish.item : null;
};
const found = (id: string, remoteId: string, hash: string | null = null): Found => ({
  id,
  remoteId,
  etag: `"${remoteId}"`,
  hash,
  actual: hash ?? "theirs",
  start: instant("2027-05-06T15:00:00.000Z"),
  cancelled: false,
});
const row = (event: Found): Known<WantedEvent> => ({
  ...event,
  target: "google",
  writtenAt: instant("2027-04-01T00:00:00.000Z"),
  sequence: 3,
  written: null,
});

const read = (
  listing: Partial<Listing<WantedEvent>>,
  before: { readonly known?: readonly Known<WantedEvent>[]; readonly duplicates?: Duplicates } = {},
  believe = true,
  isOursAlone = (_item: Found): boolean => false,
) =>
  reconcile({
    target: "google",
    listing: { kind: "full", items: [], removed: [], token: null, ...listing },
    known: new Map((before.known ?? []).map((one) => [one.id, one])),
    duplicates: before.duplicates ?? new Map(),
    wanted: desired,
    believe,
    now,
    oldest: instant("2027-04-24T00:00:00.000Z"),
    isOursAlone,
  });

test("the predecessor's events are taken over as they are; we have written none of them", () => {
  const { known, duplicates } = read({ items: [found("1", "a"), found("2", "b")] });
  expect(known).toMatchObject([
    { id: "1", remoteId: "a", hash: null, written: null, sequence: 0 },
    { id: "2", remoteId: "b" },
  ]);
  expect(duplicates.size).toBe(0);
});

test("an event with the hash of what is wanted is known to be what we wrote, also when our own memory is lost", () => {
  const { known } = read({ items: [found("1", "a", desired("1")?.hash)] });
  expect(known[0]?.written).toEqual(desired("1"));
});

describe("of several events for one match", () => {
  test("ours stays, the others are too many", () => {
    const { known, duplicates } = read({ items: [found("1", "old"), found("1", "ours", "hash"), found("1", "old-2")] });
    expect(known).toMatchObject([{ remoteId: "ours" }]);
    expect(duplicates.get("1")?.map(({ remoteId }) => remoteId)).toEqual(["old", "old-2"]);
  });

  test("one in the past is left alone, and no other has to go because of it", () => {
    const past = { ...found("1", "past", "hash"), start: instant("2027-04-01T15:00:00.000Z") };
    const { known, duplicates } = read({ items: [found("1", "standing"), past] }, { known: [row(past)] });
    expect(known).toMatchObject([{ remoteId: "standing" }]);
    expect(duplicates.size).toBe(0);
  });

  test("the one we know stays", () => {
    const mine = row(found("1", "mine", "hash"));
    const { known, duplicates } = read({ items: [found("1", "other", "hash"), mine] }, { known: [mine] });
    expect(known).toEqual([]);
    expect(duplicates.get("1")?.map(({ remoteId }) => remoteId)).toEqual(["other"]);
  });

  test("one that turns up later stands beside the one we know", () => {
    const mine = row(found("1", "mine", "hash"));
    const { known, duplicates } = read({ kind: "delta", items: [found("1", "new")] }, { known: [mine] });
    expect(known).toEqual([]);
    expect(duplicates.get("1")?.map(({ remoteId }) => remoteId)).toEqual(["new"]);
  });

  test("another takes the place of the one that somebody deleted", () => {
    const mine = row(found("1", "mine", "hash"));
    const duplicates = new Map([["1", [found("1", "old"), found("1", "old-2")]]]);
    const result = read({ kind: "delta", removed: ["mine"] }, { known: [mine], duplicates });
    expect(result.known).toMatchObject([{ remoteId: "old" }]);
    expect(result.forgotten).toEqual([]);
    expect(result.duplicates.get("1")?.map(({ remoteId }) => remoteId)).toEqual(["old-2"]);
  });

  test("an edit of a superfluous one forgets no other", () => {
    const mine = row(found("1", "mine", "hash"));
    const duplicates = new Map([["1", [found("1", "old"), found("1", "old-2")]]]);
    const result = read({ kind: "delta", items: [found("1", "old-2")] }, { known: [mine], duplicates });
    expect(result.duplicates.get("1")?.map(({ remoteId }) => remoteId)).toEqual(["old", "old-2"]);
  });
});

describe("an event that is not in the list", () => {
  const mine = row(found("1", "mine", desired("1")?.hash));

  test("of the whole calendar counts as unknown, so that it is written again", () => {
    expect(read({}, { known: [mine] })).toMatchObject({ known: [{ remoteId: "mine", hash: null }], forgotten: [] });
  });
  test("of a look that changes nothing says nothing", () => {
    expect(read({}, { known: [mine] }, false)).toMatchObject({ known: [], forgotten: [] });
  });
  test("of changes is as it was", () => {
    expect(read({ kind: "delta" }, { known: [mine] })).toMatchObject({ known: [], forgotten: [] });
  });
  test("but named among the removed ones is forgotten", () => {
    expect(read({ kind: "delta", removed: ["mine"] }, { known: [mine] })).toMatchObject({
      known: [],
      forgotten: ["1"],
    });
  });
});

test("an edit that somebody made is seen, and what we wrote is still remembered", () => {
  const mine = { ...row(found("1", "mine", desired("1")?.hash ?? "")), written: desired("1") };
  const edited = { ...mine, actual: "theirs", etag: '"2"' };
  const { known } = read({ kind: "delta", items: [edited] }, { known: [mine] });
  expect(known).toMatchObject([{ actual: "theirs", written: desired("1"), sequence: 3, writtenAt: mine.writtenAt }]);
});
