import type { Command } from "commander";
import { z } from "zod";
import { asJson, asksService, connect, type Tools } from "../command.ts";
import { CommandFailure, exitCodes } from "../exit.ts";
import { aligned } from "../terminal.ts";
import { words } from "../words.ts";
import { addFreePeople } from "./free-people.ts";

const { texts, format } = words;
const options = z.object({ ics: z.boolean().default(false) });

export const addPeople = (program: Command, tools: Tools): void => {
  const people = asksService(program.command("people"))
    .summary("who referees, and where")
    .description("Lists everybody who is assigned to a current match, with their matches; those that the words find.")
    .argument("[words...]", "parts of a name, a number, a telephone or a match")
    .option("--ics", "print the matches of the one who is found as a calendar file")
    .action(async (given: readonly string[], _options, command: Command) => {
      const { client, json } = await connect(command, tools);
      const { output, body } = await client.call("people", { search: given.join(" ") });
      const { out } = tools.terminal;
      if (options.parse(command.opts()).ics) {
        const [person, ...others] = output.people;
        if (person === undefined || others.length > 0)
          throw new CommandFailure(
            exitCodes.misconfigured,
            `These words find ${output.people.length} people; --ics takes one.`,
          );
        const file = await client.call("personCalendar", { id: person.id });
        return out.say(json ? asJson(file.body) : file.output.calendar.trimEnd());
      }
      const now = Date.now();
      if (json) return out.say(asJson(body));
      for (const { name, phone, matches } of output.people) {
        out.say([name, phone ?? "", texts.match.matches(matches.length)].filter((part) => part !== "").join("  "));
        const rows = matches.map(({ kickoff, title, role }) => [
          kickoff === null ? "" : format.dateTime(kickoff, now),
          title,
          role === null ? "" : texts.match.role(role),
        ]);
        for (const row of aligned(rows)) out.say(`  ${row}`);
      }
    });
  addFreePeople(people, tools);
};
