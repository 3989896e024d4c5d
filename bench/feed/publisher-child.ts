import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { createMessages, type Publication } from "./messages.ts";

/**
 * The publisher, in a process of its own: `node publisher-child.ts PORT PUBLICATION-AS-JSON`. Makes all its messages first and
 * says `ready`; told `go`, sends them as fast as Redis takes them or at the rate it was given, and says `sent`.
 */
const [port = "", description = ""] = process.argv.slice(2);
const publication: Publication = JSON.parse(description);
const { channel, perSecond } = publication;
const chunkMs = 10;

const framed = (payload: string): string =>
  `*3\r\n$7\r\nPUBLISH\r\n$${channel.length}\r\n${channel}\r\n$${Buffer.byteLength(payload)}\r\n${payload}\r\n`;
const frames = [...createMessages(publication)].map((payload) => Buffer.from(framed(payload)));

const socket = connect(Number(port), "127.0.0.1");
await once(socket, "connect");
let answers = 0;
let answered: () => void = () => undefined;
const allAnswered = new Promise<void>((resolve) => {
  answered = resolve;
});
socket.on("data", (data) => {
  for (const byte of data) if (byte === 10) answers += 1;
  if (answers === frames.length) answered();
});

const send = async (from: number, to: number): Promise<void> => {
  socket.cork();
  for (const frame of frames.slice(from, to)) socket.write(frame);
  socket.uncork();
  if (socket.writableNeedDrain) await once(socket, "drain");
};

process.stdout.write("ready\n");
await once(process.stdin, "data");
const begun = performance.now();
const chunk = perSecond === null ? 200 : Math.round((perSecond * chunkMs) / 1000);
for (let sent = 0; sent < frames.length; sent += chunk) {
  await send(sent, sent + chunk);
  const due = perSecond === null ? 0 : ((sent + chunk) / perSecond) * 1000;
  const early = due - (performance.now() - begun);
  if (early > 0) await pause(early);
}
await allAnswered;
process.stdout.write(`sent ${Math.round(performance.now() - begun)}\n`);
socket.destroy();
process.exit();
