import { expect, test } from "vitest";
import { instant } from "../../shared/testing/instant.ts";
import { desiredOf } from "../calendar/event.ts";
import type { WantedEvent } from "../calendar/port.ts";
import { digest } from "../calendar/testing/calendar-model.ts";
import { aMatch, aRecord } from "../calendar/testing/records.ts";
import { type Known, mark, type OutboxRow } from "./item.ts";
import type { End, Failed } from "./target.ts";
import { recordOf, revisionOf } from "./write.ts";

const at = instant("2027-05-01T10:00:00.000Z");
const wanted = (venue: string) => {
  const desired = desiredOf(aRecord(aMatch({ id: "1", venue })), { digest });
  if (desired.kind !== "item") throw new Error("it has a kick-off");
  return desired.item;
};
const row: OutboxRow<WantedEvent> = {
  target: "google",
  id: "1",
  wanted: wanted("new"),
  urgent: false,
  queuedAt: at,
  state: "ready",
};
const known: Known<WantedEvent> = {
  id: "1",
  remoteId: "a",
  etag: '"1"',
  hash: wanted("old").hash,
  actual: wanted("old").hash,
  start: at,
  cancelled: false,
  target: "google",
  writtenAt: instant("2027-04-01T00:00:00.000Z"),
  sequence: 3,
  written: wanted("old"),
};
const revision = { sequence: 4, at };
const done = (found: Known<WantedEvent> | null): End<WantedEvent> => ({
  ok: true,
  written: { outcome: "updated", found },
});
const failed: Failed = {
  ok: false,
  failure: { problem: { kind: "calendar-timeout", message: "A sentence." }, retryAfterMs: null, concern: "call" },
};

const recorded = (
  end: End<WantedEvent>,
  facts: {
    readonly current?: OutboxRow<WantedEvent>;
    readonly known?: Known<WantedEvent>;
    readonly meta?: readonly [string, string][];
  } = {},
) =>
  recordOf([{ row, known, revision, end }], {
    run: 7,
    now: at,
    state: {
      known: new Map([["1", facts.known ?? known]]),
      outbox: new Map([["1", facts.current ?? row]]),
      meta: new Map(facts.meta ?? []),
    },
  });

test("what was written is known, and can be taken back to what was there before", () => {
  expect(recorded(done({ ...known, etag: '"2"' }))).toMatchObject({
    outboxDone: ["1"],
    known: [{ etag: '"2"', hash: wanted("new").hash, written: wanted("new"), sequence: 4, writtenAt: at }],
    run: [{ run: 7, id: "1", before: wanted("old"), after: wanted("new") }],
    meta: { writtenAt: at },
  });
});

test("a newer wish that came meanwhile stays", () => {
  expect(recorded(done(known), { current: { ...row, wanted: wanted("newer") } })).toMatchObject({ outboxDone: [] });
});

test("taking back is no run of its own, and an event that we did not write cannot be brought back", () => {
  expect(recorded(done(known), { meta: [[mark.undone("1"), "x"]] }).run).toEqual([]);
  const adopted = { ...known, written: null };
  const { run } = recordOf([{ row, known: adopted, revision, end: done(adopted) }], {
    run: 7,
    now: at,
    state: { known: new Map([["1", adopted]]), outbox: new Map([["1", row]]), meta: new Map() },
  });
  expect(run).toEqual([]);
});

test("SEQUENCE goes on over a removal, and stands still for the same content", () => {
  expect(recorded({ ok: true, written: { outcome: "removed", found: null } })).toMatchObject({
    forgotten: ["1"],
    meta: { [mark.sequence("1")]: "3" },
  });
  const fresh = { wanted: { ...wanted("new"), rev: undefined }, now: at };
  expect(revisionOf({ ...fresh, known: undefined, removedAt: undefined })).toEqual({ sequence: 0, at });
  expect(revisionOf({ ...fresh, known: undefined, removedAt: "3" })).toEqual({ sequence: 4, at });
  expect(revisionOf({ ...fresh, known, removedAt: undefined })).toEqual({ sequence: 4, at });
  expect(revisionOf({ wanted: wanted("old"), now: at, known, removedAt: undefined })).toEqual({
    sequence: 3,
    at: known.writtenAt,
  });
});

test("SEQUENCE follows from the word that was heard, so that every desk gives the same, and never goes back", () => {
  const rev = Date.parse("2027-05-01T10:00:00.500Z");
  const heard = { wanted: { ...wanted("new"), rev }, now: at, removedAt: undefined };
  const seconds = (Date.parse("2027-05-01T10:00:00Z") - Date.parse("2020-01-01T00:00:00Z")) / 1000;
  expect(revisionOf({ ...heard, known: undefined }).sequence).toBe(seconds);
  expect(revisionOf({ ...heard, known }).sequence).toBe(seconds);
  expect(revisionOf({ ...heard, known: { ...known, sequence: seconds } }).sequence).toBe(seconds + 1);
  expect(revisionOf({ ...heard, known: undefined, removedAt: String(seconds + 7) }).sequence).toBe(seconds + 8);
});

test("what another desk has written after a newer word is known as it is, and is no write of ours", () => {
  const theirs = { ...known, hash: "theirs", actual: "theirs", rev: Date.parse(at) };
  expect(recorded({ ok: true, written: { outcome: "unchanged", found: theirs } })).toEqual({
    outboxDone: ["1"],
    known: [{ ...theirs, written: null, writtenAt: at }],
    forgotten: [],
    run: [],
    meta: {},
  });
});

test("a call that failed may have done its work: what is there is unknown, and the row stays", () => {
  expect(recorded(failed)).toMatchObject({ known: [{ remoteId: "a", hash: null }], outboxDone: [] });
  expect(recorded(failed, { known: { ...known, hash: null } }).known).toEqual([]);
});

test("what cannot be taken back is no run", () => {
  const moment = { run: null, now: at, state: { known: new Map(), outbox: new Map(), meta: new Map() } };
  expect(recordOf([{ row, known, revision, end: done(known) }], moment).run).toEqual([]);
});
