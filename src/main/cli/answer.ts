import type { Command } from "commander";
import { z } from "zod";
import { keptNameSchema } from "../../shared/calendar.ts";
import { calendarArgument } from "./calendars.ts";
import { asJson, asksService, connect, type Tools } from "./command.ts";

const tokenOption = z.object({ token: z.string().optional() });

/** An answer to what `held` shows. */
export const addAnswer = (
  program: Command,
  tools: Tools,
  answer: { readonly name: "confirm" | "keep"; readonly summary: string; readonly about: string },
): void => {
  asksService(program.command(answer.name))
    .summary(answer.summary)
    .description(
      `${answer.about} With --token only what was seen: it is refused when other removals wait by now. Without it, those that were held first.`,
    )
    .addArgument(calendarArgument("<calendar>"))
    .option("--token <token>", "which removals are meant, as avspark held names them")
    .action(async (name: unknown, _options, command: Command) => {
      const target = keptNameSchema.parse(name);
      const { token } = tokenOption.parse(command.opts());
      const { client, json } = await connect(command, tools);
      const { output, body } = await client.call(answer.name, token === undefined ? { target } : { target, token });
      const rest = output.held > 0 ? ` Still held: ${output.held}; avspark held shows which.` : "";
      tools.terminal.out.say(json ? asJson(body) : `${output.message}: ${target}.${rest}`);
    });
};
