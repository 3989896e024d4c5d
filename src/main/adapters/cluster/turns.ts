import { z } from "zod";
import type { Turns } from "../../../core/ports.ts";
import { keysOf } from "./append.ts";
import type { Line } from "./line.ts";

/** KEYS: the turn. ARGV: who asks, for how many milliseconds. Answers who has it. */
const takeScript = `
local holder = redis.call("GET", KEYS[1])
if holder and holder ~= ARGV[1] then return holder end
redis.call("SET", KEYS[1], ARGV[1], "PX", ARGV[2])
return ARGV[1]
`;

/** KEYS: the turn. ARGV: who leaves it. Another one's stays. */
const leaveScript = `
if redis.call("GET", KEYS[1]) == ARGV[1] then redis.call("DEL", KEYS[1]) end
return redis.status_reply("OK")
`;

/** Turns as keys of the desk that run out by themselves. */
export const createTurns = ({
  desk,
  node,
  line,
}: {
  readonly desk: string;
  readonly node: string;
  readonly line: Line;
}): Turns => {
  const { turn: keyOf } = keysOf(desk);
  return {
    take: async (name, ms, signal) => {
      const answer = await line.ask((redis) => redis.eval(takeScript, 1, keyOf(name), node, String(ms)), signal);
      const holder = z.string().parse(answer);
      return { holder, isOurs: holder === node };
    },
    leave: async (name) => {
      await line.ask((redis) => redis.eval(leaveScript, 1, keyOf(name), node));
    },
  };
};
