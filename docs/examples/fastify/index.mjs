// @ts-check
// Method 1: one call adds the subscription and the endpoints to a Fastify app you have.

import { addAvspark } from "avspark";
import Fastify from "fastify";

const app = Fastify();

// Your own routes stay as they are.
app.get("/hello", async () => ({ hello: "from the app itself" }));

addAvspark(app, async (matches) => {
  // Your calendar synchronisation. To throw, or to answer false, means: give me these again later.
  for (const { id, home, away, kickoff, status } of matches) {
    console.log(`match ${id}: ${home} – ${away}, ${kickoff ?? "no kick-off yet"}, ${status}`);
  }
});

for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => app.close());
console.log(`listening on ${await app.listen({ host: "127.0.0.1", port: Number(process.env.PORT ?? 5003) })}`);
