import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { journalIn, problemOf, temporaryFolder } from "../../src/main/adapters/journal/harness.ts";
import { noise } from "../../src/main/adapters/journal/samples.ts";
import { until } from "../fixtures/until.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

type Writer = {
  readonly child: ChildProcess;
  readonly lines: () => readonly string[];
  readonly kill: () => Promise<void>;
};

const startWriter = async (folder: string): Promise<Writer> => {
  const args = [
    "--import",
    here("../fixtures/raw-imports.mjs"),
    here("./writer-child.ts"),
    join(folder, "journal.sqlite"),
  ];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "exit");
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const kill = async (): Promise<void> => {
    child.kill("SIGKILL");
    await ended;
  };
  onTestFinished(kill);
  const lines = () => said.split("\n").slice(0, -1);
  await until(() => lines().includes("open") || child.exitCode !== null, { what: () => "a journal that is open" });
  return { child, lines, kill };
};

/** Each costs two starts. */
const rounds = process.env.AVSPARK_LONG === undefined ? 3 : 20;

test("a service killed at any moment leaves whole batches and every one it was told is kept", async () => {
  const folder = temporaryFolder();
  for (let round = 0; round < rounds; round += 1) {
    const writer = await startWriter(folder);
    await until(() => writer.lines().length > 1);
    await pause(Math.random() * 150);
    await writer.kill();
    const promised = Number(writer.lines().at(-1));

    const { journal, close } = await journalIn(folder);
    expect(journal.troubles().filter(({ level }) => level === "critical")).toEqual([]);
    const { meta, lastIds, matches } = journal.load();
    const batch = Number(meta.batch);
    expect(batch).toBeGreaterThanOrEqual(promised);
    expect(batch).toBeLessThanOrEqual(promised + 1);
    expect(lastIds).toMatchObject({ message: Number(meta.upTo), change: batch });
    expect(matches).toHaveLength(batch);
    expect(journal.size().messages).toBe(Number(meta.upTo));
    const newest = journal.messages({ matchId: `match-${batch}`, limit: 1000 });
    expect(newest).toHaveLength(1 + ((batch * 37) % 300));
    expect(journal.messages({ matchId: `match-${batch + 1}`, limit: 1 })).toEqual([]);
    for (const { id, bytes } of newest.slice(0, 20)) {
      expect(journal.payload(id)?.payload).toEqual(noise(bytes, id));
    }
    await close();
  }
});

test("a second process on the same folder is refused, and admitted when the first is killed", async () => {
  const folder = temporaryFolder();
  const writer = await startWriter(folder);
  expect(await problemOf(() => journalIn(folder))).toBe("already-running");
  // A refused attempt must not have taken the first one's lock away.
  expect(await problemOf(() => journalIn(folder))).toBe("already-running");
  await writer.kill();
  expect((await journalIn(folder)).journal.load().matches.length).toBeGreaterThan(0);
});
