import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { JournalBatch } from "../../src/core/journal.ts";
import { type OpenJournal, openJournal } from "../../src/main/adapters/journal/open.ts";
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
const first = await open();

const batchOf = (id: number, bytes = 100_000): JournalBatch => ({
  messages: [validMessage({ id, payload: noise(bytes, id) })],
  matches: [matchRecord(`match-${id}`)],
});
const refusal = async (write: () => void | Promise<void>): Promise<string | null> => {
  try {
    await write();
    return null;
  } catch (error) {
    if (error instanceof ProblemError) return error.problem.kind;
    throw error;
  }
};
const { journal } = first;
const counts = ({ journal }: OpenJournal) => {
  const { messages, matches } = journal.load();
  return [messages.length, matches.length];
};

let id = 1;
while ((await refusal(() => journal.append(batchOf(id)))) === null) id += 1;
const again = await refusal(() => journal.append(batchOf(id)));
const whileFull = counts(first);
rmSync(filler);
const withRoom = await refusal(() => journal.append(batchOf(id)));
const afterwards = counts(first);
await first.close();
const second = await open();
const reopened = counts(second);
await second.close();
process.stdout.write(JSON.stringify({ id, again, whileFull, withRoom, afterwards, reopened }));
