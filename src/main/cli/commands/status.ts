import type { Command } from "commander";
import { isAddressBook, type TargetStatus } from "../../../shared/calendar.ts";
import type { Connection, SourceStatus } from "../../../shared/connection.ts";
import type { Output } from "../../../shared/contract.ts";
import type { Health } from "../../../shared/snapshot.ts";
import { healthSentence } from "../../../shared/text/sentences.ts";
import { asJson, asksService, connect, type Tools } from "../command.ts";
import { remedyFor } from "../remedy.ts";
import { aligned, type Paint } from "../terminal.ts";
import { words } from "../words.ts";

export const addStatus = (program: Command, tools: Tools): void => {
  asksService(program.command("status"))
    .summary("say how the service is doing")
    .description("Says whether matches arrive and reach the calendars, and what is wrong, if anything.")
    .action(async (_options, command: Command) => {
      const { client, json } = await connect(command, tools);
      const { output, body } = await client.call("redisStatus", {});
      const { say, paint } = tools.terminal.out;
      say(json ? asJson(body) : summary(output.redis_status, paint).join("\n"));
    });
};

const { texts, format } = words;
type Status = Output<"redisStatus">["redis_status"];

const summary = (status: Status, paint: Paint): readonly string[] => [
  ...healthLines(status.health, paint),
  ...(status.mode === "demo" ? [paint("yellow", `${texts.app.demo}: ${texts.app.demoAbout}`)] : []),
  "",
  ...aligned([
    ["Redis", connectionText(status.connection), status.redis_url],
    ["Match list", sourceText(status.source), ""],
    ...status.calendars.map((calendar) => [
      texts.match.target[calendar.name],
      calendarText(calendar),
      `${calendar.there} there, ${calendar.waiting} waiting, ${calendar.failed} failed${calendar.undone > 0 ? `, ${calendar.undone} taken back` : ""}`,
    ]),
  ]),
];

const colours = { ok: "green", working: "cyan", warning: "yellow", critical: "red" } as const;

const healthLines = (health: Health, paint: Paint): readonly string[] => {
  const sentence = paint(colours[health.level], `● ${healthSentence(health, { ...words, now: Date.now() })}`);
  const since = paint("dim", `(${texts.health.since} ${format.full(health.since)})`);
  if (health.level === "ok") return [`${sentence} ${since}`];
  return [`${sentence} ${since}`, `  ${health.problem.message}`, `  ${remedyFor(health.problem.kind)}`];
};

const connectionText = (connection: Connection): string => {
  const name = texts.health.connection[connection.state];
  switch (connection.state) {
    case "live":
      return connection.trouble === null
        ? `${name}, ${texts.health.channels(connection.channels.length)}`
        : `${name}: ${connection.trouble.problem.message}`;
    case "reconnecting":
    case "refused":
      return `${name}: ${connection.cause.message}`;
    default:
      return name;
  }
};

const sourceText = (source: SourceStatus): string => {
  switch (source.state) {
    case "fetched":
      return `${texts.health.source.fetched(source.matches)}, ${format.full(source.at)}`;
    case "failed":
      return `${texts.health.source.failed}: ${source.problem.message}`;
    default:
      return texts.health.source[source.state];
  }
};

const calendarText = ({ name, state }: TargetStatus): string => {
  const say = isAddressBook(name) ? texts.addressBooks.state : texts.match.targetState;
  switch (state.name) {
    case "needs-confirmation":
      return say["needs-confirmation"](state.removals);
    case "off":
      return say.off[state.reason];
    case "waiting":
    case "needs-person":
      return `${say[state.name]}: ${state.problem.message}`;
    case "working":
      return `${say.working} ${state.done}/${state.of}`;
    default:
      return say[state.name];
  }
};
