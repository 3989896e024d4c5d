import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { placedFor } from "../../../core/contacts/card.ts";
import type { WantedContact } from "../../../core/contacts/contact.ts";
import { type Entry, factOf, storedEntry } from "../../../core/desk/entries.ts";
import type { Alert } from "../../../shared/alert.ts";
import type { Gap } from "../../../shared/connection.ts";
import type { Cycle } from "../../../shared/snapshot.ts";
import { openDatabase } from "./database.ts";
import { journalIn, temporaryFolder } from "./harness.ts";
import type { OpenJournal } from "./open.ts";
import {
  knownRow,
  later,
  matchRecord,
  noon,
  outboxRow,
  refusedMessage,
  runEntry,
  silentLog,
  validMessage,
  venueChange,
  wantedEvent,
} from "./samples.ts";
import { columnOf, isRecordTable, type Records, type RecordTable, storedKinds } from "./stored-kinds.ts";

/**
 * One of each kind of record, and what is done with it. A record as the first version wrote it is copied from a disk, with
 * invented people, and changes no more: when it is not read any longer, the kind lacks an upgrade.
 */
type Sample<T extends RecordTable> = {
  readonly first: object;
  /** What of it this version reads. */
  readonly readAs: object;
  readonly today: Records[T];
  readonly write: (opened: OpenJournal, record: Records[T]) => Promise<void>;
  /** As whoever needs it reads it. */
  readonly read: (opened: OpenJournal) => unknown;
};

const at = { at: "2026-11-28T16:07:03.759Z" };
const alert: Alert = {
  id: 1,
  key: "gap:a",
  cause: { kind: "gap", from: noon },
  level: "warning",
  severity: null,
  firstAt: noon,
  lastAt: later(1),
  count: 2,
  state: { name: "active" },
};
const gap: Gap = {
  id: 1,
  from: noon,
  to: later(1),
  cause: { kind: "not-running" },
  state: "unfilled",
  filledAt: null,
  brought: null,
};
const cycle: Cycle = { at: noon, status: "completed", cycle: 42, matches: 3, durationMs: 5000 };
const entry: Entry = { told: [{ personId: null, at: noon, by: "Åsa", upTo: 3 }], notes: [] };

const matchOf01 = {
  match: {
    id: "1",
    number: null,
    competition: null,
    home: "Hemma IF",
    away: "Borta BK",
    kickoff: null,
    venue: "Provplanen",
    position: null,
    officials: [],
    contacts: [],
    status: "scheduled",
  },
  origins: [{ origin: { ...at, dialect: "guide", channel: "manual" }, fields: ["venue", "home", "away"] }],
  wallClock: false,
  sources: [{ dialect: "guide", channel: "manual" }],
  firstAt: at.at,
  updatedAt: at.at,
  changedAt: at.at,
  goneAt: null,
  urgent: false,
};
const matchReadAs = { match: { id: "1", home: "Hemma IF", venue: "Provplanen" }, goneBy: null };

/** An item was called by its match. */
const eventOf01 = (id: string): object => {
  const { id: matchId, reminders: __, ...event } = wantedEvent(id);
  return { matchId, ...event };
};
const eventReadAs = { id: "1", summary: "Ängby IF – Östra BK", reminders: null };

