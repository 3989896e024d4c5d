import { startGoogle } from "./server.ts";

/**
 * The stand-in as a process of its own, for tests that kill its clients. It prints its address, then takes orders on its
 * standard input, one JSON array a line: ["person.edit", calendarId, eventId, {…}]; each is answered by one line.
 */
const [latency = "0"] = process.argv.slice(2);
const google = await startGoogle({ latencyMs: Number(latency) });

const carryOut = (order: string, parameters: readonly unknown[]): unknown => {
  let owner: unknown = google;
  let value: unknown = google;
  for (const name of order.split(".")) {
    owner = value;
    value = Reflect.get(Object(value), name);
  }
  return typeof value === "function" ? Reflect.apply(value, owner, parameters) : value;
};

process.stdout.write(`${google.url}\n`);
process.stdin.setEncoding("utf8");
let rest = "";
for await (const chunk of process.stdin) {
  const lines = (rest + chunk).split("\n");
  rest = lines.pop() ?? "";
  for (const line of lines) {
    const [order, ...parameters] = JSON.parse(line);
    process.stdout.write(`${JSON.stringify((await carryOut(order, parameters)) ?? null)}\n`);
  }
}
await google.stop();
