import { expect, test } from "vitest";
import { instantOf } from "../../shared/instant.ts";
import type { ProblemKind } from "../../shared/problem.ts";
import { instant } from "../../shared/testing/instant.ts";
import { bookkeep, buriedMark, type Report } from "./bookkeeping.ts";
import { desiredOf } from "./plan.ts";
import { undoneMark } from "./rows.ts";
import type { KnownRow, OutboxRow } from "./store.ts";
import { digest } from "./testing/calendar-model.ts";
import { aMatch, aRecord } from "./testing/records.ts";
import { revisionOf } from "./write.ts";

const now = Date.parse("2027-05-01T10:00:00.000Z");
const at = instantOf(now);
const wanted = (venue: string) => {
  const desired = desiredOf(aRecord(aMatch({ id: "1", venue })), { digest });
  if (desired.kind !== "event") throw new Error("it has a kick-off");
  return desired.event;
};
const row: OutboxRow = {
  target: "google",
  matchId: "1",
  wanted: wanted("new"),
  urgent: false,
  queuedAt: at,
  attempts: 0,
  notBefore: null,
  problem: null,
  state: "ready",
};
const known: KnownRow = {
  matchId: "1",
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
const done = (event: KnownRow | null): Report["end"] => ({ ok: true, written: { outcome: "updated", event } });
const failed = (kind: ProblemKind, retryAfterMs: number | null = null): Report["end"] => ({
  ok: false,
  failure: { problem: { kind, message: "A sentence." }, retryAfterMs },
});

const keepBooks = (
  end: Report["end"],
  facts: { readonly current?: OutboxRow; readonly known?: KnownRow; readonly meta?: readonly [string, string][] } = {},
) =>
  bookkeep([{ row, known, revision, end }], {
    run: 7,
    now,
    random: () => 1,
    books: {
      known: new Map([["1", facts.known ?? known]]),
      outbox: new Map([["1", facts.current ?? row]]),
      meta: new Map(facts.meta ?? []),
    },
  });

test("what was written is known, and can be taken back to what was there before", () => {
  expect(keepBooks(done({ ...known, etag: '"2"' }))).toMatchObject({
    outboxDone: ["1"],
    known: [{ etag: '"2"', hash: wanted("new").hash, written: wanted("new"), sequence: 4, writtenAt: at }],
    run: [{ run: 7, matchId: "1", before: wanted("old"), after: wanted("new") }],
    meta: { writtenAt: at },
  });
});

test("a newer wish that came meanwhile stays", () => {
  expect(keepBooks(done(known), { current: { ...row, wanted: wanted("newer") } })).toMatchObject({ outboxDone: [] });
});

test("taking back is no run of its own, and an event that we did not write cannot be brought back", () => {
  expect(keepBooks(done(known), { meta: [[undoneMark("1"), "x"]] }).run).toEqual([]);
  const adopted = { ...known, written: null };
  const { run } = bookkeep([{ row, known: adopted, revision, end: done(adopted) }], {
    run: 7,
    now,
    random: () => 1,
    books: { known: new Map([["1", adopted]]), outbox: new Map([["1", row]]), meta: new Map() },
  });
  expect(run).toEqual([]);
});

test("SEQUENCE goes on over a removal, and stands still for the same content", () => {
  expect(keepBooks({ ok: true, written: { outcome: "removed", event: null } })).toMatchObject({
    forgotten: ["1"],
    meta: { [buriedMark("1")]: "3" },
  });
  const fresh = { wanted: wanted("new"), now: at };
  expect(revisionOf({ ...fresh, known: undefined, buried: undefined })).toEqual({ sequence: 0, at });
  expect(revisionOf({ ...fresh, known: undefined, buried: "3" })).toEqual({ sequence: 4, at });
  expect(revisionOf({ ...fresh, known, buried: undefined })).toEqual({ sequence: 4, at });
  expect(revisionOf({ wanted: wanted("old"), now: at, known, buried: undefined })).toEqual({
    sequence: 3,
    at: known.writtenAt,
  });
});

test("a call that failed may have done its work: what is there is unknown, and the match is tried again later", () => {
  expect(keepBooks(failed("calendar-timeout"))).toMatchObject({
    known: [{ remoteId: "a", hash: null }],
    outbox: [{ attempts: 1, state: "ready", notBefore: instantOf(now + 500) }],
  });
  expect(keepBooks(failed("calendar-server", 9000))).toMatchObject({
    outbox: [{ notBefore: instantOf(now + 9000) }],
  });
});

test("what a person must mend waits with its reason; what the whole calendar waits for leaves the row as it is", () => {
  expect(keepBooks(failed("calendar-rejected"))).toMatchObject({
    outbox: [{ state: "dead", problem: { kind: "calendar-rejected" }, queuedAt: at }],
  });
  expect(keepBooks(failed("calendar-rejected"), { current: { ...row, wanted: wanted("newer") } }).outbox).toEqual([]);
  expect(keepBooks(failed("calendar-sign-in")).outbox).toEqual([]);
});
