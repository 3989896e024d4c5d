import { expect, it, onTestFinished } from "vitest";
import { contract } from "../../src/shared/contract.ts";
import { ask, expectSuccess } from "./ask.ts";
import { range } from "./events.ts";
import { loris } from "./loris.ts";
import { serviceFor } from "./service.ts";

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
