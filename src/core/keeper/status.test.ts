import { expect, test } from "vitest";
import type { Problem } from "../../shared/problem.ts";
import { instant } from "../../shared/testing/instant.ts";
import { desiredOf } from "../calendar/event.ts";
import type { WantedEvent } from "../calendar/port.ts";
import { digest } from "../calendar/testing/calendar-model.ts";
import { aMatch, aRecord } from "../calendar/testing/records.ts";
import { type Known, mark, type OutboxRow } from "./item.ts";
import type { Retry } from "./queue.ts";
import { placementOf, resultOf } from "./status.ts";

const at = instant("2027-05-01T10:00:00.000Z");
const problem: Problem = { kind: "calendar-server", message: "A sentence." };
const desired = desiredOf(aRecord(aMatch({ id: "1" })), { digest });
const row: OutboxRow<WantedEvent> = {
  target: "google",
  id: "1",
  wanted: null,
  urgent: false,
  queuedAt: at,
  state: "ready",
};
const known: Known<WantedEvent> = {
  id: "1",
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
const retry = (failures: number, refused = false): Retry => ({ failures, due: 1, refused, problem, at });
const factsOf = (
  facts: {
    readonly row?: OutboxRow<WantedEvent>;
    readonly known?: Known<WantedEvent>;
    readonly meta?: [string, string];
  } = {},
) => ({
  outbox: new Map(facts.row === undefined ? [] : [["1", facts.row]]),
  known: new Map(facts.known === undefined ? [] : [["1", facts.known]]),
  meta: new Map(facts.meta === undefined ? [] : [facts.meta]),
});

type Case = Partial<Omit<Parameters<typeof resultOf<WantedEvent>>[0], "id" | "target" | "state">> &
  Parameters<typeof factsOf>[0];
const settled = ({ row: queued, known: there, meta, ...rest }: Case) =>
  resultOf({
    id: "1",
    target: "google",
    state: factsOf({ ...(queued && { row: queued }), ...(there && { known: there }), ...(meta && { meta }) }),
    desired,
    retry: undefined,
    written: undefined,
    blocked: null,
    isBusy: false,
    ...rest,
  });

test.each<[string, Case, object | null]>([
  ["while a call is under way", { isBusy: true }, null],
  ["while it will soon be tried again", { row, retry: retry(3) }, null],
  ["after a few failures nobody is kept waiting", { row, retry: retry(4) }, { outcome: "waiting", problem }],
  ["when it was written", { known, written: "updated" }, { outcome: "updated" }],
  ["when it was written and is wanted otherwise already", { row, known, written: "updated" }, null],
  ["when nothing had to be done", { known }, { outcome: "unchanged" }],
  ["when it was refused", { row, retry: retry(1, true) }, { outcome: "failed", problem }],
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

test.each<[object, Parameters<typeof factsOf>[0], object]>([
  [{ state: "there", at }, { known }, {}],
  [{ state: "differs", at }, { known: { ...known, actual: "theirs" } }, {}],
  [{ state: "waiting" }, { known, row }, {}],
  [{ state: "failed", problem, at }, { known, row }, { retry: retry(1, true) }],
  [{ state: "skipped", reason: "undone" }, { meta: [mark.undone("1"), "x"] }, {}],
  [{ state: "skipped", reason: "too-old" }, {}, { oldest: "2027-06-01T00:00:00.000Z" }],
  [{ state: "skipped", reason: "gone" }, {}, { desired: { kind: "none", reason: "gone" } }],
  [{ state: "waiting" }, {}, {}],
])("a match in a calendar: %j", (placement, facts, more) => {
  expect(placementOf({ id: "1", state: factsOf(facts), desired, retry: undefined, oldest: at, ...more })).toEqual(
    placement,
  );
});