const samples: { readonly [T in RecordTable]: Sample<T> } = {
  matches: {
    first: matchOf01,
    readAs: matchReadAs,
    today: matchRecord("1"),
    write: ({ journal }, record) => journal.append({ matches: [record] }),
    read: ({ journal }) => journal.load().matches,
  },
  archive: {
    first: matchOf01,
    readAs: matchReadAs,
    today: matchRecord("1"),
    write: async ({ journal }, record) => {
      await journal.append({ matches: [record] });
      await journal.append({ archived: [{ id: record.match.id, playedAt: noon }] });
    },
    read: ({ journal }) => journal.archivedMatches({ after: "", limit: 10 }),
  },
  messages: {
    first: {
      id: 1,
      receivedAt: at.at,
      publishedAt: at.at,
      channel: "fogis:matches:updates",
      messageId: "63b8ba99",
      bytes: 10_646,
      verdict: "valid",
      gist: { type: "match_updates", dialect: "fogis", matches: 1, changes: 1, rejected: 0, matchIds: ["1"] },
    },
    readAs: { id: 1, gist: { matchIds: ["1"], noted: 0 } },
    today: validMessage({ id: 1 }).summary,
    write: ({ journal }, summary) => journal.append({ messages: [{ ...validMessage({ id: 1 }), summary }] }),
    read: ({ journal }) => [...journal.messages({ limit: 10 }), ...[journal.payload(1)].filter((one) => one !== null)],
  },
  quarantine: {
    first: [{ path: "", reason: "not JSON" }],
    readAs: [{ path: "", reason: "not JSON" }],
    today: [{ path: "a", reason: "b" }],
    write: ({ journal }, rejections) => journal.append({ messages: [{ ...refusedMessage({ id: 1 }), rejections }] }),
    read: ({ journal }) => journal.quarantine({ limit: 10 }).flatMap(({ rejections }) => rejections),
  },
  acts: {
    first: { id: 1, at: at.at, by: "Åsa", command: "decline", about: { matchId: "1", declined: true }, problem: null },
    readAs: { id: 1, by: "Åsa", about: { matchId: "1" } },
    today: { id: 1, at: noon, by: null, command: "tell", about: { matchId: "1" }, problem: "not-found" },
    write: ({ journal }, act) => journal.append({ acts: [act] }),
    read: ({ journal }) => journal.acts({ limit: 10 }),
  },
  changes: {
    first: {
      id: 1,
      matchId: "1",
      title: "BK Häcken – GAIS",
      ...at,
      difference: { field: "added" },
      origin: { ...at, dialect: "fogis", channel: "fogis:matches:updates" },
      note: { category: "time_change", priority: "high", description: "Avsparkstid ändrad" },
      urgent: true,
    },
    readAs: { id: 1, difference: { field: "added" }, note: { category: "time_change" } },
    today: venueChange(1, "1"),
    write: ({ journal }, change) => journal.append({ changes: [change] }),
    read: ({ journal }) => [...journal.changesOf("1"), ...journal.changesAfter(0, 10), ...journal.load().changes],
  },
  alerts: {
    first: {
      id: 2,
      key: "calendar:Matcher",
      cause: { kind: "calendar", target: "Matcher", problem: { kind: "calendar-timeout", message: "a" } },
      level: "warning",
      severity: null,
      firstAt: at.at,
      lastAt: at.at,
      count: 1,
      state: { name: "active" },
    },
    readAs: { id: 2, cause: { target: "Matcher", label: null } },
    today: alert,
    write: ({ journal }, record) => journal.append({ alerts: [record] }),
    read: ({ journal }) => journal.load().alerts,
  },
  gaps: {
    first: {
      id: 1,
      from: at.at,
      to: at.at,
      cause: { kind: "lost", problem: { kind: "redis-closed", message: "a" } },
      state: "unfilled",
      filledAt: null,
      brought: null,
    },
    readAs: { id: 1, cause: { kind: "lost" } },
    today: gap,
    write: ({ journal }, record) => journal.append({ gaps: [record] }),
    read: ({ journal }) => journal.load().gaps,
  },
  cycles: {
    first: { ...at, status: "completed", cycle: 42, matches: 3, durationMs: 5000 },
    readAs: { cycle: 42 },
    today: cycle,
    write: ({ journal }, record) => journal.append({ cycles: [record] }),
    read: ({ journal }) => [journal.load().lastCycle].filter((last) => last !== null),
  },
  outbox: {
    first: {
      target: "google",
      matchId: "1",
      wanted: eventOf01("1"),
      urgent: false,
      queuedAt: at.at,
      attempts: 9,
      notBefore: null,
      problem: null,
      state: "dead",
    },
    readAs: { id: "1", state: "ready", wanted: eventReadAs },
    today: outboxRow("1"),
    write: ({ calendars }) => calendars.write("google", { outbox: [outboxRow("1")] }),
    read: ({ calendars }) => calendars.load("google").outbox,
  },
  known_events: {
    first: {
      target: "google",
      matchId: "1",
      remoteId: "r",
      etag: null,
      hash: "h",
      actual: "h",
      start: at.at,
      cancelled: false,
      writtenAt: at.at,
      sequence: 2,
      written: eventOf01("1"),
    },
    readAs: { id: "1", sequence: 2, written: eventReadAs },
    today: knownRow("1"),
    write: ({ calendars }) => calendars.write("google", { known: [knownRow("1")] }),
    read: ({ calendars }) => calendars.load("google").known,
  },
  runs: {
    first: { run: 1, target: "google", matchId: "1", ...at, before: null, after: eventOf01("1") },
    readAs: { id: "1", run: 1, before: null, after: eventReadAs },
    today: runEntry(1, "1"),
    write: ({ calendars }) => calendars.write("google", { run: [runEntry(1, "1")] }),
    read: ({ calendars }) => calendars.lastRun("google"),
  },
  meta: {
    first: { told: [{ personId: null, ...at, by: null, upTo: 3 }], notes: [{ id: 1, ...at, by: "Åsa", text: "b" }] },
    readAs: { told: [{ upTo: 3 }], notes: [{ text: "b" }] },
    today: entry,
    write: ({ journal }, record) => journal.append({ meta: { [factOf("1")]: storedEntry.write(record) } }),
    // Whoever reads the fact is not given the record: see core/desk/entries.ts.
    read: ({ journal }) => Object.values(journal.load().meta).flatMap((text) => storedEntry.read(text) ?? []),
  },
};

