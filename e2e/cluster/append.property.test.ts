import fc from "fast-check";
import { Redis } from "ioredis";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createNumbering } from "../../src/core/feed/numbering.ts";
import type { Saying } from "../../src/core/ports.ts";
import { append, keysOf } from "../../src/main/adapters/cluster/append.ts";
import { type RedisServer, startRedis } from "../fixtures/redis.ts";

/*
 * Any number of nodes hear the same channels, each with its own lag and its own times of deafness, and each says what it hears to
 * one log on a real server. Messages are often the same to the byte, everything may be said again at any moment, a node may
 * die with what it has not said yet, and the server may lose the end of what it had. The log is what was published.
 */

const nodes = 4;
const who = fc.nat({ max: nodes - 1 });
const step = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ kind: fc.constant("publish"), channel: fc.nat({ max: 1 }), word: fc.nat({ max: 1 }) }),
  },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("say"), who, count: fc.integer({ min: 1, max: 6 }) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("hears"), who }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("deaf"), who }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("again"), who }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("dies"), who }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("mark"), who }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("keep") }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("lose-end") }) },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

const textOf = (word: number): string => `{"word":${word}}`;
const channelOf = (number: number): string => `channel-${number}`;

type Node = {
  /** One that has died comes back as another, who has heard nothing. */
  readonly life: number;
  readonly hears: boolean;
  /** Before the first mark a link tells nothing. */
  readonly isMarked: boolean;
  readonly numbering: ReturnType<typeof createNumbering>;
  /** All that it has heard and not forgotten; the first `said` of it are in the log as far as it knows. */
  readonly kept: readonly Saying[];
  readonly said: number;
};

const fresh = (life: number): Node => ({
  life,
  hears: false,
  isMarked: false,
  numbering: createNumbering(),
  kept: [],
  said: 0,
});

const desk = "prov";
const keys = keysOf(desk);
/** Later than anything was heard. */
const elapsed = 1_000_000;
const options = { desk, keepHours: 48, elapsed };

let server: RedisServer;
let redis: Redis;
beforeAll(async () => {
  server = await startRedis();
  redis = new Redis(server.url);
});
afterAll(async () => {
  redis.disconnect();
  await server.close();
});

/** What the server has, all of it. */
const copy = async (): Promise<readonly (readonly [string, Buffer])[]> => {
  const names = await redis.keys("*");
  return Promise.all(names.map(async (name) => [name, (await redis.dumpBuffer(name)) ?? Buffer.alloc(0)] as const));
};

/** A replica takes over that has no more than this. */
const fallBack = async (before: Awaited<ReturnType<typeof copy>>): Promise<void> => {
  await redis.flushall();
  for (const [name, dump] of before) await redis.restore(name, 0, dump);
};

const run = async (steps: readonly Step[]) => {
  await redis.flushall();
  let lives = 0;
  const begin = (): Node => fresh(lives++);
  const all = Array.from({ length: nodes }, begin);
  const published: { readonly channel: string; readonly text: string }[] = [];
  const heardBy: ReadonlySet<number>[] = [];
  let marks = 0;
  let before = await copy();

  const at = (index: number): Node => all[index] ?? begin();
  const change = (index: number, by: Partial<Node>): void => {
    all[index] = { ...at(index), ...by };
  };
  const markAll = (): void => {
    marks += 1;
    for (const [number, { hears, numbering }] of all.entries()) {
      if (hears) numbering.mark(`mark-${marks}`);
      change(number, { isMarked: hears });
    }
  };
  const say = async (index: number, count: number): Promise<void> => {
    const { kept, said } = at(index);
    const now = kept.slice(said, said + count);
    await append(redis, now, options);
    change(index, { said: said + now.length });
  };

  for (const step of steps)
    switch (step.kind) {
      case "publish": {
        const index = published.length;
        const [channel, text] = [channelOf(step.channel), textOf(step.word)];
        published.push({ channel, text });
        const by = new Set<number>();
        for (const [number, { life, isMarked, numbering, kept }] of all.entries()) {
          const name = isMarked ? numbering.next(channel) : null;
          if (name === null) continue;
          by.add(life);
          // By its time each message is told from others that are the same to the byte.
          change(number, { kept: [...kept, { ...name, payload: Buffer.from(text), heardAt: index, isAgain: true }] });
        }
        heardBy.push(by);
        break;
      }
      case "say":
        await say(step.who, step.count);
        break;
      case "hears":
        change(step.who, { hears: true });
        break;
      case "mark":
        if (at(step.who).hears) markAll();
        break;
      case "deaf":
        change(step.who, { hears: false, isMarked: false });
        break;
      case "again":
        change(step.who, { said: 0 });
        break;
      case "dies":
        all[step.who] = begin();
        break;
      case "keep":
        before = await copy();
        break;
      case "lose-end":
        await fallBack(before);
        for (const number of all.keys()) change(number, { said: 0 });
        break;
    }
  const known = new Set(all.flatMap(({ kept }) => kept.map(({ heardAt }) => heardAt)));
  const inLog = new Set((await log()).map(({ at: index }) => index));
  for (const number of all.keys()) await say(number, Number.POSITIVE_INFINITY);
  return { published, heardBy, expected: new Set([...known, ...inLog]) };
};

const log = async () =>
  (await redis.xrange(keys.log, "-", "+")).map(([, fields]) => {
    const named = new Map(Array.from({ length: fields.length / 2 }, (_, n) => [fields[2 * n], fields[2 * n + 1]]));
    return { at: elapsed - Number(named.get("waited")), channel: named.get("channel"), text: named.get("data") };
  });

test("the log is what was published, each message once, whoever hears, lags, is deaf, dies or says it again", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 60, size: "max" }), async (steps) => {
      const { published, heardBy, expected } = await run(steps);
      const entries = await log();
      const order = entries.map(({ at }) => at);
      expect([...order].sort((a, b) => a - b)).toEqual([...expected].sort((a, b) => a - b));
      for (const { at, channel, text } of entries) expect({ channel, text }).toEqual(published[at]);
      // One that stands too late was heard by nobody who had said the later one before.
      for (const [place, late] of order.entries())
        for (const early of order.slice(0, place))
          if (early > late)
            expect([...(heardBy[early] ?? [])].some((node) => heardBy[late]?.has(node) !== true)).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test("three that hear everything, in whatever order they say it: the log is it, in its order", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat({ max: 1 }), { minLength: 1, maxLength: 12, size: "max" }),
      fc.infiniteStream(fc.nat({ max: 2 })),
      async (words, turns) => {
        await redis.flushall();
        const sayings = words.map(
          (word, index): Saying => ({
            ...{ mark: "one", channel: "channel", nth: index + 1, heardAt: index, isAgain: false },
            payload: Buffer.from(textOf(word)),
          }),
        );
        const said = [0, 0, 0];
        while (said.some((count) => count < sayings.length)) {
          const [turn = 0] = turns.take(1);
          const from = said[turn] ?? 0;
          await append(redis, sayings.slice(from, from + 1), options);
          said[turn] = from + 1;
        }
        expect((await log()).map(({ text }) => text)).toEqual(words.map(textOf));
      },
    ),
    { numRuns: 200 },
  );
});
