import { copyFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it, onTestFinished } from "vitest";
import { openDatabase } from "./database.ts";
import { journalIn, mountSmallDisk, temporaryFolder } from "./harness.ts";
import { schemaVersion, versionOf } from "./migrations.ts";
import { fewestBytes, freeBytes } from "./room.ts";
import { silentLog } from "./samples.ts";

/**
 * A real journal of each schema that was released, as its own version left it, with invented people. What is in it is found
 * by the newest version.
 */
const released = [{ version: "0.1.0", schema: 2 }] as const;

const folderOf = (version: string): string => {
  const folder = temporaryFolder();
  const packed = readFileSync(new URL(`./earlier/journal-${version}.db.gz`, import.meta.url));
  writeFileSync(join(folder, "journal.sqlite"), gunzipSync(packed));
  return folder;
};

const versionIn = (file: string): number => {
  const database = openDatabase({ file, log: silentLog, mode: "read" });
  try {
    return versionOf(database);
  } finally {
    database.close();
  }
};

describe.each(released)("the journal of $version", ({ version, schema }) => {
  it("opens with all that is in it", async () => {
    const { journal, calendars } = await journalIn(folderOf(version));
    const loaded = journal.load();
    expect(journal.troubles()).toEqual([]);
    expect({
      matches: loaded.matches.map(({ match }) => [match.id, match.home, match.away, match.status]),
      changes: loaded.changes.length,
      messages: loaded.messages.length,
      alerts: loaded.alerts.length,
      gaps: loaded.gaps.map(({ state }) => state),
      cycle: loaded.lastCycle?.cycle,
      lastIds: loaded.lastIds,
      quarantine: loaded.quarantine,
      spilled: journal.spilled({ messages: 10, bytes: 1e6 }).length,
      payload: journal.payload(1)?.payload?.byteLength,
      refused: journal.quarantine({ limit: 10 }).map(({ rejections }) => rejections[0]?.reason),
      known: calendars.load("ics").known.map(({ id, sequence }) => [id, sequence]),
      outbox: calendars.load("google").outbox.map(({ id, state }) => [id, state]),
      run: calendars.lastRun("ics").map(({ run, id }) => [run, id]),
    }).toMatchInlineSnapshot(`
      {
        "alerts": 5,
        "changes": 10,
        "cycle": 42,
        "gaps": [
          "open",
          "unfilled",
          "unfilled",
        ],
        "known": [
          [
            "6186203",
            2,
          ],
          [
            "6186204",
            2,
          ],
          [
            "6186205",
            2,
          ],
        ],
        "lastIds": {
          "alert": 5,
          "change": 10,
          "gap": 3,
          "message": 11,
        },
        "matches": [
          [
            "4711",
            "Hemma IF",
            "Borta BK",
            "scheduled",
          ],
          [
            "6186203",
            "IFK Göteborg",
            "Falkenbergs FF",
            "scheduled",
          ],
          [
            "6186204",
            "BK Häcken",
            "GAIS",
            "scheduled",
          ],
          [
            "6186205",
            "Örgryte IS",
            "Utsiktens BK",
            "cancelled",
          ],
        ],
        "messages": 11,
        "outbox": [
          [
            "4711",
            "ready",
          ],
          [
            "6186203",
            "held",
          ],
        ],
        "payload": 10646,
        "quarantine": {
          "bytes": 144,
          "count": 2,
        },
        "refused": [
          "a match must have an id (matchid or match_id)",
          "not JSON",
        ],
        "run": [
          [
            3,
            "6186205",
          ],
          [
            3,
            "6186203",
          ],
          [
            3,
            "6186204",
          ],
        ],
        "spilled": 1,
      }
    `);
    expect(calendars.load("google").meta).toEqual({ token: "sync-token" });
  });

  it("is copied before it is brought to this schema, and the copy is as it was", async () => {
    const folder = folderOf(version);
    const { close } = await journalIn(folder);
    await close();
    expect(versionIn(join(folder, "journal.sqlite"))).toBe(schemaVersion);
    const copy = readdirSync(folder).find((name) => name.startsWith(`journal.schema-${schema}`));
    expect(versionIn(join(folder, copy ?? ""))).toBe(schema);
  });

  it("is brought to this schema without a copy where there is no room for one", async (context) => {
    const disk = mountSmallDisk();
    if (disk === null) {
      context.skip("nobody may mount a disk here");
      return;
    }
    onTestFinished(disk.unmount);
    const file = join(disk.folder, "journal.sqlite");
    copyFileSync(join(folderOf(version), "journal.sqlite"), file);
    writeFileSync(join(disk.folder, "filler"), new Uint8Array(freeBytes(disk.folder) - fewestBytes - 150_000));
    const { journal, close } = await journalIn(disk.folder);
    expect(journal.load().matches).toHaveLength(4);
    expect(readdirSync(disk.folder).filter((name) => name.startsWith("journal.schema"))).toEqual([]);
    await close();
    expect(versionIn(file)).toBe(schemaVersion);
  });

  it("that is damaged is set aside, and a new one begun", async () => {
    const folder = folderOf(version);
    const file = join(folder, "journal.sqlite");
    const damaged = readFileSync(file).fill(0, 20_000, 60_000);
    writeFileSync(file, damaged);
    const { journal } = await journalIn(folder);
    expect(journal.load().matches).toEqual([]);
    expect(journal.troubles().map(({ problem }) => problem.kind)).toEqual(["journal-damaged"]);
    const aside = readdirSync(folder).find((name) => name.includes("damaged"));
    expect(readFileSync(join(folder, aside ?? "")).equals(damaged)).toBe(true);
  });
});
