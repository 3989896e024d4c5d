// @ts-check
// Method 3: your own configuration, channels and message handling, beside a server of your own.

import { createServer } from "node:http";
import { createMatchHandler, createService } from "avspark";

/** @type {import("avspark").OnMatches} */
const onMatches = (matches) => {
  for (const { id, home, away } of matches) console.log(`match ${id}: ${home} – ${away}`);
};

const service = createService({
  onMatches,
  config: {
    REDIS_URL: process.env.REDIS_URL ?? "redis://localhost:6379",
    REDIS_MATCH_UPDATES_CHANNEL: "custom:matches",
    REDIS_PROCESSOR_STATUS_CHANNEL: "custom:status",
    REDIS_SYSTEM_ALERTS_CHANNEL: "custom:alerts",
  },
});
await service.start();

// Messages that come some other way, without Redis, journal or calendars.
const handler = createMatchHandler((matches) => console.log(`handled ${matches.length}`));
const result = await handler.handle({
  message_id: "match-update-123",
  timestamp: new Date().toISOString(),
  source: "match-list-processor",
  version: "1.0",
  type: "match_updates",
  payload: { matches: [{ matchid: 123456, hemmalag: "Team A", bortalag: "Team B" }] },
});
console.log(result.success ? `processed ${result.matchesProcessed}` : `failed: ${result.error}`);

const server = createServer(async (request, response) => {
  if (request.url === "/custom-redis-status") {
    response.setHeader("content-type", "application/json").end(JSON.stringify(await service.status()));
    return;
  }
  // The endpoints of the service; whatever is none of them is yours to answer. With Express: app.use(service.middleware)
  service.middleware(request, response, () => response.writeHead(404).end());
});
server.listen(Number(process.env.PORT ?? 5003), "127.0.0.1", () => {
  const address = server.address();
  console.log(`listening on http://127.0.0.1:${typeof address === "object" ? address?.port : address}`);
});

for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, async () => {
    await service.stop();
    server.close();
  });
}
