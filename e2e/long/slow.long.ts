import { get } from "node:http";
import { expect, it, onTestFinished } from "vitest";
import { contract } from "../../src/shared/contract.ts";
import { ms, report } from "../feed/listener.ts";
import { until } from "../fixtures/until.ts";
import { ask, expectSuccess } from "../http/ask.ts";
import { range } from "../http/events.ts";
import { type Loris, loris } from "../http/loris.ts";
import { serviceFor } from "../http/service.ts";
import { fogisMatch, updateOf, updates } from "../http/wire.ts";

const minute = 60_000;

const allClosed = async (slow: readonly Loris[], withinMs: number): Promise<number> => {
  const begun = performance.now();
  onTestFinished(() => {
    for (const each of slow) each.end();
  });
  await until(() => slow.every((each) => each.closed()), { withinMs, everyMs: 100 });
  return performance.now() - begun;
};

it("an unfinished head is cut off after 10 s, 200 of them as one", async () => {
  const { address } = await serviceFor();
  const begin = `GET /redis-status HTTP/1.1\r\nHost: ${new URL(address).host}\r\nX-Slow: `;
  const slow = await Promise.all(range(1, 200).map(() => loris(address, begin, 500)));
  const closedAfter = await allClosed(slow, minute);
  for (const each of slow) {
    expect(each.answer()).toMatch(/^HTTP\/1\.1 408 /);
    expect(each.answer()).toContain('"success":false');
  }
  report(`200 unfinished heads: all closed after ${ms(closedAfter)}`);
});

it("a connection that says nothing at all is cut off as well", async () => {
  const { address } = await serviceFor();
  const slow = await Promise.all(range(1, 200).map(() => loris(address, "", 10 * minute)));
  report(`200 silent connections: all closed after ${ms(await allClosed(slow, 2 * minute))}`);
});

it("an unfinished body is cut off after 60 s", async () => {
  const { address } = await serviceFor();
  const begin = `POST /manual-sync HTTP/1.1\r\nHost: ${new URL(address).host}\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n{`;
  const slow = await Promise.all(range(1, 20).map(() => loris(address, begin, 500)));
  const closedAfter = await allClosed(slow, 3 * minute);
  for (const each of slow) expect(each.answer()).toMatch(/^HTTP\/1\.1 408 /);
  report(`20 unfinished bodies: all closed after ${ms(closedAfter)}`);
});

it("a client that does not take its answer is cut off within two minutes", async () => {
  const service = await serviceFor();
  for (let first = 1; first <= 10_000; first += 1000) {
    await service.redis.publish(updates, updateOf(range(first, first + 999).map((id) => fogisMatch(id))));
  }
  await service.received(10);
  const before = openSockets();
  // Many at once, so that their answers cannot all lie in the buffers of the system.
  for (const _ of range(1, 20)) {
    const request = get(`${service.address}/matches`, { agent: false }, (response) => response.pause());
    request.on("error", () => undefined);
    onTestFinished(() => void request.destroy());
  }
  await until(() => openSockets() >= before + 40, { withinMs: minute });
  const begun = performance.now();
  // Our own sides stay, since they do not read.
  await until(() => openSockets() <= before + 20, { withinMs: 3 * minute, everyMs: 500 });
  report(`20 answers that nobody takes: given up after ${ms(performance.now() - begun)}`);
  expectSuccess(await ask(`${service.address}/redis-status`), contract.redisStatus.output);
});

/** Of both sides, since the service runs in this process. */
const openSockets = (): number => process.getActiveResourcesInfo().filter((name) => name === "TCPSocketWrap").length;
