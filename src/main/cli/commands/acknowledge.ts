import type { Command } from "commander";
import { z } from "zod";
import { alertId } from "../alert-id.ts";
import { asJson, asksService, connect, type Tools } from "../command.ts";

export const addAcknowledge = (program: Command, tools: Tools): void => {
  asksService(program.command("acknowledge"))
    .summary("mark an alert as seen")
    .description("Marks an alert as seen; without a number, all that are active. What lasts is not mended by that.")
    .argument("[alert]", "its number, as avspark alerts shows it", alertId)
    .action(async (given: unknown, _options, command: Command) => {
      const id = z.int().optional().parse(given);
      const { client, json } = await connect(command, tools);
      const { output, body } = await client.call("acknowledge", id === undefined ? {} : { id });
      tools.terminal.out.say(json ? asJson(body) : `${output.message}.`);
    });
};
