import { expect, test } from "vitest";
import type { Problem } from "../../shared/problem.ts";
import { instant } from "../../shared/testing/instant.ts";
import { desiredOf } from "./plan.ts";
import { undoneMark } from "./rows.ts";
import { placementOf, settledOf } from "./status.ts";
import type { KnownRow, OutboxRow } from "./store.ts";
import { digest } from "./testing/calendar-model.ts";
import { aMatch, aRecord } from "./testing/records.ts";

const at = instant("2027-05-01T10:00:00.000Z");
const problem: Problem = { kind: "calendar-server", message: "A sentence." };
const desired = desiredOf(aRecord(aMatch({ id: "1" })), { digest });
const row: OutboxRow = {
  target: "google",
  matchId: "1",
  wanted: null,
  urgent: false,
  queuedAt: at,
  attempts: 1,
  notBefore: null,
  problem,
  state: "ready",
};
const known: KnownRow = {
  matchId: "1",
  remoteId: "a",
  etag: null,
  hash: "h",
  actual: "h",
  start: at,
  cancelled: false,
  target: "google",
  writtenAt: at,
  sequence: 0,
  written: null,
};
const books = (
  facts: { readonly row?: OutboxRow; readonly known?: KnownRow; readonly meta?: [string, string] } = {},
) => ({
  outbox: new Map(facts.row === undefined ? [] : [["1", facts.row]]),
  known: new Map(facts.known === undefined ? [] : [["1", facts.known]]),
  meta: new Map(facts.meta === undefined ? [] : [facts.meta]),
});

type Case = Partial<Omit<Parameters<typeof settledOf>[0], "id" | "target" | "ledger">> & Parameters<typeof books>[0];
const settled = ({ row: queued, known: there, meta, ...rest }: Case) =>
  settledOf({
    id: "1",
    target: "google",
    ledger: books({ ...(queued && { row: queued }), ...(there && { known: there }), ...(meta && { meta }) }),
    desired,
    written: undefined,
    blocked: null,
    isBusy: false,
    ...rest,
  });

test.each<[string, Case, object | null]>([
  ["while a call is under way", { isBusy: true }, null],
  ["while it will soon be tried again", { row }, null],
  ["after a few failures nobody is kept waiting", { row: { ...row, attempts: 4 } }, { outcome: "waiting", problem }],
  ["when it was written", { known, written: "updated" }, { outcome: "updated" }],
  ["when it was written and is wanted otherwise already", { row, known, written: "updated" }, null],
  ["when nothing had to be done", { known }, { outcome: "unchanged" }],
  ["when a person must mend it", { row: { ...row, state: "dead" } }, { outcome: "failed", problem }],
  ["when a person must confirm it", { row: { ...row, state: "held" } }, { outcome: "waiting" }],
  ["when the calendar was not previewed yet", { blocked: "preview" }, { outcome: "waiting" }],
  ["when the calendar cannot be reached", { row, blocked: problem }, { outcome: "waiting", problem }],
  ["when it was done before that", { known, written: "inserted", blocked: problem }, { outcome: "inserted" }],
  ["when Avspark stops", { row, blocked: "stopped" }, { outcome: "waiting", problem: null }],
  ["when it has no kick-off", { desired: { kind: "none", reason: "no-kickoff" } }, { reason: "no-kickoff" }],
  ["when it is too old", {}, { outcome: "skipped", reason: "too-old" }],
])("what somebody who waits is told %s", (_, facts, result) => {
  if (result === null) expect(settled(facts)).toBeNull();
  else expect(settled(facts)).toMatchObject(result);
});

test.each<[object, Parameters<typeof books>[0], object]>([
  [{ state: "there", at }, { known }, {}],
  [{ state: "differs", at }, { known: { ...known, actual: "theirs" } }, {}],
  [{ state: "waiting" }, { known, row }, {}],
  [{ state: "failed", problem, at }, { known, row: { ...row, state: "dead" } }, {}],
  [{ state: "skipped", reason: "undone" }, { meta: [undoneMark("1"), "x"] }, {}],
  [{ state: "skipped", reason: "too-old" }, {}, { oldest: "2027-06-01T00:00:00.000Z" }],
  [{ state: "skipped", reason: "gone" }, {}, { desired: { kind: "none", reason: "gone" } }],
  [{ state: "waiting" }, {}, {}],
])("a match in a calendar: %j", (placement, facts, more) => {
  expect(placementOf({ id: "1", ledger: books(facts), desired, oldest: at, ...more })).toEqual(placement);
});
