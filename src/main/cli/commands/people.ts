import type { Command } from "commander";
import { asJson, asksService, connect, type Tools } from "../command.ts";
import { aligned } from "../terminal.ts";
import { words } from "../words.ts";
import { addFreePeople } from "./free-people.ts";

const { texts, format } = words;

export const addPeople = (program: Command, tools: Tools): void => {
  const people = asksService(program.command("people"))
    .summary("who referees, and where")
    .description("Lists everybody who is assigned to a current match, with their matches; those that the words find.")
    .argument("[words...]", "parts of a name, a number, a telephone or a match")
    .action(async (given: readonly string[], _options, command: Command) => {
      const { client, json } = await connect(command, tools);
      const { output, body } = await client.call("people", { search: given.join(" ") });
      const { out } = tools.terminal;
      const now = Date.now();
      if (json) return out.say(asJson(body));
      for (const { name, phone, matches } of output.people) {
        out.say([name, phone ?? "", texts.match.matches(matches.length)].filter((part) => part !== "").join("  "));
        const rows = matches.map(({ kickoff, title, role }) => [
          kickoff === null ? "" : format.dateTime(kickoff, now),
          title,
          role ?? "",
        ]);
        for (const row of aligned(rows)) out.say(`  ${row}`);
      }
    });
  addFreePeople(people, tools);
};
