import type { Command } from "commander";
import { isAddressBook, keptNameSchema } from "../../../shared/calendar.ts";
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
      const target = keptNameSchema.parse(name);
      const { client, json } = await connect(command, tools);
      const { output, body } = await client.call("undo", { target });
      const item = isAddressBook(target) ? "contact" : "event";
      const items = output.restored === 1 ? item : `${item}s`;
      tools.terminal.out.say(json ? asJson(body) : `${output.message}: ${output.restored} ${items}.`);
    });
};
