import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createMemoryJournal, type MemoryPort } from "../../../core/feed/testing/memory-journal.ts";
import type { MessageFilter } from "../../../core/journal.ts";
import type { Act } from "../../../shared/act.ts";
import type { Alert } from "../../../shared/alert.ts";
import type { Gap } from "../../../shared/connection.ts";
import { journalIn, journalOnThisThread, problemOf, temporaryFolder } from "./harness.ts";
import {
  channel,
  later,
  matchRecord,
  noon,
  nothingLoaded,
  refusedMessage,
  validMessage,
  venueChange,
} from "./samples.ts";

/** What the journal in memory does, that core's tests have, and what the real one does: the same. */

type Relied = MemoryPort;
const journals: Readonly<Record<string, () => Promise<Relied>>> = {
  "in memory": async () => createMemoryJournal({ after: (_ms, task) => cancelled(setImmediate(task)) }),
  "in a file": async () => journalOnThisThread(join(temporaryFolder(), "journal.sqlite")).journal,
  "behind its thread": async () => (await journalIn()).journal,
};
const cancelled = (timer: NodeJS.Immediate) => (): void => clearImmediate(timer);

const everything = { messages: 100, bytes: 1e9 };
const heard = (text: string) => ({ channel, receivedAt: 1, payload: new TextEncoder().encode(text) });
const textsOf = (journal: Relied, limit = everything): readonly string[] =>
  journal.spilled(limit).map(({ payload }) => new TextDecoder().decode(payload));
const refusedIds = (journal: Relied, page: { readonly before?: number; readonly limit: number }): readonly number[] =>
  journal.quarantine(page).map(({ id }) => id);

const alertOf = (id: number): Alert => ({
  id,
  key: `key-${id}`,
  cause: { kind: "cycle-failed", cycle: id, text: null },
  level: "warning",
  severity: null,
  firstAt: noon,
  lastAt: later(id),
  count: 1,
  state: { name: "active" },
});
const gapOf = (id: number): Gap => ({
  id,
  from: later(id),
  to: later(id + 1),
  cause: { kind: "not-running" },
  state: "unfilled",
  filledAt: null,
  brought: null,
});

