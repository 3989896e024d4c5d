import { setTimeout as wait } from "node:timers/promises";
import { expect } from "vitest";
import { contract } from "../../src/shared/contract.ts";
import type { Delta } from "../../src/shared/snapshot.ts";
import type { RedisServer } from "../fixtures/redis.ts";
import { until } from "../fixtures/until.ts";
import { ask, expectSuccess } from "../http/ask.ts";
import { range } from "../http/events.ts";
import { alertOf } from "../http/wire.ts";

/** Of each kind so many are done, one after the other. */
const rounds = 8;
const pauseMs = 1500;

/** What of a delta tells what people did. */
export type Telling = {
  readonly alerts: readonly Pick<NonNullable<Delta["set"]["alerts"]>[number], "id" | "state">[];
  readonly matches: readonly Pick<Delta["matches"][number], "id" | "notes" | "told">[];
};

/** The deeds that a delta tells of, by name; one that stood there twice would be there twice. */
export const deedsIn = ({ alerts, matches }: Telling): readonly string[] => [
  ...alerts.flatMap(({ id, state }) => (state.name === "acknowledged" ? [`acknowledgement ${id}`] : [])),
  ...matches.flatMap(({ id, notes, told }) => [
    ...notes.map(({ text }) => `note ${text}`),
    ...told.map(() => `told ${id}`),
  ]),
];

/** Alerts to acknowledge; answers their ids. */
const raiseAlerts = async (address: string, redis: RedisServer): Promise<readonly number[]> => {
  for (const round of range(1, rounds)) await redis.publish("fogis:system:alerts", alertOf(`Trouble ${round}`));
  return until(async () => {
    const { alerts } = expectSuccess(await ask(`${address}/alerts`), contract.alerts.output);
    const ids = alerts.flatMap(({ id, cause }) => (cause.kind === "system" ? [id] : []));
    return ids.length >= rounds && ids.slice(0, rounds);
  });
};

/** Acknowledges, notes and tells for a while; answers when each deed was begun. */
export const doDeeds = async (address: string, redis: RedisServer): Promise<ReadonlyMap<string, number>> => {
  const begun = new Map<string, number>();
  const post = async (deed: string, path: string, body: object): Promise<void> => {
    begun.set(deed, performance.now());
    expect((await ask(`${address}${path}`, { method: "POST", body })).status, deed).toBe(200);
  };
  const alerts = await raiseAlerts(address, redis);
  for (const [index, id] of alerts.entries()) {
    const matchId = String(index + 1);
    await post(`acknowledgement ${id}`, "/acknowledge", { id });
    await post(`note Note ${matchId}`, "/note", { matchId, text: `Note ${matchId}` });
    await post(`told ${matchId}`, "/tell", { matchId });
    await wait(pauseMs);
  }
  return begun;
};

/** What one desk was told of deeds: when of each first, and how often it stood in one delta at most. */
export const createWitness = () => {
  const first = new Map<string, number>();
  let most = 0;
  return {
    hear: (telling: Telling, at: number): void => {
      const counts = new Map<string, number>();
      for (const deed of deedsIn(telling)) {
        counts.set(deed, (counts.get(deed) ?? 0) + 1);
        if (!first.has(deed)) first.set(deed, at);
      }
      most = Math.max(most, ...counts.values());
    },
    first: (): ReadonlyMap<string, number> => first,
    most: (): number => most,
  };
};
