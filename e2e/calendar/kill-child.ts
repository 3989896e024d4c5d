import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { aRecord } from "../../src/core/calendar/testing/records.ts";
import { matchSchema } from "../../src/shared/match.ts";
import { openEngine } from "./engine.ts";
import { bookSpecSchema, createBook, createTarget, targetSpecSchema } from "./targets.ts";

/**
 * The calendar engine as a process of its own, to be killed: syncs the matches in `folder`/matches.json to the calendars and
 * address books named in its argument, with its journal in `folder`. It says "started" when it begins and "settled" when every match is
 * as it should be in every calendar; then it ends.
 */
const orderSchema = z.object({
  folder: z.string(),
  targets: z.array(targetSpecSchema),
  books: z.array(bookSpecSchema),
});

const { folder, targets, books } = orderSchema.parse(JSON.parse(process.argv[2] ?? ""));
const matches = z.array(matchSchema).parse(JSON.parse(readFileSync(join(folder, "matches.json"), "utf8")));
const { engine, close } = await openEngine({
  folder,
  targets: targets.map(createTarget),
  books: books.map(createBook),
});
const say = (word: string): void => void process.stdout.write(`${word}\n`);

say("started");
engine.start(matches.map((match) => aRecord(match)));
const results = await engine.sync();
const open = results.filter(({ outcome }) => outcome === "failed" || outcome === "waiting");
say(open.length === 0 ? "settled" : JSON.stringify(open[0]));
await close();
