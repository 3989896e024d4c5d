import { Agent, get, type IncomingHttpHeaders } from "node:http";
import { createInterface } from "node:readline";

/**
 * Asks for calendars at an even rate, in a process of its own, each with the ETag that it has of it: `node load-child.ts RATE`, with one
 * address a line on stdin. It fetches each once before, so as to have its ETag. What it took counts from the moment a request
 * was due. Prints as JSON the milliseconds of every request, and how many were answered with which status.
 */
const rate = Number(process.argv[2]);
const agent = new Agent({ keepAlive: true, maxSockets: 50 });

const urls: string[] = [];
for await (const line of createInterface({ input: process.stdin })) urls.push(line);

type Asked = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly bytes: number };
const ask = (url: string, etag: string | undefined): Promise<Asked> =>
  new Promise((resolve) => {
    const headers = { "accept-encoding": "gzip", ...(etag !== undefined && { "if-none-match": etag }) };
    get(url, { agent, headers }, (response) => {
      let bytes = 0;
      response.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes }));
    }).on("error", () => resolve({ status: 0, headers: {}, bytes: 0 }));
  });

const etags = new Map<string, string>();
let bytes = 0;
const begunFirst = performance.now();
const waiting = [...urls];
await Promise.all(
  Array.from({ length: 8 }, async () => {
    for (let url = waiting.pop(); url !== undefined; url = waiting.pop()) {
      const { headers, bytes: got } = await ask(url, undefined);
      bytes += got;
      if (headers.etag !== undefined) etags.set(url, headers.etag);
    }
  }),
);
const firstMs = performance.now() - begunFirst;

const took: number[] = [];
const statuses: Record<string, number> = {};
const begun = performance.now();
await Promise.all(
  urls.map(async (url, n) => {
    const due = begun + (n * 1000) / rate;
    await new Promise((resolve) => setTimeout(resolve, due - performance.now()));
    const { status } = await ask(url, etags.get(url));
    took.push(performance.now() - due);
    statuses[status] = (statuses[status] ?? 0) + 1;
  }),
);
process.stdout.write(JSON.stringify({ took, statuses, firstMs, bytes }));
agent.destroy();
