import { type Command, Option } from "commander";
import { z } from "zod";
import type { Output } from "../../../shared/contract.ts";
import { type Stats, statsRangeSchema } from "../../../shared/stats.ts";
import { asJson, asksService, connect, type Tools } from "../command.ts";
import { aligned } from "../terminal.ts";
import { words } from "../words.ts";

const options = z.object({ range: statsRangeSchema.optional() });

export const addStats = (program: Command, tools: Tools): void => {
  asksService(program.command("stats"))
    .summary("count what was received")
    .description("Counts what was received since the service started, or over a range of time from the journal.")
    .addOption(new Option("--range <range>", "over this stretch of time").choices(statsRangeSchema.options))
    .action(async (_options, command: Command) => {
      const { range } = options.parse(command.opts());
      const { client, json } = await connect(command, tools);
      const { say } = tools.terminal.out;
      if (range === undefined) {
        const { output, body } = await client.call("redisStats", {});
        say(json ? asJson(body) : sinceStart(output).join("\n"));
      } else {
        const { output, body } = await client.call("stats", { range });
        say(json ? asJson(body) : overRange(output.stats).join("\n"));
      }
    });
};

const { format } = words;

const sinceStart = ({ statistics }: Output<"redisStats">): readonly string[] => {
  const stats = statistics.statistics.subscription_stats;
  return aligned([
    ["Messages received", format.number(stats.total_messages_received)],
    ["  valid", format.number(stats.successful_messages)],
    ["  invalid", format.number(stats.failed_messages)],
    ["  heard before", format.number(stats.duplicate_messages)],
    ["Matches refused in valid messages", format.number(stats.rejected_matches)],
    ["Fields that could not be read", format.number(stats.noted_fields)],
    ["Matches known", format.number(stats.matches)],
    ["Last message", stats.last_message_at === null ? "none yet" : format.full(stats.last_message_at)],
    ["Reconnects", format.number(stats.reconnects)],
    ["Gaps not accounted for", format.number(stats.open_gaps)],
    ["Running for", format.duration(stats.uptime_seconds * 1000)],
  ]);
};

const overRange = ({ range, buckets, gaps }: Stats): readonly string[] => {
  const sum = (count: (bucket: Stats["buckets"][number]) => number): string =>
    format.number(buckets.reduce((total, bucket) => total + count(bucket), 0));
  const perChannel = new Map<string, { valid: number; invalid: number }>();
  for (const { channels } of buckets)
    for (const [channel, { valid, invalid }] of Object.entries(channels)) {
      const before = perChannel.get(channel) ?? { valid: 0, invalid: 0 };
      perChannel.set(channel, { valid: before.valid + valid, invalid: before.invalid + invalid });
    }
  const slowest = Math.max(...buckets.map(({ latencyP99 }) => latencyP99 ?? -1));
  return aligned([
    ["Over", range],
    ...[...perChannel].map(([channel, { valid, invalid }]) => [
      channel,
      `${format.number(valid)} valid, ${format.number(invalid)} invalid`,
    ]),
    ["Heard before", sum(({ duplicates }) => duplicates)],
    ["Slowest from publisher to here (99 of 100)", slowest < 0 ? "not measured" : format.duration(slowest)],
    ["Processor runs", `${sum(({ cycles }) => cycles)}, ${sum(({ cycleFailures }) => cycleFailures)} failed`],
    [
      "Calendar writes",
      `${sum(({ calendarDone }) => calendarDone)}, ${sum(({ calendarFailed }) => calendarFailed)} failed`,
    ],
    ["Gaps", format.number(gaps.length)],
  ]);
};