const databaseIn = (folder: string) =>
  openDatabase({ file: join(folder, "journal.sqlite"), log: silentLog, mode: "write" });

const prove = <T extends RecordTable>(table: T): void => {
  const { first, readAs, today, write, read }: Sample<T> = samples[table];
  const kind = storedKinds[table];
  const column = columnOf(table);

  describe(`a record in ${table}`, () => {
    it("is read as this version wrote it, and as the first one did", () => {
      expect(kind.read(kind.write(today))).toEqual(today);
      expect(kind.read(JSON.stringify(first))).toMatchObject(readAs);
    });

    it.for([
      ["a newer version", '{"version":99}'],
      ["nobody", '{"by":"nobody"}'],
    ] as const)("by %s is kept and told of", async ([, stored]) => {
      const folder = temporaryFolder();
      const opened = await journalIn(folder);
      await write(opened, today);
      expect(read(opened)).not.toEqual([]);
      await opened.close();
      const before = databaseIn(folder);
      before.run(`UPDATE ${table} SET ${column} = ?`, [stored]);
      before.close();

      const again = await journalIn(folder);
      expect(read(again)).toEqual([]);
      const told = again.journal.troubles().map(({ problem }) => [problem.kind, problem.message]);
      expect(told).toEqual([["journal-unreadable", expect.stringMatching(/^1 record/)]]);
      await again.journal.append({});
      await again.close();
      const after = databaseIn(folder);
      expect(after.texts(`SELECT ${column} FROM ${table}`)).toEqual([stored]);
      expect(after.texts("SELECT kind || ' ' || record FROM unreadable")).toEqual([`${table} ${stored}`]);
      after.close();
    });
  });
};

for (const table of Object.keys(samples)) if (isRecordTable(table)) prove(table);

it("a contact that was let go is read with what stood in it", () => {
  const phones = { mobile: "0700000001", home: null, work: null };
  const person = { name: "Anna Prov", phones, email: "anna@example.com", address: null, number: "101" };
  const mark = { id: "1", hash: "h", made: false, placed: placedFor(person) };
  const letGo = { remoteId: "people/c1", isInGroup: true, mark };
  const before: WantedContact = { id: "1", hash: "h", start: null, cancelled: false, person, inGroup: true, letGo };
  const entry = { run: 1, target: "google-contacts", id: "1", at: noon, before, after: null } as const;
  expect(storedKinds.runs.read(storedKinds.runs.write(entry))).toEqual(entry);
});
