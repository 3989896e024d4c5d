// @ts-check
// Method 2: the service in a program of your own, begun and ended when you say.

import { createService } from "avspark";

const service = createService({
  onMatches: async (matches) => {
    for (const { id, home, away } of matches) console.log(`match ${id}: ${home} – ${away}`);
  },
  // Endpoints on a port of its own, by AVSPARK_HTTP_HOST and AVSPARK_HTTP_PORT; leave it out for none.
  listen: true,
});

if (service.enabled) await service.start();
console.log(`listening on ${service.address()}`);

const { status } = await service.status();
console.log(`Redis: ${status}`);

for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, service.stop);
