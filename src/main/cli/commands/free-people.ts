import type { Command } from "commander";
import { z } from "zod";
import type { FreePerson } from "../../../shared/desk.ts";
import { minuteMs } from "../../../shared/duration.ts";
import { roleIn } from "../../../shared/fogis-words.ts";
import { distanceText } from "../../../shared/text/distance.ts";
import { asJson, asksService, connect, type Tools } from "../command.ts";
import { aligned } from "../terminal.ts";
import { words } from "../words.ts";

const { texts, format } = words;

/** `avspark people free`. */
export const addFreePeople = (people: Command, tools: Tools): void => {
  asksService(people.command("free"))
    .summary("who could take a place of a match")
    .description(
      "Lists those who have no match that keeps them from this one: those who have had the role first, then those with least to do that week. FOGIS is where one appoints.",
    )
    .argument("<match>", "its FOGIS id")
    .argument("[role...]", "which place; without it the first open one")
    .action(async (match: unknown, given: readonly string[], _options, command: Command) => {
      const matchId = z.string().parse(match);
      // As FOGIS has it, whichever language it is given in.
      const role = given.length === 0 ? undefined : roleIn("sv", given.join(" "));
      const { client, json } = await connect(command, tools);
      const { output, body } = await client.call("freePeople", { matchId, role });
      const { out } = tools.terminal;
      if (json) return out.say(asJson(body));
      const now = Date.now();
      const place = output.role === null ? "" : texts.match.role(output.role);
      out.say([output.match.title, format.dateTime(output.match.kickoff, now), place].join("  ").trim());
      for (const row of aligned(output.people.map((person) => rowOf(person, now)))) out.say(`  ${row}`);
    });
};

const rowOf = ({ name, phone, heldRole, thatWeek, before, after }: FreePerson, now: number): readonly string[] => [
  name,
  phone ?? "",
  `${heldRole} in this role`,
  `${texts.match.matches(thatWeek)} that week`,
  near(before, now),
  near(after, now),
];

const near = (other: FreePerson["before"], now: number): string => {
  if (other === null) return "";
  const away = other.km === null ? "" : `, ${distanceText(other.km, words)}`;
  const between = format.duration(other.minutesBetween * minuteMs);
  return `${format.dateTime(other.kickoff, now)} ${other.title} (${between} between${away})`;
};
