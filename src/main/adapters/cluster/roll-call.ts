import { z } from "zod";
import type { RollCall } from "../../../core/ports.ts";
import { dayMs } from "../../../shared/duration.ts";
import { keysOf } from "./append.ts";
import type { Line } from "./line.ts";

/**
 * KEYS: what the nodes said last. ARGV: which node, what it says, after how many milliseconds without a word a node is none any
 * more. Answers the server's time, and of each node when it spoke and what it said.
 */
const callScript = `
local time = redis.call("TIME")
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call("HSET", KEYS[1], ARGV[1], string.format("%d %s", now, ARGV[2]))
local all = redis.call("HGETALL", KEYS[1])
local answer = { string.format("%d", now) }
for i = 1, #all, 2 do
  local at, said = string.match(all[i + 1], "^(%d+) (.*)$")
  if now - at > tonumber(ARGV[3]) then redis.call("HDEL", KEYS[1], all[i])
  else
    table.insert(answer, all[i])
    table.insert(answer, at)
    table.insert(answer, said)
  end
end
return answer
`;

/** A node that is lost and has not come back for so long was taken away. */
const forgottenAfterMs = 2 * dayMs;

/** Whoever may not look may do all else: the connection is as good as before. */
const ifRefused = (error: unknown): string => {
  if (error instanceof Error && error.name === "ReplyError") return "";
  throw error;
};

const infoSchema = z.object({
  aof_enabled: z.string(),
  maxmemory_policy: z.string(),
  used_memory: z.coerce.number(),
  maxmemory: z.coerce.number(),
});

const answerSchema = z.tuple([z.coerce.number()]).rest(z.string());

/** The roll of a desk as one hash; how long ago a node spoke is by the server's clock, so that no two clocks are compared. */
export const createRollCall = ({
  desk,
  member,
  line,
}: {
  readonly desk: string;
  readonly member: string;
  readonly line: Line;
}): RollCall => {
  const { nodes: key } = keysOf(desk);
  return {
    member,
    call: async (said, signal) => {
      const ask = line.ask((redis) => redis.eval(callScript, 1, key, member, said, String(forgottenAfterMs)), signal);
      const [serverTime, ...rest] = answerSchema.parse(await ask);
      const nodes = [];
      for (let at = 0; at + 2 < rest.length; at += 3)
        nodes.push({ name: rest[at] ?? "", said: rest[at + 2] ?? "", agoMs: serverTime - Number(rest[at + 1]) });
      return { serverTime, nodes };
    },
    survey: async (signal) => {
      const text = await line.ask((redis) => redis.info().catch(ifRefused), signal);
      const facts = infoSchema.parse(Object.fromEntries(text.split("\r\n").map((row) => row.split(/:(.*)/s))));
      return {
        keeps: facts.aof_enabled === "1",
        evicts: facts.maxmemory_policy !== "noeviction",
        usedBytes: facts.used_memory,
        mostBytes: facts.maxmemory === 0 ? null : facts.maxmemory,
      };
    },
    leave: async () => {
      await line.ask((redis) => redis.hdel(key, member));
    },
  };
};
