import type { Command } from "commander";
import { z } from "zod";
import { asJson, asksService, connect, type Tools } from "../command.ts";

export const addDecline = (program: Command, tools: Tools): void => {
  asksService(program.command("decline"))
    .summary("say that a match is not yours")
    .description("Takes a match out of the calendars for as long as it is declined; with --back it is yours again.")
    .argument("<match>", "its FOGIS id")
    .option("--back", "it is yours after all")
    .action(async (given: unknown, _options, command: Command) => {
      const matchId = z.string().parse(given);
      const { back } = z.object({ back: z.boolean().default(false) }).parse(command.opts());
      const { client, json } = await connect(command, tools);
      const { output, body } = await client.call("decline", { matchId, declined: !back });
      tools.terminal.out.say(json ? asJson(body) : `${output.message}.`);
    });
};
