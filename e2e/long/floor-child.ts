import { readFileSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import { promisify } from "node:util";
import { constants, gzip } from "node:zlib";
import { Redis } from "ioredis";

/**
 * The least that any service could do: `node floor-child.ts REDIS_URL CHANNEL`. What is published goes to whoever follows
 * `/deltas`, ten times a second, as it came; `/snapshot?file=` writes out what is in a file, packed once for all who ask at the
 * same time. How late that is, says what the machine has to spare while the service is measured beside it. Prints its port.
 */
const [url = "", channel = ""] = process.argv.slice(2);
const followers = new Set<ServerResponse>();
let waiting: string[] = [];

const redis = new Redis(url);
redis.on("message", (_channel, message) => {
  waiting.push(message);
  if (waiting.length > 1) return;
  setTimeout(() => {
    const frame = Buffer.from(`event: delta\ndata: [${waiting.join(",")}]\n\n`);
    waiting = [];
    for (const follower of followers) follower.write(frame);
  }, 100);
});
await redis.subscribe(channel);

const pack = promisify(gzip);
let packed: Promise<Buffer> | null = null;

const server = createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? "", "http://localhost");
  if (pathname === "/deltas") {
    followers.add(response);
    response.once("close", () => followers.delete(response));
    response.writeHead(200, { "content-type": "text/event-stream" }).write(": here\n\n");
    return;
  }
  packed ??= pack(JSON.stringify(JSON.parse(readFileSync(searchParams.get("file") ?? "", "utf8"))), {
    level: constants.Z_BEST_SPEED,
  });
  response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" }).end(await packed);
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.stdout.write(`${typeof address === "object" && address !== null ? address.port : 0}\n`);
});
