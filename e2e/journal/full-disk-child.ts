import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openJournal } from "../../src/main/adapters/journal/open.ts";
import { matchRecord, noise, silentLog, validMessage } from "../../src/main/adapters/journal/samples.ts";
import { ProblemError } from "../../src/shared/problem.ts";

/**
 * Fills a small disk under a journal and makes room again: `node full-disk-child.ts FOLDER`. Says in one line of JSON what
 * it found.
 */
const [folder = ""] = process.argv.slice(2);
const filler = join(folder, "filler");
writeFileSync(filler, new Uint8Array(2 * 1024 * 1024));
const open = () => openJournal({ file: join(folder, "journal.sqlite"), log: silentLog });
const first = open();

const write = (id: number): string | null => {
  try {
    first.journal.write({
      messages: [validMessage({ id, payload: noise(100_000, id) })],
      matches: [matchRecord(`match-${id}`)],
    });
    return null;
  } catch (error) {
    if (error instanceof ProblemError) return error.problem.kind;
    throw error;
  }
};
const counts = ({ journal }: ReturnType<typeof open>) => {
  const { messages, matches } = journal.load();
  return [messages.length, matches.length];
};

let id = 1;
while (write(id) === null) id += 1;
const again = write(id);
const whileFull = counts(first);
rmSync(filler);
const withRoom = write(id);
const afterwards = counts(first);
await first.close();
const second = open();
const reopened = counts(second);
await second.close();
process.stdout.write(JSON.stringify({ id, again, whileFull, withRoom, afterwards, reopened }));
