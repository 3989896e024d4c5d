import { copyFileSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Journal } from "../../../core/journal.ts";
import { type Instant, instantOf } from "../../../shared/instant.ts";
import type { Problem } from "../../../shared/problem.ts";
import { openDatabase } from "./database.ts";
import { journalIn, problemOf, temporaryFolder } from "./harness.ts";
import { feed as firstMigration } from "./migrations/001-feed.ts";
import { schemaVersion, versionOf } from "./migrations.ts";
import { knownRow, matchRecord, nothingLoaded, silentLog, validMessage, venueChange } from "./samples.ts";
import { storedKinds } from "./stored-kinds.ts";

const fileIn = (folder: string): string => join(folder, "journal.sqlite");
const databaseIn = (folder: string) => openDatabase({ file: fileIn(folder), log: silentLog, mode: "write" });

const lost = (journal: Journal): Problem | null =>
  journal.troubles().find(({ level }) => level === "critical")?.problem ?? null;

describe("opening", () => {
  it("begins a journal where there is none, for its owner alone", async () => {
    const folder = join(temporaryFolder(), "data");
    const { journal } = await journalIn(folder);
    expect(lost(journal)).toBeNull();
    expect(journal.load()).toEqual(nothingLoaded);
    await journal.append({ messages: [validMessage({ id: 1 })] });
    const others = 0o077;
    for (const name of readdirSync(folder))
      expect([name, statSync(join(folder, name)).mode & others]).toEqual([name, 0]);
  });

  it("leaves one whole file behind, in which everything is found again", async () => {
    const first = temporaryFolder();
    const { journal, close } = await journalIn(first);
    await journal.append({ messages: [validMessage({ id: 1 })], changes: [venueChange(3, "a")], meta: { a: "b" } });
    await close();
    const second = temporaryFolder();
    copyFileSync(fileIn(first), fileIn(second));
    const { messages, changes, newestChanges, meta, lastIds } = (await journalIn(second)).journal.load();
    expect([messages.length, changes.length, meta, lastIds.change]).toEqual([1, 1, { a: "b" }, 3]);
    expect(newestChanges).toEqual([{ matchId: "a", id: 3 }]);
  });

  it("is refused while the folder is in use, and possible again afterwards", async () => {
    const folder = temporaryFolder();
    const first = await journalIn(folder);
    expect(await problemOf(() => journalIn(folder))).toBe("already-running");
    await first.journal.append({ messages: [validMessage({ id: 1 })] });
    await first.close();
    expect((await journalIn(folder)).journal.size().messages).toBe(1);
  });

  it("says that it is closed when it is used afterwards", async () => {
    const { journal, close } = await journalIn();
    await close();
    await close();
    expect(await problemOf(() => journal.append({}))).toBe("journal-failed");
    expect(await problemOf(() => journal.load())).toBe("journal-failed");
  });

  it("is refused where no file can be", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "file"), "");
    expect(await problemOf(() => journalIn(join(folder, "file")))).toBe("journal-failed");
  });
});

describe("migrations", () => {
  it("bring an older journal to this version with what it holds", async () => {
    const folder = temporaryFolder();
    const old = databaseIn(folder);
    old.exec(firstMigration);
    old.exec("PRAGMA user_version = 1");
    old.run("INSERT INTO matches (id, record) VALUES (?, ?)", ["a", storedKinds.matches.write(matchRecord("a"))]);
    old.close();
    const { journal, calendars, close } = await journalIn(folder);
    expect(journal.load().matches).toEqual([matchRecord("a")]);
    expect(calendars.load("google")).toEqual({ outbox: [], known: [], meta: {} });
    await close();
    const database = databaseIn(folder);
    expect(versionOf(database)).toBe(schemaVersion);
    database.close();
  });

  it("leave a journal of a newer version as it is", async () => {
    const folder = temporaryFolder();
    const first = await journalIn(folder);
    await first.journal.append({ messages: [validMessage({ id: 1 })] });
    await first.close();
    const database = databaseIn(folder);
    database.exec(`PRAGMA user_version = ${schemaVersion + 1}`);
    expect(await problemOf(() => journalIn(folder))).toBe("journal-newer");
    expect(versionOf(database)).toBe(schemaVersion + 1);
    expect(database.number("SELECT count(*) FROM messages")).toBe(1);
    database.close();
  });
});

