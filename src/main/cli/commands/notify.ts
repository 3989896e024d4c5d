import { Argument, type Command } from "commander";
import { messengerNameSchema } from "../../../shared/outward.ts";
import { asJson, asksService, connect, type Tools } from "../command.ts";
import { exitCodes } from "../exit.ts";
import { remedyFor } from "../remedy.ts";
import { words } from "../words.ts";

const { texts, format } = words;
const say = texts.outward;

export const addNotify = (program: Command, tools: Tools): void => {
  asksService(program.command("notify"))
    .summary("try the notices by webhook and e-mail, or see how they go out")
    .description(
      "test sends a trial by webhook and e-mail, as far as they are set, or by the one that is named. status says for each what waits, when something was sent last, and what fails.",
    )
    .addArgument(new Argument("<act>", "what to do").choices(["test", "status"]))
    .addArgument(new Argument("[messenger]", "test: only this one").choices(messengerNameSchema.options))
    .action(async (act: string, messenger: string | undefined, _options, command: Command) => {
      const only = messengerNameSchema.optional().parse(messenger);
      await (act === "test" ? test(only, command, tools) : status(command, tools));
    });
};

const test = async (
  messenger: ReturnType<typeof messengerNameSchema.parse> | undefined,
  command: Command,
  tools: Tools,
): Promise<void> => {
  const { client, json } = await connect(command, tools);
  const { output, body } = await client.call("notifyTest", messenger === undefined ? {} : { messenger });
  const { paint, say: tell } = tools.terminal.out;
  const lines = output.results.flatMap(({ messenger: each, server, problem }) => {
    const name = say.name[each];
    if (problem === null) return [`${paint("green", "✓")} ${say.tried.sent({ name, server })}`];
    const { what } = texts.advice[problem.kind];
    return [
      `${paint("red", "✗")} ${say.tried.failed({ name, what })}`,
      `  ${problem.message} ${remedyFor(problem.kind)}`,
    ];
  });
  tell(json ? asJson(body) : lines.join("\n"));
  if (!output.passed) tools.end(exitCodes.failed);
};

const status = async (command: Command, tools: Tools): Promise<void> => {
  const { client, json } = await connect(command, tools);
  const { output, body } = await client.call("notifyStatus", {});
  const lines = output.messengers.map(({ name, server, waiting, lastSentAt, failure }) =>
    [
      `${say.name[name]}:`,
      ...(failure === null
        ? []
        : [
            say.status.failing({
              what: texts.advice[failure.problem.kind].what,
              since: format.full(failure.since),
              retry: format.full(failure.retryAt),
            }),
          ]),
      lastSentAt === null ? say.status.never(server) : say.status.sent({ server, at: format.full(lastSentAt) }),
      ...(waiting > 0 ? [say.status.waiting(waiting)] : []),
    ].join(" "),
  );
  tools.terminal.out.say(json ? asJson(body) : (lines.length === 0 ? [say.status.none] : lines).join("\n"));
  if (output.messengers.some(({ failure }) => failure !== null)) tools.end(exitCodes.failed);
};
