import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { soon } from "../../shared/testing/soon.ts";
import { fileThatComesBack, withoutWaiting } from "./log-streams.ts";

let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), "avspark-log-")), "logs");
});
afterEach(() => rmSync(join(folder, ".."), { recursive: true, force: true }));

const said = (): string => readFileSync(join(folder, "avspark.log"), "utf8");

test("a reader that pauses holds nobody up, and is told what it missed when it reads again", () => {
  const read: string[] = [];
  let goOn: (() => void)[] = [];
  const reader = new Writable({
    write: (chunk, _encoding, done) => {
      read.push(String(chunk));
      goOn.push(done);
    },
  });
  const log = withoutWaiting(reader, 100);
  for (let line = 0; line < 50; line += 1) log.write(`line ${line} 0123456789\n`);
  expect(reader.writableLength).toBeLessThan(200);
  while (goOn.length > 0) {
    const waiting = goOn;
    goOn = [];
    for (const next of waiting) next();
  }
  log.write("here again\n");
  while (goOn.length > 0) goOn.shift()?.();
  expect(read.join("")).toMatch(
    /^line 0 .*\navspark: \d+ lines of the log were left out here; nobody read them\nhere again\n$/s,
  );
});

test("a reader that has gone away ends nothing", () => {
  const reader = new Writable();
  withoutWaiting(reader);
  expect(() => reader.emit("error", new Error("EPIPE"))).not.toThrow();
});

test("one log after the other leaves nothing behind at the stream that they share", () => {
  const reader = new Writable({ write: (_chunk, _encoding, done) => done() });
  for (let log = 0; log < 20; log += 1) withoutWaiting(reader).write("a line\n");
  expect(reader.eventNames().map((name) => [name, reader.listenerCount(name)])).toEqual([["error", 1]]);
});

test("the file comes back after its folder was removed", async () => {
  let now = 0;
  const log = fileThatComesBack({ folder, name: "avspark.log" }, () => now);
  log.write("one\n");
  await vi.waitFor(() => expect(said()).toBe("one\n"), soon);
  rmSync(folder, { recursive: true });
  await vi.waitFor(() => {
    now += 5000;
    log.write("two\n");
    expect(said()).toContain("two\n");
  }, soon);
});

test.each([
  ["was cut short", '{"level":40,"ti', '{"level":40,"ti\none\n'],
  ["is whole", "whole\n", "whole\none\n"],
  ["is not there", "", "one\n"],
])("where the last line of the file %s, the next is a line of its own", async (_how, before, after) => {
  mkdirSync(folder);
  writeFileSync(join(folder, "avspark.log"), before);
  fileThatComesBack({ folder, name: "avspark.log" }, () => 0).write("one\n");
  await vi.waitFor(() => expect(said()).toBe(after), soon);
});

test("where the folder cannot be made nothing is thrown, and the log begins when it can", async () => {
  let now = 0;
  writeFileSync(folder, "in the way");
  const log = fileThatComesBack({ folder, name: "avspark.log" }, () => now);
  expect(() => log.write("one\n")).not.toThrow();
  rmSync(folder);
  now += 5000;
  log.write("two\n");
  await vi.waitFor(() => expect(said()).toBe("two\n"), soon);
});
