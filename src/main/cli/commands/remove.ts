import type { Command } from "commander";
import { z } from "zod";
import { asJson, asksService, connect, type Tools } from "../command.ts";

export const addRemove = (program: Command, tools: Tools): void => {
  asksService(program.command("remove"))
    .summary("remove a match that no list has")
    .description(
      "Removes a match that was entered by hand, that Redis alone told of, or that is in doubt; with --back it stays.",
    )
    .argument("<match>", "its FOGIS id")
    .option("--back", "it stays, whatever lists lack it")
    .action(async (given: unknown, _options, command: Command) => {
      const matchId = z.string().parse(given);
      const { back } = z.object({ back: z.boolean().default(false) }).parse(command.opts());
      const { client, json } = await connect(command, tools);
      const { output, body } = await client.call("remove", { matchId, removed: !back });
      tools.terminal.out.say(json ? asJson(body) : `${output.message}.`);
    });
};
