import { Redis } from "ioredis";

/**
 * What any subscriber spends, in a process of its own: `node listener-child.ts PORT CHANNEL COUNT parse|count`. Says `ready`
 * when it hears, and when so many messages have come what the processor did for them and the most memory it had.
 */
const [port = "", channel = "", count = "", how = ""] = process.argv.slice(2);
const redis = new Redis({ port: Number(port), host: "127.0.0.1" });
let heard = 0;
let begun = process.cpuUsage();

redis.on("messageBuffer", (_name: Buffer, payload: Buffer) => {
  if (heard === 0) begun = process.cpuUsage();
  if (how === "parse") JSON.parse(payload.toString());
  heard += 1;
  if (heard < Number(count)) return;
  const { user, system } = process.cpuUsage(begun);
  // Linux tells kilobytes.
  const peakBytes = process.resourceUsage().maxRSS * 1024;
  process.stdout.write(`${JSON.stringify({ cpuMs: (user + system) / 1000, peakBytes })}\n`);
  process.exit();
});
await redis.subscribe(channel);
process.stdout.write("ready\n");
