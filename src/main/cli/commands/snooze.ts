import { type Command, InvalidArgumentError, Option } from "commander";
import { z } from "zod";
import { type Instant, instantOf, instantSchema } from "../../../shared/instant.ts";
import { alertId } from "../alert-id.ts";
import { asJson, asksService, connect, type Tools } from "../command.ts";
import { words } from "../words.ts";

const units = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

const duration = (text: string): number => {
  const [, count, unit] = /^([1-9]\d{0,4})([mhd])$/.exec(text) ?? [];
  if (count === undefined || (unit !== "m" && unit !== "h" && unit !== "d"))
    throw new InvalidArgumentError("It should be a number with m, h or d, such as 90m, 2h or 1d.");
  return Number(count) * units[unit];
};

const moment = (text: string): Instant => {
  const { data } = instantSchema.safeParse(text);
  if (data === undefined) throw new InvalidArgumentError("It should be a time such as 2027-05-08T07:00:00+02:00.");
  return data;
};

const options = z.object({ for: z.number().default(units.h), until: instantSchema.optional() });

export const addSnooze = (program: Command, tools: Tools): void => {
  asksService(program.command("snooze"))
    .summary("put an alert aside for a while")
    .description("Hides an alert for an hour, or for as long as is said; then it is news again, if its cause lasts.")
    .argument("<alert>", "its number, as avspark alerts shows it", alertId)
    .addOption(new Option("--for <duration>", "how long, such as 90m, 2h or 1d").argParser(duration).conflicts("until"))
    .addOption(new Option("--until <time>", "until when, such as 2027-05-08T07:00:00+02:00").argParser(moment))
    .action(async (given: unknown, _options, command: Command) => {
      const id = z.int().parse(given);
      const { for: ms, until: at } = options.parse(command.opts());
      const until = at ?? instantOf(Date.now() + ms);
      const { client, json } = await connect(command, tools);
      const { output, body } = await client.call("snooze", { id, until });
      tools.terminal.out.say(json ? asJson(body) : `${output.message} until ${words.format.full(until)}.`);
    });
};
