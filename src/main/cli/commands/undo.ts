import type { Command } from "commander";
import { calendarNameSchema } from "../../../shared/calendar.ts";
import { calendarArgument } from "../calendars.ts";
import { asJson, asksService, connect, type Tools } from "../command.ts";

export const addUndo = (program: Command, tools: Tools): void => {
  asksService(program.command("undo"))
    .summary("take back the last run on a calendar")
    .description(
      "Takes back the last run of writes on a calendar: what was made goes, what was changed or removed returns.",
    )
    .addArgument(calendarArgument("<calendar>"))
    .action(async (name: unknown, _options, command: Command) => {
      const target = calendarNameSchema.parse(name);
      const { client, json } = await connect(command, tools);
      const { output, body } = await client.call("undo", { target });
      const events = output.restored === 1 ? "event" : "events";
      tools.terminal.out.say(json ? asJson(body) : `${output.message}: ${output.restored} ${events}.`);
    });
};
