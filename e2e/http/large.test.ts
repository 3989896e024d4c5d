import { expect, it } from "vitest";
import { contract } from "../../src/shared/contract.ts";
import { ask, expectSuccess } from "./ask.ts";
import { serviceFor } from "./service.ts";
import { fogisMatch, updateOf, updates } from "./wire.ts";

const megabyte = 1024 * 1024;

/** As long as FOGIS's own are, with all that is never read. */
const longMatch = (id: number): object => fogisMatch(id, { anmarkning: "x".repeat(1000) });
const listFrom = (first: number) => Array.from({ length: 10_000 }, (_, index) => longMatch(first + index));

it("takes the publisher's full list of 10,000 matches, over Redis and by hand", { timeout: 120_000 }, async () => {
  const service = await serviceFor();
  const message = updateOf(listFrom(1));
  expect(Buffer.byteLength(message)).toBeGreaterThan(13 * megabyte);
  await service.redis.publish(updates, message);
  await service.received(1);
  const known = async () =>
    expectSuccess(await ask(`${service.address}/matches?limit=1`), contract.matches.output).total;
  expect(await known()).toBe(10_000);

  const more = listFrom(10_001);
  const answer = expectSuccess(
    await ask(`${service.address}/manual-sync`, { method: "POST", body: { matches: more } }),
    contract.manualSync.output,
  );
  expect(answer.matches_processed).toBe(10_000);
  expect(await known()).toBe(20_000);
});
