import { type Command, Option } from "commander";
import { keptNameSchema, type Preview } from "../../../shared/calendar.ts";
import { targetTexts } from "../../../shared/text/target.ts";
import { optionalTarget } from "../calendars.ts";
import { asJson, asksService, connect, type Tools } from "../command.ts";
import { aligned, type Paint } from "../terminal.ts";
import { words } from "../words.ts";

export const addPreview = (program: Command, tools: Tools): void => {
  asksService(program.command("preview"))
    .summary("show what a sync would do")
    .description("Reads the calendars and shows what a sync would do there, without doing it.")
    .addOption(new Option("--target <calendar>", "only this calendar").choices(keptNameSchema.options))
    .action(async (_options, command: Command) => {
      const { target } = optionalTarget.parse(command.opts());
      const { client, json } = await connect(command, tools);
      const { output, body } = await client.call("preview", target === undefined ? {} : { target });
      const { say, paint } = tools.terminal.out;
      say(json ? asJson(body) : output.previews.flatMap((preview) => lines(preview, paint)).join("\n"));
    });
};

const { texts, format } = words;

const lines = (
  { target, operations, unchanged, undone, skipped, held, otherTags }: Preview,
  paint: Paint,
): readonly string[] => [
  paint("bold", texts.match.target[target]),
  ...aligned(
    operations.map(({ kind, matchId, kickoff, title }) => [
      `  ${kind}`,
      matchId,
      kickoff === null ? "" : format.kickoff(kickoff),
      title,
    ]),
  ),
  `  ${operations.length} to write, ${unchanged} unchanged, ${skipped} skipped${held > 0 ? `, ${held} removals held: avspark sync --confirm ${target}` : ""}`,
  ...(undone > 0 ? [`  ${targetTexts(texts, target).preview.undone(undone)}`] : []),
  ...otherTags.map((other) => `  ${targetTexts(texts, target).preview.otherTag(other)}`),
];
