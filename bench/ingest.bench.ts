import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";
import { startRedis } from "../e2e/fixtures/redis.ts";
import { type Bench, type Effort, type Figure, megabytes } from "./bench.ts";
import type { Publication } from "./feed/messages.ts";
import { startPublisher } from "./feed/publish.ts";
import { measureService } from "./feed/service.ts";
import { besideFloor } from "./floor.ts";

/** Redis's own limit is lifted: what is measured is work, not who is cut off. */
const unlimited = ["client-output-buffer-limit pubsub 0 0 0"];

const heardSchema = z.object({ cpuMs: z.number(), peakBytes: z.number() });

/** What any subscriber spends: ioredis, with JSON.parse or without. */
const measureListener = async (publication: Publication, how: "parse" | "count") => {
  const redis = await startRedis({ conf: unlimited });
  const publisher = await startPublisher(redis.port, publication);
  const script = join(import.meta.dirname, "feed/listener-child.ts");
  const args = [script, String(redis.port), publication.channel, String(publication.count), how];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  try {
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    await lines.next();
    const sending = publisher.go();
    const { value } = await lines.next();
    await sending;
    const { cpuMs, peakBytes } = heardSchema.parse(JSON.parse(String(value)));
    return { micros: (cpuMs * 1000) / publication.count, peakBytes };
  } finally {
    child.kill();
    publisher.close();
    await redis.close();
  }
};

/** The work that one message is, the processor's time of all threads, so that a busy machine changes it little. */
const figuresOf = async (
  together: number,
  mostTimes: number,
  { runs, messages }: Effort,
): Promise<readonly Figure[]> => {
  const publication: Publication = {
    channel: "fogis:matches:updates",
    count: messages,
    bytes: 2048,
    perSecond: null,
    matches: 2000,
    together,
    news: true,
  };
  const measured: { readonly ours: Measured; readonly parsed: Listened; readonly bare: Listened }[] = [];
  for (let run = 0; run < runs; run += 1)
    measured.push({
      bare: await measureListener(publication, "count"),
      parsed: await measureListener(publication, "parse"),
      ours: await measureService(publication, unlimited),
    });
  const what = `one message of 2 KB with ${together === 1 ? "one match" : `${together} matches`}`;
  const work = { what: `${what}: the processor's time`, show: (value: number) => `${Math.round(value)} µs` };
  const lost = measured.reduce((sum, { ours }) => sum + ours.lost, 0);
  return [
    besideFloor({
      ...work,
      floorIs: "ioredis and JSON.parse",
      pairs: measured.map(({ ours, parsed }) => ({ ours: ours.cpuMicros, floor: parsed.micros })),
      limit: { kind: "times", most: mostTimes },
    }),
    besideFloor({
      ...work,
      floorIs: "ioredis alone",
      pairs: measured.map(({ ours, bare }) => ({ ours: ours.cpuMicros, floor: bare.micros })),
      limit: { kind: "times", most: 2 * mostTimes },
    }),
    besideFloor({
      what: `${messages} of them at full speed: the most memory`,
      floorIs: "ioredis and JSON.parse",
      pairs: measured.map(({ ours, parsed }) => ({ ours: ours.peakBytes, floor: parsed.peakBytes })),
      show: megabytes,
      limit: { kind: "over", most: 160e6 },
    }),
    { what: "  lost of them", value: String(lost), limit: "none", held: lost === 0 },
  ];
};

type Measured = Awaited<ReturnType<typeof measureService>>;
type Listened = Awaited<ReturnType<typeof measureListener>>;

export const bench: Bench = {
  title: "What a message costs, beside what any subscriber spends",
  isQuick: true,
  run: async (effort) => [...(await figuresOf(1, 2.5, effort)), ...(await figuresOf(3, 4, effort))],
};
