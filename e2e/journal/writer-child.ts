import { openJournal } from "../../src/main/adapters/journal/open.ts";
import { matchRecord, noise, silentLog, validMessage, venueChange } from "../../src/main/adapters/journal/samples.ts";

/**
 * A process of its own that writes batches until it is killed: `node writer-child.ts FILE`. It says `open`, then the number of
 * each batch when the journal has it. Batches differ in size; each is whole when `meta.batch` names it.
 */
const [file = ""] = process.argv.slice(2);
const { journal } = await openJournal({ file, log: silentLog });
const say = (line: string): void => void process.stdout.write(`${line}\n`);
say("open");

const { lastIds, meta } = journal.load();
let id = lastIds.message;
let batch = Number(meta.batch ?? 0);

const writeOne = async (): Promise<void> => {
  batch += 1;
  const ids = Array.from({ length: 1 + ((batch * 37) % 300) }, () => ++id);
  const matchIds = [`match-${batch}`];
  const written = {
    messages: ids.map((each) => validMessage({ id: each, matchIds, payload: noise(200 + (each % 3000), each) })),
    matches: [matchRecord(`match-${batch}`)],
    changes: [venueChange(batch, `match-${batch}`)],
    meta: { batch: String(batch), upTo: String(id) },
  };
  await journal.append(written);
  say(String(batch));
  setImmediate(() => void writeOne());
};
await writeOne();
