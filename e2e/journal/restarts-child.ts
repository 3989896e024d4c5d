import { rmSync } from "node:fs";
import { openJournal } from "../../src/main/adapters/journal/open.ts";
import { matchRecord, noise, silentLog, validMessage } from "../../src/main/adapters/journal/samples.ts";

/**
 * A process of its own whose journal's files are lost again and again while it is written, so that one thread after the other
 * ends: `node restarts-child.ts FILE TIMES`. It says how many batches it was promised, and what it finds of them at the end.
 */
const [file = "", times = "1"] = process.argv.slice(2);
const { journal, close } = await openJournal({ file, log: silentLog });
const perRound = 20;
let id = 0;

const append = (): Promise<void> => {
  id += 1;
  return journal.append({
    messages: [validMessage({ id, matchIds: [`match-${id}`], payload: noise(2000, id) })],
    matches: [matchRecord(`match-${id}`)],
    changes: [],
    meta: { last: String(id) },
  });
};

for (let round = 0; round < Number(times); round += 1) {
  const before = Array.from({ length: perRound }, append);
  for (const suffix of ["", "-wal", "-shm"]) rmSync(`${file}${suffix}`, { force: true });
  await Promise.all([...before, ...Array.from({ length: perRound }, append)]);
}
const { matches } = journal.load();
const losses = journal.troubles().filter(({ level }) => level === "critical").length;
await close();
process.stdout.write(`${JSON.stringify({ promised: id, found: matches.length, losses })}\n`);
