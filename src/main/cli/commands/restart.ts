import type { Command } from "commander";
import { asJson, asksService, connect, type Tools } from "../command.ts";
import { words } from "../words.ts";

export const addRestart = (program: Command, tools: Tools): void => {
  asksService(program.command("restart"))
    .summary("subscribe to Redis anew")
    .description("Drops the Redis subscription and makes a new one; waits until it is live or has failed.")
    .action(async (_options, command: Command) => {
      const { client, json } = await connect(command, tools);
      const { output, body } = await client.call("redisRestart", {});
      const { state } = output.connection;
      tools.terminal.out.say(json ? asJson(body) : `${output.message}: ${words.texts.health.connection[state]}.`);
    });
};