describe.each(Object.entries(journals))("a journal %s", (_, create) => {
  it("has a batch whole or not at all, and no number twice", async () => {
    const journal = await create();
    await journal.append({ messages: [validMessage({ id: 1 })], changes: [venueChange(1, "m")] });
    const again = { messages: [validMessage({ id: 2 }), validMessage({ id: 1 })], spilled: [heard("a")] };
    expect(await problemOf(() => journal.append(again))).toBe("journal-failed");
    const changed = { messages: [refusedMessage({ id: 2 })], changes: [venueChange(1, "m")] };
    expect(await problemOf(() => journal.append(changed))).toBe("journal-failed");
    expect([textsOf(journal), refusedIds(journal, { limit: 10 })]).toEqual([[], []]);
    await journal.append({ messages: [validMessage({ id: 2 })], changes: [venueChange(2, "m")] });
  });

  it("takes batches in the order in which they are given", async () => {
    const journal = await create();
    await Promise.all(["a", "b", "c"].map((text) => journal.append({ spilled: [heard(text)] })));
    expect(textsOf(journal)).toEqual(["a", "b", "c"]);
  });

  it("gives the oldest of the spill back within the limit, and lets go of what a batch has taken", async () => {
    const journal = await create();
    await journal.append({ spilled: [heard("12345"), heard("12345"), heard("1")] });
    const within = (bytes: number, messages = 10) => textsOf(journal, { messages, bytes }).length;
    expect([within(1), within(5), within(6), within(10), within(11), within(11, 2)]).toEqual([1, 1, 2, 2, 3, 2]);
    const [, second] = journal.spilled(everything);
    await journal.append({ unspilledTo: second?.spillId ?? 0, spilled: [heard("last")] });
    expect(textsOf(journal)).toEqual(["1", "last"]);
    const ids = journal.spilled(everything).map(({ spillId }) => spillId);
    expect(Math.min(...ids)).toBeGreaterThan(second?.spillId ?? 0);
  });

  it("keeps refused messages, the newest first, until they are released", async () => {
    const journal = await create();
    const ids = [1, 2, 3, 4];
    await journal.append({ messages: [...ids.map((id) => refusedMessage({ id })), validMessage({ id: 5 })] });
    expect(refusedIds(journal, { limit: 10 })).toEqual([4, 3, 2, 1]);
    expect(refusedIds(journal, { limit: 2 })).toEqual([4, 3]);
    expect(refusedIds(journal, { before: 3, limit: 10 })).toEqual([2, 1]);
    const { summary, payload, rejections } = refusedMessage({ id: 2 });
    expect(journal.quarantined(2)).toMatchObject({ id: 2, channel, bytes: summary.bytes, rejections });
    expect(new Uint8Array(journal.quarantined(2)?.payload ?? [])).toEqual(payload);
    await journal.append({ released: [2, 3] });
    expect(refusedIds(journal, { limit: 10 })).toEqual([4, 1]);
    expect([journal.quarantined(2), journal.quarantined(5)]).toEqual([null, null]);
  });

  it("gives back all that a run begins with, the newest first", async () => {
    const journal = await create();
    expect(journal.load()).toEqual(nothingLoaded);
    const messages = [validMessage({ id: 1 }), refusedMessage({ id: 2 })];
    const changes = [venueChange(1, "m"), venueChange(2, "n"), venueChange(3, "m")];
    const cycle = { at: noon, status: "completed", cycle: 1, matches: 1, durationMs: 5 } as const;
    await journal.append({
      messages,
      changes,
      matches: [matchRecord("m"), matchRecord("n")],
      alerts: [alertOf(1), alertOf(2)],
      gaps: [gapOf(1), gapOf(2)],
      cycles: [{ ...cycle, status: "started" }, cycle],
      spilled: [heard("12345"), heard("1")],
      meta: { a: "1", b: "2" },
    });
    // Records with an id of their own are replaced by it, small facts by name.
    const over: Alert = { ...alertOf(1), state: { name: "resolved", at: later(9) }, count: 7 };
    const closed: Gap = { ...gapOf(2), state: "closed", filledAt: later(9), brought: { matches: 2, changes: 1 } };
    const moved = matchRecord("n", { venue: "Nya planen" });
    await journal.append({ alerts: [over], gaps: [closed], matches: [moved], meta: { a: "3", b: null } });
    const { matches, newestChanges, ...loaded } = journal.load();
    expect(new Map(matches.map((record) => [record.match.id, record]))).toEqual(
      new Map([
        ["m", matchRecord("m")],
        ["n", moved],
      ]),
    );
    expect(new Map(newestChanges.map(({ matchId, id }) => [matchId, id]))).toEqual(
      new Map([
        ["m", 3],
        ["n", 2],
      ]),
    );
    expect(loaded).toEqual({
      changes: changes.toReversed(),
      messages: messages.map(({ summary }) => summary).toReversed(),
      alerts: [alertOf(2), over],
      gaps: [closed, gapOf(1)],
      lastCycle: cycle,
      lastIds: { message: 2, change: 3, alert: 2, gap: 2 },
      quarantine: journal.quarantineSize(),
      spilled: { messages: 2, bytes: 6 },
      meta: { a: "3" },
    });
    expect(journal.quarantineSize().count).toBe(1);
  });

  it("has who did what, each act once, the newest first and page by page", async () => {
    const journal = await create();
    const act = (id: number): Act => ({
      ...{ id, at: noon, by: id === 2 ? null : "Anna", command: "decline", about: { matchId: "m", declined: true } },
      problem: id === 3 ? "not-found" : null,
    });
    expect(journal.acts({ limit: 1 })).toEqual([]);
    await journal.append({ acts: [act(1), act(2)] });
    await journal.append({ acts: [act(3)] });
    expect(journal.acts({ limit: 2 })).toEqual([act(3), act(2)]);
    expect(journal.acts({ before: 2, limit: 2 })).toEqual([act(1)]);
  });

  it("finds messages by what is asked, and each whole by its id", async () => {
    const journal = await create();
    const odd = (id: number) => id % 2 === 1;
    const messages = [1, 2, 3, 4].map((id) =>
      validMessage({ id, channel: odd(id) ? "odd" : "even", matchIds: [odd(id) ? "m" : "n", "o"] }),
    );
    await journal.append({ messages: [...messages, refusedMessage({ id: 5 })] });
    const found = (filter: Omit<MessageFilter, "limit">, limit = 10): readonly number[] =>
      journal.messages({ limit, ...filter }).map(({ id }) => id);
    const asked = [
      found({}),
      found({}, 2),
      found({ before: 3 }),
      found({ after: 3 }),
      found({ after: 1 }, 2),
      found({ channel: "even" }),
      found({ matchId: "m" }),
      found({ matchId: "o", before: 4, channel: "odd" }),
      found({ verdict: "invalid" }),
      found({ type: "match_updates", after: 2 }),
      found({ matchId: "nobody's" }),
    ];
    expect(asked).toEqual([[5, 4, 3, 2, 1], [5, 4], [2, 1], [4, 5], [2, 3], [4, 2], [3, 1], [3, 1], [5], [3, 4], []]);
    const { summary, payload, rejections } = refusedMessage({ id: 5 });
    expect(journal.payload(5)).toEqual({ summary, payload, rejections });
    expect(journal.payload(6)).toBeNull();
  });

  it("has each match's timeline, and all of them in order", async () => {
    const journal = await create();
    const changes = [venueChange(1, "m"), venueChange(2, "n"), venueChange(3, "m")];
    await journal.append({ changes });
    const [first, second, third] = changes;
    expect(journal.changesOf("m")).toEqual([third, first]);
    expect(journal.changesOf("o")).toEqual([]);
    expect([journal.changesAfter(0, 2), journal.changesAfter(2, 9)]).toEqual([[first, second], [third]]);
  });

  it("keeps archived matches apart from the current ones, by id", async () => {
    const journal = await create();
    await journal.append({ matches: ["b", "a", "c"].map((id) => matchRecord(id)), changes: [venueChange(1, "a")] });
    await journal.append({ archived: ["a", "c", "no match"].map((id) => ({ id, playedAt: noon })) });
    expect(journal.load().matches).toEqual([matchRecord("b")]);
    expect([journal.archivedMatch("a"), journal.archivedMatch("b")]).toEqual([matchRecord("a"), null]);
    const page = (after: string, limit: number) =>
      journal.archivedMatches({ after, limit }).map(({ match }) => match.id);
    expect([page("", 9), page("", 1), page("a", 9)]).toEqual([["a", "c"], ["a"], ["c"]]);
    expect(journal.changesOf("a")).toEqual([venueChange(1, "a")]);
  });
});
