import type { Command } from "commander";
import { isAddressBook, keptNameSchema } from "../../../shared/calendar.ts";
import { calendarArgument, resultLines, resultsBeside } from "../calendars.ts";
import { asJson, asksService, connect, type Tools } from "../command.ts";
import { AnsweredFailure } from "../exit.ts";

export const addUndo = (program: Command, tools: Tools): void => {
  asksService(program.command("undo"))
    .summary("take back the last run on a calendar")
    .description(
      "Takes back the last run of writes on a calendar: what was made goes, what was changed or removed returns. What the calendar does not take now is taken back later, and it ends with 1; until then there is no other undo.",
    )
    .addArgument(calendarArgument("<calendar>"))
    .action(async (name: unknown, _options, command: Command) => {
      const target = keptNameSchema.parse(name);
      const { client, json } = await connect(command, tools);
      const { output, body } = await client.call("undo", { target }).catch((failure: unknown) => {
        if (failure instanceof AnsweredFailure) sayInPart(failure, json, tools);
        throw failure;
      });
      const item = isAddressBook(target) ? "contact" : "event";
      const items = output.restored === 1 ? item : `${item}s`;
      tools.terminal.out.say(json ? asJson(body) : `${output.message}: ${output.restored} ${items}.`);
    });
};

/** What was taken back all the same, and what waits. */
const sayInPart = (failure: AnsweredFailure, json: boolean, { terminal: { out } }: Tools): void => {
  const results = resultsBeside(failure);
  if (json) out.say(asJson(failure.body));
  else if (results.length > 0) out.say(resultLines(results, out.paint).join("\n"));
};
