import { type Command, Option } from "commander";
import { z } from "zod";
import { asJson, asksService, connect, type Tools } from "../command.ts";
import { CommandFailure, exitCodes } from "../exit.ts";

const options = z.object({ export: z.boolean().default(false), erase: z.boolean().default(false) });

export const addPerson = (program: Command, tools: Tools): void => {
  asksService(program.command("person"))
    .summary("hand out or erase what is kept of a person")
    .description(
      "Prints everything that is kept of a person as JSON, or erases it: from matches, timelines, known events, messages and calendar.ics. Events in other calendars stay until they change. What FOGIS goes on saying of the person comes back with its next word.",
    )
    .argument("<name...>", "the whole name")
    .addOption(new Option("--export", "print it, as JSON").conflicts("erase"))
    .option("--erase", "erase it")
    .action(async (given: readonly string[], _options, command: Command) => {
      const wanted = options.parse(command.opts());
      const name = given.join(" ");
      if (!wanted.export && !wanted.erase)
        throw new CommandFailure(exitCodes.misconfigured, "Say what is wanted: --export or --erase.");
      const { client, json } = await connect(command, tools);
      const { say } = tools.terminal.out;
      if (wanted.export) {
        const { output, body } = await client.call("personalData", { name });
        return say(asJson(json ? body : output.person));
      }
      const { output, body } = await client.call("erasePerson", { name });
      const matches = output.matches === 1 ? "1 match" : `${output.matches} matches`;
      say(json ? asJson(body) : `${output.message}: ${name} was in ${matches}.`);
    });
};
