import { Argument } from "commander";
import { z } from "zod";
import { isAddressBook, keptNameSchema, type SyncResult, syncResultSchema } from "../../shared/calendar.ts";
import type { AnsweredFailure } from "./exit.ts";
import { aligned, type Paint } from "./terminal.ts";
import { words } from "./words.ts";

const { texts } = words;

export const calendarArgument = (name: string): Argument =>
  new Argument(name, "which calendar").choices(keptNameSchema.options);

export const optionalTarget = z.object({ target: keptNameSchema.optional() });

const colourOf = ({ outcome }: SyncResult): Parameters<Paint>[0] => {
  if (outcome === "failed" || outcome === "waiting") return "red";
  return outcome === "unchanged" || outcome === "skipped" ? "dim" : "green";
};

/** One line a match and calendar: what became of it, and why not. */
export const resultLines = (results: readonly SyncResult[], paint: Paint): readonly string[] =>
  aligned(
    results.map((result) => [
      result.matchId,
      texts.match.target[result.target],
      paint(colourOf(result), [result.outcome, reasonOf(result)].filter((part) => part !== "").join(": ")),
    ]),
  );

/** What became of each match, where not all went well. */
export const resultsBeside = ({ body }: AnsweredFailure): readonly SyncResult[] =>
  z.object({ results: z.array(syncResultSchema) }).safeParse(body).data?.results ?? [];

const reasonOf = ({ target, reason, problem }: SyncResult): string => {
  const say = isAddressBook(target) ? texts.addressBooks.placement : texts.match.placement;
  return problem?.message ?? (reason === null ? "" : say.skipped[reason]);
};
