import { connect } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { contract } from "../../src/shared/contract.ts";
import { ask, expectSuccess } from "./ask.ts";
import { range } from "./events.ts";
import { loris } from "./loris.ts";
import { serviceFor } from "./service.ts";
import { fogisMatch, updateOf, updates } from "./wire.ts";

it("200 connections that never finish their requests leave it answering", async () => {
  const { address } = await serviceFor();
  const { host } = new URL(address);
  const head = `GET /redis-status HTTP/1.1\r\nHost: ${host}\r\nX-Slow: `;
  const body = `POST /manual-sync HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n{`;
  const slow = await Promise.all(range(1, 200).map((index) => loris(address, index % 2 === 0 ? head : body, 100)));
  onTestFinished(() => {
    for (const each of slow) each.end();
  });
  for (const _ of range(1, 50)) expectSuccess(await ask(`${address}/redis-status`), contract.redisStatus.output);
  const together = await Promise.all(range(1, 50).map(() => ask(`${address}/redis-status`)));
  for (const answer of together) expectSuccess(answer, contract.redisStatus.output);
  expect(slow.filter((each) => !each.closed())).toHaveLength(200);
});

it("says at once that it lives while 400 clients pipeline long questions and read no answer", async () => {
  const { address, redis, received } = await serviceFor();
  await redis.publish(updates, updateOf(range(1, 1000).map((id) => fogisMatch(id))));
  await received(1);
  const { host } = new URL(address);
  const long = async (): Promise<number> => {
    const begun = performance.now();
    await ask(`${address}/matches`);
    return performance.now() - begun;
  };
  await long();
  const alone = await long();
  const questions = `GET /matches HTTP/1.1\r\nHost: ${host}\r\n\r\n`.repeat(30);
  const clients = range(1, 400).map(() => {
    const socket = connect(Number(new URL(address).port), "127.0.0.1").pause();
    socket.on("error", () => undefined);
    return socket;
  });
  onTestFinished(() => {
    for (const socket of clients) socket.destroy();
  });
  await Promise.all(clients.map((socket) => new Promise((resolve) => socket.once("connect", resolve))));
  for (const socket of clients) socket.write(questions);
  const begun = performance.now();
  expectSuccess(await ask(`${address}/health`), contract.health.output);
  // All that is asked takes 12,000 times as long as one answer, and the first answer for each client 400 times.
  expect((performance.now() - begun) / alone).toBeLessThan(300);
});
