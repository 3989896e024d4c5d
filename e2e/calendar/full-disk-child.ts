import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { silentLog } from "../../src/core/calendar/testing/records.ts";
import { createIcsTarget } from "../../src/main/adapters/ics/target.ts";
import { instantOf } from "../../src/shared/instant.ts";
import { ProblemError } from "../../src/shared/problem.ts";
import { wantedOf } from "./engine.ts";
import { comingMatches } from "./matches.ts";

/** Fills the small disk of its argument, and says what becomes of the calendar file there. */
const [folder = ""] = process.argv.slice(2);
const file = join(folder, "calendar.ics");
const target = createIcsTarget({ file, log: silentLog });
const [first, ...others] = wantedOf(comingMatches(400));
if (first === undefined) throw new Error("there are 400");
const revision = { sequence: 0, at: instantOf(Date.now()) };

const insertOthers = async (): Promise<string> => {
  try {
    await Promise.all(others.map((event) => target.insert(event, revision)));
    return "written";
  } catch (error) {
    return error instanceof ProblemError ? error.problem.message : String(error);
  }
};

await target.insert(first, revision);
const before = await readFile(file, "utf8");
await writeFile(join(folder, "filler"), Buffer.alloc(300_000));
const whileFull = await insertOthers();
const kept = (await readFile(file, "utf8")) === before && target.text().text === before;
await rm(join(folder, "filler"));
const withRoom = await insertOthers();
const { items: events } = await createIcsTarget({ file, log: silentLog }).list(null);
process.stdout.write(JSON.stringify({ whileFull, kept, withRoom, events: events.length }));
