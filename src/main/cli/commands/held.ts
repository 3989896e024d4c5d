import { type Command, Option } from "commander";
import { type Held, keptNameSchema } from "../../../shared/calendar.ts";
import { heldSentences } from "../../../shared/text/sentences.ts";
import { targetTexts } from "../../../shared/text/target.ts";
import { optionalTarget } from "../calendars.ts";
import { asJson, asksService, connect, type Tools } from "../command.ts";
import { aligned, type Paint } from "../terminal.ts";
import { words } from "../words.ts";

const { texts, format } = words;

export const addHeld = (program: Command, tools: Tools): void => {
  asksService(program.command("held"))
    .summary("show which removals wait for a person")
    .description(
      "Shows the events and contacts that would be removed and wait for a person's word, what they have in common, and how to answer.",
    )
    .addOption(new Option("--target <calendar>", "only this calendar").choices(keptNameSchema.options))
    .action(async (_options, command: Command) => {
      const { target } = optionalTarget.parse(command.opts());
      const { client, json } = await connect(command, tools);
      const { output, body } = await client.call("held", target === undefined ? {} : { target });
      const { say, paint } = tools.terminal.out;
      if (json) say(asJson(body));
      else if (output.held.length === 0) say("No removal waits for a person.");
      else say(output.held.flatMap((held) => lines(held, paint)).join("\n"));
    });
};

const lines = (held: Held, paint: Paint): readonly string[] => [
  paint("bold", texts.match.target[held.target]),
  `  ${[`${targetTexts(texts, held.target).confirm.title(held.removals.length)}.`, ...heldSentences(held, words)].join(" ")}`,
  ...aligned(
    held.removals.map(({ matchId, kickoff, title, competition }) => [
      `  ${matchId}`,
      kickoff === null ? "" : format.kickoff(kickoff),
      title,
      competition ?? "",
    ]),
  ),
  `  avspark confirm ${held.target} --token ${held.token}   removes them`,
  `  avspark keep ${held.target} --token ${held.token}      keeps them`,
];
