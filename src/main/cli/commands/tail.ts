import { once } from "node:events";
import { type Command, InvalidArgumentError, Option } from "commander";
import { z } from "zod";
import { messageTypeSchema, verdictSchema } from "../../../shared/message.ts";
import { eventNames, type StreamEvent, writePosition } from "../../doors/http/events/event.ts";
import type { Client } from "../client.ts";
import { asksService, connect, type Tools } from "../command.ts";
import { follow } from "../follow.ts";
import { eventLine, readEvent } from "../live.ts";

const wholeNumber = (text: string): number => {
  if (!/^\d{1,4}$/.test(text)) throw new InvalidArgumentError("It should be a whole number up to 9999.");
  return Number(text);
};

const eventList = (text: string): string => {
  const known: ReadonlySet<string> = new Set(eventNames);
  if (!text.split(",").every((name) => known.has(name)))
    throw new InvalidArgumentError(`It should be a comma list of ${eventNames.join(", ")}.`);
  return text;
};

const optionsSchema = z.object({
  events: z.string(),
  lines: z.int(),
  channel: z.string().optional(),
  type: messageTypeSchema.optional(),
  verdict: verdictSchema.optional(),
  match: z.string().optional(),
});
type Options = z.infer<typeof optionsSchema>;

export const addTail = (program: Command, tools: Tools): void => {
  asksService(program.command("tail"))
    .summary("follow what arrives")
    .description(
      "Shows messages as they arrive, one a line, until it is ended (Ctrl-C). When the service goes away it waits for it and goes on where it was. With --json each line is a JSON object.",
    )
    .option("--channel <channel>", "only what came on this Redis channel")
    .addOption(new Option("--type <type>", "only messages of this type").choices(messageTypeSchema.options))
    .addOption(new Option("--verdict <verdict>", "only messages judged so").choices(verdictSchema.options))
    .option("--match <id>", "only what speaks of this match")
    .option("--events <list>", `what to follow: a comma list of ${eventNames.join(", ")}`, eventList, "message")
    .option("-n, --lines <count>", "begin with so many messages of before", wholeNumber, 0)
    .action(async (_options, command: Command) => {
      const options = optionsSchema.parse(command.opts());
      const { client, json } = await connect(command, tools);
      const { out, err } = tools.terminal;
      const show = (event: StreamEvent): void =>
        out.say(json ? JSON.stringify({ event: event.name, data: event.data }) : eventLine(event, out.paint));
      const stop = new AbortController();
      const ended = Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]).then(() => stop.abort());
      const following = follow({
        client,
        path: `/events?${new URLSearchParams({ types: options.events, ...filterOf(options) })}`,
        from: options.lines === 0 ? null : await showEarlier(client, options, show),
        onEvent: ({ name, data }) => {
          const event = data === null ? null : readEvent(name, data);
          if (event !== null) show(event);
        },
        onLost: () => err.say(`The service at ${client.place.shown} is gone; waiting for it.`),
        onBack: () => err.say("The service is back."),
        signal: stop.signal,
      });
      await Promise.race([following, ended]);
    });
};

const filterOf = ({ channel, type, verdict, match }: Options) => ({
  ...(channel === undefined ? {} : { channel }),
  ...(type === undefined ? {} : { type }),
  ...(verdict === undefined ? {} : { verdict }),
  ...(match === undefined ? {} : { matchId: match }),
});

/** Beyond every change there will be: of those, only what comes now is wanted. */
const lastChange = 999_999_999_999_999;

/** Shows the last messages and answers where to go on after them. */
const showEarlier = async (client: Client, options: Options, show: (event: StreamEvent) => void): Promise<string> => {
  const newest = await client.call("messages", { limit: 1 });
  const end = newest.output.messages[0]?.id ?? 0;
  const { output } = await client.call("messages", { ...filterOf(options), limit: options.lines });
  const before = output.messages.filter(({ id }) => id <= end);
  for (const data of before.toReversed()) show({ name: "message", data });
  return writePosition({ message: end, change: lastChange });
};
