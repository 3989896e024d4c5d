import type { Command } from "commander";
import { z } from "zod";
import type { Act } from "../../../shared/act.ts";
import { csvOf, type Table } from "../../../shared/table.ts";
import type { Client } from "../client.ts";
import { asJson, asksService, connect, type Tools } from "../command.ts";
import { CommandFailure, exitCodes } from "../exit.ts";
import { aligned } from "../terminal.ts";
import { words } from "../words.ts";

const options = z.object({
  csv: z.boolean().default(false),
  limit: z.coerce.number().int().min(1).optional(),
});
const usual = 50;
const mostAtOnce = 10_000;

const aboutText = ({ about }: Act): string =>
  Object.entries(about)
    .map(([name, value]) => `${name}=${value}`)
    .join(" ");

/** Page by page, so that the log may be longer than one answer. */
const newest = async (client: Client, most: number): Promise<readonly Act[]> => {
  const acts: Act[] = [];
  for (let cursor: string | null | undefined; acts.length < most && cursor !== null; ) {
    const limit = Math.min(mostAtOnce, most - acts.length);
    const { output } = await client.call("acts", cursor === undefined ? { limit } : { limit, cursor });
    acts.push(...output.acts);
    cursor = output.next;
  }
  return acts;
};

const tableOf = (acts: readonly Act[]): Table => ({
  title: "Acts",
  columns: ["id", "at", "by", "command", "about", "problem"].map((label) => ({
    label,
    kind: label === "id" ? "number" : "text",
  })),
  rows: acts.map((act) => [act.id, act.at, act.by, act.command, aboutText(act), act.problem]),
});

export const addActs = (program: Command, tools: Tools): void => {
  asksService(program.command("acts"))
    .summary("who did what, and when")
    .description(
      "Lists what was done that takes more than looking, the newest first: when, by whose token, and what became of it. It takes an administrator's token.",
    )
    .option("--limit <number>", `how many (default: ${usual}; with --csv all)`)
    .option("--csv", "print them as CSV, for a spreadsheet")
    .action(async (_options, command: Command) => {
      const { data: given } = options.safeParse(command.opts());
      if (given === undefined) throw new CommandFailure(exitCodes.misconfigured, "--limit is a number from 1 up.");
      const { client, json } = await connect(command, tools);
      const acts = await newest(client, given.limit ?? (given.csv ? Number.POSITIVE_INFINITY : usual));
      const { say, paint } = tools.terminal.out;
      if (json) return say(asJson({ acts }));
      if (given.csv) return say(csvOf(tableOf(acts), ",").trimEnd());
      const lines = aligned(
        acts.map((act) => [
          words.format.full(act.at),
          act.by ?? "-",
          act.problem === null ? act.command : paint("yellow", act.command),
          act.problem === null ? aboutText(act) : `${aboutText(act)} (${act.problem})`.trimStart(),
        ]),
      );
      for (const line of lines) say(line);
    });
};
