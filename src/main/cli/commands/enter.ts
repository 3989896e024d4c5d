import { type Command, InvalidArgumentError } from "commander";
import { z } from "zod";
import { type Instant, instantSchema } from "../../../shared/instant.ts";
import { stockholmInstant } from "../../../shared/text/format.ts";
import { asJson, asksService, connect, type Tools } from "../command.ts";

/** A moment by its offset, or else by the clocks of Stockholm. */
const kickoffOf = (text: string): Instant => {
  const [, day, time] = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})$/.exec(text) ?? [];
  if (day !== undefined && time !== undefined && z.iso.date().safeParse(day).success)
    return stockholmInstant(day, time);
  const read = instantSchema.safeParse(text);
  if (!read.success) throw new InvalidArgumentError('It should be a time such as "2027-05-08 15:00".');
  return read.data;
};

const optionsSchema = z.object({
  id: z.string().optional(),
  home: z.string(),
  away: z.string(),
  kickoff: instantSchema.optional(),
  venue: z.string().optional(),
  competition: z.string().optional(),
  referee: z.string().optional(),
});

export const addEnter = (program: Command, tools: Tools): void => {
  asksService(program.command("enter"))
    .summary("enter a match by hand, or change one")
    .description("Enters a match that no list has, such as a friendly. It stays until it is removed.")
    .requiredOption("--home <team>", "the home team")
    .requiredOption("--away <team>", "the away team")
    .option("--kickoff <time>", 'on the clock in Stockholm, such as "2027-05-08 15:00"', kickoffOf)
    .option("--venue <venue>", "where it is played")
    .option("--competition <name>", "what it is part of")
    .option("--referee <name>", "the main referee")
    .option("--id <match>", "the match to change, which was entered by hand; what is not given is taken away")
    .action(async (_options, command: Command) => {
      const { id, referee, ...match } = optionsSchema.parse(command.opts());
      const { client, json } = await connect(command, tools);
      const officials = referee === undefined ? [] : [{ role: "Huvuddomare", name: referee }];
      const { output, body } = await client.call("enter", { id, match: { ...match, officials } });
      tools.terminal.out.say(json ? asJson(body) : `${output.message}: ${output.match.id}`);
    });
};
