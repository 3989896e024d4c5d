import type { Redis } from "ioredis";
import type { Saying } from "../../../core/ports.ts";
import { hourMs } from "../../../shared/duration.ts";
import { entryVersion } from "./entry.ts";

/** Longer than anybody is behind with what they have heard: an hour of that fills a receiver's memory many times over. */
const namesKeptSeconds = 24 * 3600;

/**
 * Appends a message to the log, unless one of its name is there: one bit for each that there was after a mark. Redis runs a
 * script as one step and hands it on to its replicas as one, so the bit and the entry are there both, or neither is, also
 * after a failover that has lost the log's end.
 *
 * KEYS: the log, the bits of this mark and channel. ARGV: which bit, how long bits are kept, the oldest id that the log keeps,
 * then the entry's fields.
 */
export const appendScript = `
if redis.call("SETBIT", KEYS[2], ARGV[1], 1) == 1 then return false end
redis.call("EXPIRE", KEYS[2], ARGV[2])
return redis.call("XADD", KEYS[1], "MINID", "~", ARGV[3], "*", unpack(ARGV, 4))
`;

/** The keys of one desk are in one slot, so that a script may use all of them. */
export const keysOf = (desk: string) => ({
  log: `avspark:{${desk}}:log`,
  said: ({ mark, channel }: Pick<Saying, "mark" | "channel">) => `avspark:{${desk}}:said:${mark}:${channel}`,
});

/** Says these to the log in order, in one round trip; answers how many were not there yet. */
export const append = async (
  redis: Redis,
  sayings: readonly Saying[],
  options: { readonly desk: string; readonly keepHours: number; readonly now: number },
): Promise<number> => {
  const keys = keysOf(options.desk);
  const oldest = String(Math.max(0, options.now - options.keepHours * hourMs));
  const answers = await Promise.all(
    sayings.map((saying) => {
      const { channel, nth, payload, heardAt } = saying;
      const fields = [
        "v",
        String(entryVersion),
        "channel",
        channel,
        "at",
        String(heardAt),
        "data",
        Buffer.from(payload),
      ];
      const settings = [String(nth), String(namesKeptSeconds), oldest];
      return redis.eval(appendScript, 2, keys.log, keys.said(saying), ...settings, ...fields);
    }),
  );
  return answers.filter((id) => id !== null).length;
};
