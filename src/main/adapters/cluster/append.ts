import type { Redis } from "ioredis";
import { fieldsOf, wordFields } from "../../../core/feed/log-entry.ts";
import type { Saying, Telling } from "../../../core/ports.ts";
import { hourMs } from "../../../shared/duration.ts";

/** Longer than anybody is behind with what they have heard: an hour of that fills a receiver's memory many times over. */
const namesKeptSeconds = 24 * 3600;

/**
 * Appends a message to the log, unless one of its name is there: one bit for each that there was after a mark. Redis runs a
 * script as one step and hands it on to its replicas as one, so the bit and the entry are there both, or neither is, also
 * after a failover that has lost the log's end.
 *
 * KEYS: the log, the bits of this mark and channel. ARGV: which bit, for how many seconds bits and entries are kept, then
 * the entry's fields.
 */
const appendScript = `
if redis.call("SETBIT", KEYS[2], ARGV[1], 1) == 1 then return false end
redis.call("EXPIRE", KEYS[2], ARGV[2])
local oldest = redis.call("TIME")[1] - ARGV[3]
return redis.call("XADD", KEYS[1], "MINID", "~", string.format("%d000", oldest), "*", unpack(ARGV, 4))
`;

/** The keys of one desk are in one slot, so that a script may use all of them. */
export const keysOf = (desk: string) => ({
  log: `avspark:{${desk}}:log`,
  nodes: `avspark:{${desk}}:nodes`,
  turn: (name: string) => `avspark:{${desk}}:turn:${name}`,
  said: ({ mark, channel }: Pick<Saying, "mark" | "channel">) => `avspark:{${desk}}:said:${mark}:${channel}`,
});

type LogSettings = { readonly desk: string; readonly keepHours: number };

const settingsOf = (bit: number, { keepHours }: LogSettings): readonly string[] => [
  ...[String(bit), String(namesKeptSeconds)],
  String((keepHours * hourMs) / 1000),
];

/** Says what a person said. */
export const appendWord = async (redis: Redis, telling: Telling, settings: LogSettings): Promise<void> => {
  const { log, said } = keysOf(settings.desk);
  const bits = said({ mark: telling.name, channel: "word" });
  await redis.eval(appendScript, 2, log, bits, ...settingsOf(1, settings), ...wordFields(telling));
};

/** Says these to the log in order, in one round trip. */
export const append = async (
  redis: Redis,
  sayings: readonly Saying[],
  options: LogSettings & { readonly elapsed: number },
): Promise<void> => {
  const keys = keysOf(options.desk);
  await Promise.all(
    sayings.map((saying) => {
      const fields = fieldsOf(saying, options.elapsed).map((value) =>
        typeof value === "string" ? value : Buffer.from(value),
      );
      return redis.eval(appendScript, 2, keys.log, keys.said(saying), ...settingsOf(saying.nth, options), ...fields);
    }),
  );
};
