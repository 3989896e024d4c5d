import { Argument, type Command } from "commander";
import { z } from "zod";
import { logLevelSchema } from "../../../shared/log.ts";
import { asJson, asksService, connect, type Tools } from "../command.ts";

const options = z.object({ part: z.string().optional() });

export const addLogLevel = (program: Command, tools: Tools): void => {
  asksService(program.command("log-level"))
    .summary("set how much the running service logs")
    .description(
      "Sets how much the running service logs, until its next start; AVSPARK_LOG_LEVEL sets it from the start on.",
    )
    .addArgument(new Argument("<level>", "how much").choices(logLevelSchema.options))
    .option("--part <part>", "only this part, such as redis, feed, journal, calendar, http or app")
    .action(async (given: unknown, _options, command: Command) => {
      const level = logLevelSchema.parse(given);
      const { part } = options.parse(command.opts());
      const { client, json } = await connect(command, tools);
      const { output, body } = await client.call("logLevel", { level, ...(part === undefined ? {} : { part }) });
      tools.terminal.out.say(json ? asJson(body) : `${output.message}.`);
    });
};
