import type { Command } from "commander";
import { z } from "zod";
import { alertId } from "../alert-id.ts";
import { asJson, asksService, connect, type Tools } from "../command.ts";

export const addReactivate = (program: Command, tools: Tools): void => {
  asksService(program.command("reactivate"))
    .summary("take back a snooze or an acknowledgement")
    .description("Makes an alert that was snoozed or acknowledged active again.")
    .argument("<alert>", "its number, as avspark alerts shows it", alertId)
    .action(async (given: unknown, _options, command: Command) => {
      const id = z.int().parse(given);
      const { client, json } = await connect(command, tools);
      const { output, body } = await client.call("reactivate", { id });
      tools.terminal.out.say(json ? asJson(body) : `${output.message}.`);
    });
};
