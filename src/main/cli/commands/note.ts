import { type Command, Option } from "commander";
import { z } from "zod";
import { asJson, asksService, connect, type Tools } from "../command.ts";
import { CommandFailure, exitCodes } from "../exit.ts";
import { words } from "../words.ts";

const options = z.object({ remove: z.coerce.number().int().optional(), by: z.string().optional() });

export const addNote = (program: Command, tools: Tools): void => {
  asksService(program.command("note"))
    .summary("write a note on a match, or read them")
    .description("Writes a note on a match, for everybody who looks at this service; without words, prints its notes.")
    .argument("<match>", "its FOGIS id")
    .argument("[words...]", "the note")
    .addOption(new Option("--remove <id>", "take this note off").conflicts("by"))
    .option("--by <name>", "who writes it")
    .action(async (match: unknown, given: readonly string[], _options, command: Command) => {
      const matchId = z.string().parse(match);
      const text = given.join(" ");
      const read = options.safeParse(command.opts());
      if (!read.success) throw new CommandFailure(exitCodes.misconfigured, "A note's id is a whole number.");
      const { remove, by } = read.data;
      const { client, json } = await connect(command, tools);
      const { say } = tools.terminal.out;
      if (remove !== undefined) {
        const { output, body } = await client.call("removeNote", { matchId, id: remove });
        return say(json ? asJson(body) : `${output.message}.`);
      }
      if (text !== "") {
        const { output, body } = await client.call("note", { matchId, text, by });
        return say(json ? asJson(body) : `${output.message}: ${output.note.id}.`);
      }
      const { output, body } = await client.call("match", { id: matchId });
      if (json) return say(asJson(body));
      for (const note of output.match.notes)
        say(
          [`${note.id}`, words.format.full(note.at), note.by ?? "", note.text].filter((part) => part !== "").join("  "),
        );
    });
};
