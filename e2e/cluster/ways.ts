import type { TestContext } from "vitest";
import { type Relay, startRelay } from "../fixtures/relay.ts";
import type { Pair } from "./pair.ts";

const kinds = ["publisher", "shared", "calendars"] as const;
export type Way = (typeof kinds)[number];

type Ends = {
  readonly publisher: string;
  readonly pair: Pair;
  readonly calendars: { readonly caldav: string; readonly google: string };
};

/** The ways of one node to what it needs, with the settings that name them; each can be cut, as when a cable is drawn. */
export const waysOf = async (
  { onTestFinished }: Pick<TestContext, "onTestFinished">,
  { publisher, pair, calendars }: Ends,
) => {
  const relays: Record<Way, Relay[]> = { publisher: [], shared: [], calendars: [] };
  const through = async (way: Way, behind: string, translate?: (said: Buffer) => Buffer): Promise<string> => {
    const relay = await startRelay(behind, translate);
    onTestFinished(() => relay.close());
    relays[way].push(relay);
    return relay.address;
  };
  const loopback = (port: number): string => `redis://127.0.0.1:${port}`;

  const seenAs: (readonly [real: string, seen: string])[] = [];
  for (const { port } of pair.servers)
    seenAs.push([String(port), new URL(await through("shared", loopback(port))).port]);
  // A Sentinel names the servers by their own ports; this node reaches them by other ones, which are as long.
  const translate = (said: Buffer): Buffer =>
    Buffer.from(
      seenAs.reduce((text, [real, seen]) => text.replaceAll(real, seen), said.toString("latin1")),
      "latin1",
    );
  const sentinel = new URL(await through("shared", loopback(pair.sentinel.port), translate)).host;
  const caldav = new URL(calendars.caldav);

  return {
    settings: {
      REDIS_URL: `${await through("publisher", publisher)}/0`,
      AVSPARK_CLUSTER_URL: `redis+sentinel://${sentinel}/main`,
      CALDAV_URL: `${await through("calendars", caldav.origin)}${caldav.pathname}`,
      GOOGLE_API_ROOT: `${await through("calendars", calendars.google)}/`,
    },
    cut: (ways: readonly Way[] = kinds): void => {
      for (const way of ways) for (const relay of relays[way]) relay.cut();
    },
    mend: (): void => {
      for (const way of kinds) for (const relay of relays[way]) relay.mend();
    },
  };
};
