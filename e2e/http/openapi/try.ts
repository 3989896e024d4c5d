import { Agent } from "node:http";
import fc from "fast-check";
import { expect } from "vitest";
import { type Answer, ask } from "../ask.ts";
import { startService, type TestService } from "../service.ts";
import { alertOf, fogisMatch, statusOf, updateOf, updates } from "../wire.ts";
import { createValidator, documentSchema, type Validator } from "./document.ts";
import { type Generated, requestsOf } from "./requests.ts";

/** How many were answered so, by operation and status, such as `matches 200`. */
export type Tried = Readonly<Record<string, number>>;

const token = "a-token-for-tests-1234";
const headers = { authorization: `Bearer ${token}` };

/** Sends generated requests to a service that knows some matches; every answer must be one that the document promises. */
export const tryRequests = async (requests: number): Promise<Tried> => {
  // With the first token that is made, everybody needs one.
  const service = await startService({ AVSPARK_HTTP_TOKEN: token });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const tried: Record<string, number> = {};
  try {
    await fillWith(service);
    const document: unknown = JSON.parse((await ask(`${service.address}/openapi.json`, { headers })).text);
    const validator = createValidator(document);
    await fc.assert(
      fc.asyncProperty(requestsOf(documentSchema.parse(document)), async (request) => {
        const answer = await send(service.address, request, agent);
        const outcome = `${request.operation.operationId} ${answer.status}`;
        tried[outcome] = (tried[outcome] ?? 0) + 1;
        expect(complaint(request, answer, validator), answer.text.slice(0, 2000)).toBeNull();
      }),
      { numRuns: requests },
    );
  } finally {
    agent.destroy();
    await service.close();
  }
  return tried;
};

const fillWith = async (service: TestService): Promise<void> => {
  const matches = Array.from({ length: 20 }, (_, index) => fogisMatch(index + 1));
  for (const match of matches) await service.redis.publish(updates, updateOf([match]));
  await service.redis.publish("fogis:processor:status", statusOf(1));
  await service.redis.publish("fogis:system:alerts", alertOf("Something is wrong."));
  await service.redis.publish(updates, "no message");
  await service.received(23);
};

const send = (address: string, { operation, path, headers: own, body }: Generated, agent: Agent): Promise<Answer> =>
  ask(address + path, {
    method: operation.method.toUpperCase(),
    headers: { ...own, ...headers },
    agent,
    // A stream of events has no end to wait for.
    headOnly: isStream(operation),
    ...(body === undefined ? {} : { body }),
  });

/** What the document does not promise about an answer; null: nothing. */
const complaint = ({ operation }: Generated, answer: Answer, validator: Validator): string | null => {
  if (answer.status >= 500) return `answered ${answer.status}`;
  const promised = operation.responses[answer.status];
  if (promised === undefined) return `${answer.status} is not in the document`;
  const type = answer.headers["content-type"]?.replace(/;.*/, "");
  const types = Object.keys(promised.content ?? {});
  if (type === undefined) return types.length === 0 && answer.text === "" ? null : "has no content type";
  if (!types.includes(type)) return `${type} is not in the document`;
  if (type !== "application/json" || isStream(operation)) return null;
  return validator(operation, answer.status, JSON.parse(answer.text));
};

const isStream = ({ operationId }: Generated["operation"]): boolean =>
  operationId === "events" || operationId === "deltas";