describe("a damaged journal", () => {
  const filled = async (): Promise<string> => {
    const folder = temporaryFolder();
    const { journal, close } = await journalIn(folder);
    const ids = Array.from({ length: 200 }, (_, index) => index + 1);
    await journal.append({
      messages: ids.map((id) => validMessage({ id })),
      matches: ids.map((id) => matchRecord(`${id}`)),
    });
    await close();
    return folder;
  };
  const damages: Readonly<Record<string, (file: Buffer) => Buffer>> = {
    "is no database at all": () => Buffer.from("This is not a database, though it has a few bytes. ".repeat(100)),
    "lost its end": (file) => file.subarray(0, file.length / 2),
    "has zeros in it": (file) => Buffer.concat([file.subarray(0, 8192), Buffer.alloc(16_384), file.subarray(24_576)]),
  };
  for (const [name, damage] of Object.entries(damages)) {
    it(`that ${name} is put aside and kept, and a new one begun`, async () => {
      const folder = await filled();
      const damaged = damage(readFileSync(fileIn(folder)));
      writeFileSync(fileIn(folder), damaged);
      const { journal } = await journalIn(folder);
      const problem = lost(journal);
      expect(problem?.kind).toBe("journal-damaged");
      expect(journal.load().messages).toEqual([]);
      await journal.append({ messages: [validMessage({ id: 1 })] });
      const aside = readdirSync(folder).find((entry) => entry.includes("damaged"));
      expect(problem?.message).toContain(aside);
      expect(readFileSync(join(folder, aside ?? "")).equals(damaged)).toBe(true);
    });
  }

  it("that is only empty is simply begun", async () => {
    const folder = temporaryFolder();
    writeFileSync(fileIn(folder), "");
    expect(lost((await journalIn(folder)).journal)).toBeNull();
  });
});

describe("records that cannot be read", () => {
  const unreadable = async (): Promise<string> => {
    const folder = temporaryFolder();
    const { journal, calendars, close } = await journalIn(folder);
    await journal.append({ matches: ["6", "7", "8"].map((id) => matchRecord(id)) });
    await calendars.write("google", { known: [knownRow("7")] });
    await close();
    const database = databaseIn(folder);
    database.run("UPDATE matches SET record = 'not JSON' WHERE id = '7'");
    database.run("UPDATE matches SET record = '{}' WHERE id = '8'");
    database.run("UPDATE known_events SET record = '[]'");
    database.close();
    return folder;
  };
  const kept = (folder: string): readonly string[] => {
    const database = databaseIn(folder);
    const rows = database.texts("SELECT kind || ': ' || record FROM unreadable ORDER BY kind, record");
    database.close();
    return rows;
  };
  const all = ["known_events: []", "matches: not JSON", "matches: {}"];

  it("are left out and told of, and kept when their rows are written anew", async () => {
    const folder = await unreadable();
    const { journal, calendars, close } = await journalIn(folder);
    expect(journal.load().matches.map(({ match }) => match.id)).toEqual(["6"]);
    expect(calendars.load("google").known).toEqual([]);
    const told = journal.troubles().map(({ kind, level, problem }) => [kind, level, problem.kind, problem.message]);
    expect(told).toEqual([["state", "warning", "journal-unreadable", expect.stringMatching(/^3 records/)]]);
    await journal.append({ matches: [matchRecord("7")] });
    await close();
    expect(kept(folder)).toEqual(all);
    const second = await journalIn(folder);
    expect(second.journal.load().matches.map(({ match }) => match.id)).toEqual(["6", "7"]);
    await second.journal.append({});
    await second.close();
    expect(kept(folder)).toEqual(all);
  });

  it("go when it is time for what they may say of people", async () => {
    const folder = await unreadable();
    const { journal, calendars, close } = await journalIn(folder);
    journal.load();
    calendars.load("google");
    const clean = async (now: Instant): Promise<void> => {
      while (await journal.cleanSlice({ now, days: 30, megabytes: 100, personalDays: 90 }));
    };
    await clean(instantOf(Date.now()));
    expect(journal.load().matches).toHaveLength(1);
    await close();
    expect(kept(folder)).toEqual(all);
    const second = await journalIn(folder);
    while (
      await second.journal.cleanSlice({
        now: instantOf(Date.now() + 91 * 24 * 3_600_000),
        days: 30,
        megabytes: 100,
        personalDays: 90,
      })
    );
    await second.close();
    expect(kept(folder)).toEqual([]);
    const database = databaseIn(folder);
    expect(database.texts("SELECT id FROM matches")).toEqual(["6"]);
    database.close();
  });
});
