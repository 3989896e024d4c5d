import { expect, it } from "vitest";
import { report } from "../feed/listener.ts";
import { tryRequests } from "../http/openapi/try.ts";

/** A fresh service each time, so that what limits actions does not spare most of them. */
const services = 10;
const requestsEach = 2000;

it(`${services * requestsEach} generated requests: no 5xx, and every answer as /openapi.json says`, async () => {
  const outcomes = new Map<string, number>();
  for (let service = 0; service < services; service += 1) {
    const tried = await tryRequests(requestsEach);
    for (const [outcome, times] of Object.entries(tried)) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + times);
  }
  const total = [...outcomes.values()].reduce((sum, times) => sum + times, 0);
  expect(total).toBe(services * requestsEach);
  for (const [outcome, times] of [...outcomes].sort()) report(`${outcome}: ${times}`);
});
