import type { Command } from "commander";
import { z } from "zod";
import type { Alert } from "../../../shared/alert.ts";
import { alertSentence } from "../../../shared/text/sentences.ts";
import { asJson, asksService, connect, type Tools } from "../command.ts";
import { aligned, type Paint } from "../terminal.ts";
import { words } from "../words.ts";

const options = z.object({ all: z.boolean().default(false) });

export const addAlerts = (program: Command, tools: Tools): void => {
  asksService(program.command("alerts"))
    .summary("list the alerts")
    .description(
      "Lists the alerts whose causes are not over, with the number that acknowledge, snooze and reactivate take. One that is acknowledged or snoozed stands here too, for as long as its cause lasts.",
    )
    .option("--all", "those too that are over")
    .action(async (_options, command: Command) => {
      const { all } = options.parse(command.opts());
      const { client, json } = await connect(command, tools);
      const { output, body } = await client.call("alerts", { all });
      const { say, paint } = tools.terminal.out;
      if (json) say(asJson(body));
      else say(output.alerts.length === 0 ? `${texts.alerts.none}.` : lines(output.alerts, paint).join("\n"));
    });
};

const { texts, format } = words;
const colours = { info: "cyan", warning: "yellow", critical: "red" } as const;

const lines = (alerts: readonly Alert[], paint: Paint): readonly string[] =>
  aligned(
    alerts.map(({ id, level, firstAt, count, state, cause }) => [
      String(id),
      paint(colours[level], level),
      stateText(state),
      `${texts.health.since} ${format.full(firstAt)}`,
      `${alertSentence(cause, { ...words, now: Date.now() })}${count > 1 ? ` (${texts.alerts.times(count)})` : ""}`,
    ]),
  );

const stateText = (state: Alert["state"]): string =>
  state.name === "snoozed" ? `snoozed until ${format.full(state.until)}` : state.name;
