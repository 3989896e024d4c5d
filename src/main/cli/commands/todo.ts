import type { Command } from "commander";
import type { TodoItem } from "../../../shared/desk.ts";
import { changeText } from "../../../shared/text/change.ts";
import { asJson, asksService, connect, type Tools } from "../command.ts";
import { words } from "../words.ts";

const { texts, format } = words;
const say = texts.todo;

export const addTodo = (program: Command, tools: Tools): void => {
  asksService(program.command("todo"))
    .summary("what waits for somebody")
    .description(
      "Lists what waits for somebody, the most pressing first: open places, double bookings, withdrawals, matches that were called off, postponed or moved, and calendars that need a person. With --json each item's ids, for avspark tell.",
    )
    .action(async (_options, command: Command) => {
      const { client, json } = await connect(command, tools);
      const { output, body } = await client.call("todo", {});
      const { out } = tools.terminal;
      if (json) return out.say(asJson(body));
      if (output.items.length === 0) out.say(say.nothing);
      const now = Date.now();
      for (const item of output.items) {
        out.say(headline(item, now));
        for (const line of details(item)) out.say(`  ${line}`);
      }
    });
};

const headline = (item: TodoItem, now: number): string => {
  if (item.matchId === null) return `${say.kind[item.kind]}  ${item.label}`;
  const when = item.kickoff === null ? texts.match.noKickoff : format.dateTime(item.kickoff, now);
  return `${when}  ${item.title} (${item.matchId})  ${say.kind[item.kind]}`;
};

const details = (item: TodoItem): readonly string[] => {
  const people = item.people.map(({ name, role, phone, told }) =>
    [told === null ? name : say.told(name), role && texts.match.role(role), phone]
      .filter((part) => part !== null)
      .join("  "),
  );
  return [...reasons(item), ...people];
};

const reasons = (item: TodoItem): readonly string[] => {
  switch (item.kind) {
    case "no-referee":
    case "open-place":
      return item.places.map(({ role, status }) => say.open(role, status));
    case "double-booked":
      return [say.also(item.otherMatchId)];
    case "called-off":
    case "postponed":
    case "on-again":
    case "moved":
      return item.changes.map((difference) => {
        const text = changeText(difference, words);
        return text.kind === "values" ? `${text.label}: ${text.before} → ${text.after}` : text.label;
      });
    case "held":
      return item.removals === null ? [] : [say.removals(item.removals)];
    case "calendar":
    case "sign-in":
      return [item.problem.message];
    case "withdrawn":
      return [];
  }
};
