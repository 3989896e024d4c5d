import type { Command } from "commander";
import { z } from "zod";
import { keptNameSchema } from "../../../shared/calendar.ts";
import { calendarArgument } from "../calendars.ts";
import { asJson, asksService, connect, type Tools } from "../command.ts";
import { exitCodes } from "../exit.ts";
import { aligned } from "../terminal.ts";

const options = z.object({ repair: z.boolean().default(false) });

export const addAudit = (program: Command, tools: Tools): void => {
  asksService(program.command("audit"))
    .summary("compare a calendar with what should be in it")
    .description(
      "Reads a whole calendar and counts what differs from what should be in it. Ends with 1 when anything does.",
    )
    .addArgument(calendarArgument("<calendar>"))
    .option("--repair", "make the calendar as it should be")
    .action(async (name: unknown, _options, command: Command) => {
      const target = keptNameSchema.parse(name);
      const { repair } = options.parse(command.opts());
      const { client, json } = await connect(command, tools);
      const { output, body } = await client.call("audit", { target, repair });
      const { missing, different, surplus, repaired } = output;
      const counts = Object.entries({ missing, different, surplus, ...(repair ? { repaired } : {}) });
      const rows = aligned(counts.map(([what, count]) => [what, String(count)]));
      tools.terminal.out.say(json ? asJson(body) : rows.join("\n"));
      if (missing + different + surplus > (repair ? repaired : 0)) tools.end(exitCodes.failed);
    });
};
