import { expect, test } from "vitest";
import { instant } from "../../shared/testing/instant.ts";
import { desiredOf } from "../calendar/event.ts";
import type { WantedEvent } from "../calendar/port.ts";
import { digest } from "../calendar/testing/calendar-model.ts";
import { aMatch, aRecord, silentLog } from "../calendar/testing/records.ts";
import { createVirtualClock } from "../calendar/testing/virtual-clock.ts";
import { type Known, mark, type OutboxRow } from "./item.ts";
import type { End, Failed } from "./target.ts";
import { createWriter, recordOf, revisionOf } from "./write.ts";

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

test("a target that is slow takes something now and then; one that takes nothing has not answered since", async () => {
  const breathe = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
  const time = createVirtualClock({ start: Date.parse(at), random: () => 0.5, breathe });
  const answers: (() => void)[] = [];
  const ends = [done(known)];
  const writer = createWriter<WantedEvent>({
    target: {
      ...{ name: "google", id: "a", label: () => "A", isOwn: false, list: null, close: () => undefined },
      limits: { calls: 4, batch: 1, longestWaitMs: 1000, stopMs: 1000, late: null, keepPastDays: null },
      isOursAlone: () => true,
      apply: () => new Promise((resolve) => answers.push(() => resolve(ends))),
    },
    state: { known: new Map(), meta: new Map(), outbox: new Map() },
    clock: time.clock,
    log: silentLog,
    duplicates: () => [],
    oldest: () => null,
    onEnded: () => undefined,
  });
  expect(writer.unansweredMs()).toBe(0);
  for (const id of ["1", "2", "3", "4"]) writer.launch([{ ...row, id }]);
  for (const answer of answers.slice(1)) {
    await time.advance(3000);
    expect(writer.unansweredMs()).toBeLessThan(4000);
    answer();
    await time.advance(10);
    expect(writer.unansweredMs()).toBeLessThan(100);
  }
  await time.advance(5000);
  expect(writer.unansweredMs()).toBeGreaterThan(5000);
});
