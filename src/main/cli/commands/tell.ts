import type { Command } from "commander";
import { z } from "zod";
import { asJson, asksService, connect, type Tools } from "../command.ts";

const options = z.object({ back: z.boolean().default(false), by: z.string().optional() });

export const addTell = (program: Command, tools: Tools): void => {
  asksService(program.command("tell"))
    .summary("mark that people were told of a match")
    .description(
      "Marks that a person was told how things stand with a match; without one, that everybody it concerns was. The mark holds until the match changes again. It tells nobody anything by itself.",
    )
    .argument("<match>", "its FOGIS id")
    .argument("[person]", "the person's id, as avspark todo --json and avspark people --json have it")
    .option("--back", "they were not told after all")
    .option("--by <name>", "who told them")
    .action(async (match: unknown, person: unknown, _options, command: Command) => {
      const matchId = z.string().parse(match);
      const personId = z.string().optional().parse(person);
      const { back, by } = options.parse(command.opts());
      const { client, json } = await connect(command, tools);
      const { output, body } = await client.call("tell", { matchId, personId, told: !back, by });
      tools.terminal.out.say(json ? asJson(body) : `${output.message}.`);
    });
};
