import type { Command } from "commander";
import { asJson, asksService, connect, type Tools } from "../command.ts";
import { exitCodes } from "../exit.ts";

const steps = [
  ["connection_test", "Redis takes a new connection"],
  ["subscription_test", "A message went through Redis and came back"],
  ["message_handling_test", "A sample message was decoded"],
] as const;

export const addTest = (program: Command, tools: Tools): void => {
  asksService(program.command("test"))
    .summary("try Redis and the decoding for real")
    .description("Connects to Redis anew, sends a message to itself through it and decodes a sample.")
    .action(async (_options, command: Command) => {
      const { client, json } = await connect(command, tools);
      const { output, body } = await client.call("redisTest", {});
      const { say, paint } = tools.terminal.out;
      const { test_results: results } = output;
      const lines = steps.map(([name, what]) => `${results[name] ? paint("green", "✓") : paint("red", "✗")} ${what}`);
      say(json ? asJson(body) : [...lines, ...results.errors.map((error) => `  ${error}`)].join("\n"));
      if (!results.overall_success) tools.end(exitCodes.failed);
    });
};
