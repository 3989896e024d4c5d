import { Agent, get } from "node:http";

/**
 * Asks for an address at an even rate, in a process of its own: `node load-child.ts URL RATE SECONDS`. What it took counts from
 * the moment a request was due, so that a service that stalls is not spared the requests it has held up. Prints the
 * milliseconds of every request, and how many failed, as JSON.
 */
const [url = "", rate = "", seconds = ""] = process.argv.slice(2);
const total = Number(rate) * Number(seconds);
const agent = new Agent({ keepAlive: true, maxSockets: 50 });

const took: number[] = [];
let failed = 0;
let asked = 0;

const ask = (due: number): void => {
  get(url, { agent }, (response) => {
    response.resume();
    response.on("end", () => settle(due, response.statusCode === 200));
  }).on("error", () => settle(due, false));
};

const settle = (due: number, good: boolean): void => {
  took.push(performance.now() - due);
  if (!good) failed += 1;
  if (took.length < total) return;
  process.stdout.write(JSON.stringify({ took, failed, seconds: (performance.now() - begun) / 1000 }));
  agent.destroy();
};

const begun = performance.now();
const pump = setInterval(() => {
  const now = performance.now() - begun;
  for (; asked < total && (asked * 1000) / Number(rate) <= now; asked += 1) ask(begun + (asked * 1000) / Number(rate));
  if (asked === total) clearInterval(pump);
}, 1);
