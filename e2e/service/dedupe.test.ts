import { expect, test } from "vitest";
import { json, text } from "../fixtures/match-server.ts";
import { factsIn } from "./truth.ts";
import {
  allHeard,
  becomes,
  eventually,
  expectGapsClosed,
  expectTruth,
  expectWholeTimelines,
  type World,
  worldFor,
} from "./world.ts";

const ready = async (world: World): Promise<void> => {
  await becomes(world.service, "live");
  await expectTruth(world);
  await expectGapsClosed(world);
};

/** Publishes and waits until it is taken in. */
const publish = async (world: World, channel: string, ...messages: readonly string[]): Promise<void> => {
  for (const message of messages) await world.redis.publish(channel, message);
  await allHeard(world);
};

const updateOf = (match: unknown, timestamp: string, messageId?: string): string =>
  JSON.stringify({ type: "match_updates", timestamp, message_id: messageId, payload: { matches: [match] } });

test.concurrent("the same update on three channels in three dialects is one change, with where it came from", async (context) => {
  const world = await worldFor(context);
  const { service, truth, redis } = world;
  await ready(world);
  const event = await truth.tell(redis);
  await expectTruth(world);
  await eventually(async () => (await service.stats()).total_messages_received === 3);
  const { match, changes } = await service.call("match", { id: String(event.match.id) });
  expect(changes.map(({ difference }) => difference.field)).toEqual(["venue", "added"]);
  expect(changes[0]).toMatchObject({
    difference: { after: event.match.venue.name },
    origin: { dialect: "fogis", channel: "fogis:matches:updates" },
    note: { category: "venue_change", description: "Anläggning ändrad" },
  });
  expect(match.sources).toEqual([
    { dialect: "fogis", channel: "http" },
    { dialect: "fogis", channel: "fogis:matches:updates" },
    { dialect: "enhanced", channel: "fogis:matches:updates:v2" },
    { dialect: "legacy", channel: "fogis:matches:updates:v1" },
  ]);
});

test.concurrent("less detailed words erase nothing, older ones overwrite nothing, and the same message is counted once", async (context) => {
  const world = await worldFor(context);
  const { service, truth } = world;
  await ready(world);
  const [wire] = truth.list();
  const id = String(Object(wire).matchid);
  const known = (await service.call("match", { id })).match;
  const now = () => new Date().toISOString();

  // The guide's dialect knows nothing but the teams; legacy knows no phone numbers.
  await publish(
    world,
    "fogis:matches:updates",
    updateOf({ matchid: Number(id), hemmalag: known.home, bortalag: known.away }, now()),
  );
  await publish(
    world,
    "match_updates_v1",
    updateOf(
      {
        match_id: id,
        teams: `${known.home} vs ${known.away}`,
        referees: known.officials.map(({ name }) => name),
        venue: "",
      },
      now(),
    ),
  );
  expect(factsIn((await service.call("match", { id })).match)).toEqual(factsIn(known));

  const old = "2020-01-01T00:00:00Z";
  await publish(world, "fogis:matches:updates", updateOf({ ...Object(wire), anlaggningnamn: "Gamla planen" }, old));
  expect((await service.call("match", { id })).match.venue).toBe(known.venue);

  const same = updateOf({ ...Object(wire), anlaggningnamn: "Nya planen" }, now(), "the-same");
  await publish(world, "fogis:matches:updates", same, same);
  await publish(world, "fogis:matches:updates:v2", same);
  expect((await service.stats()).duplicate_messages).toBe(2);
  const { match, changes } = await service.call("match", { id });
  expect(match.venue).toBe("Nya planen");
  expect(changes.map(({ difference }) => difference.field)).toEqual(["venue", "added"]);
});

test.concurrent("a full list says what is gone, and what is back", async (context) => {
  const world = await worldFor(context);
  const { service, truth } = world;
  await ready(world);
  const [first] = truth.list();
  const id = String(truth.drop());
  await service.call("fetchMatches");
  await expectTruth(world);
  const all = (await service.call("matches", { gone: true })).matches;
  expect(all.filter(({ goneAt }) => goneAt !== null).map((match) => match.id)).toEqual([id]);
  expect((await service.call("match", { id })).changes[0]?.difference).toEqual({ field: "gone" });
  // The same list again says nothing new.
  await service.call("fetchMatches");
  await publish(world, "fogis:matches:updates", updateOf(first, new Date().toISOString()));
  const { match, changes } = await service.call("match", { id });
  expect(match.goneAt).toBeNull();
  expect(changes.map(({ difference }) => difference.field)).toEqual(["returned", "gone", "added"]);
  // The source was right after all.
  await service.call("fetchMatches");
  await expectTruth(world);
  await expectWholeTimelines(world);
});

test.concurrent("a publisher whose clock is minutes behind ours is believed all the same", async (context) => {
  const world = await worldFor(context);
  const { service, truth, redis, source } = world;
  await ready(world);
  const behind = {
    publish: (channel: string, message: string | Buffer) => {
      const timestamp = new Date(Date.now() - 180_000).toISOString();
      return redis.publish(channel, JSON.stringify({ ...JSON.parse(String(message)), timestamp }));
    },
  };
  // The first words look older than the list before them; then the clocks are known, and the list is asked for anew.
  await truth.tell(behind);
  await expectTruth(world);
  source.answerWith(text("oh no", { status: 500 }));
  for (let change = 0; change < 5; change += 1) await truth.tell(behind);
  await expectTruth(world);
  source.answerWith(truth.answer);
  await service.call("fetchMatches");
  const requests = source.requests.length;
  await truth.tell(behind);
  await expectTruth(world);
  expect(source.requests.length).toBe(requests);
  // What is older than that is old.
  const [wire] = truth.list();
  const old = { ...Object(wire), anlaggningnamn: "Gamla planen" };
  await publish(world, "fogis:matches:updates", updateOf(old, new Date(Date.now() - 400_000).toISOString()));
  await expectTruth(world);
  await expectWholeTimelines(world);
});

test.concurrent("a list that names a match twice does not change it back and forth", async (context) => {
  const world = await worldFor(context);
  const { service, truth, source } = world;
  await ready(world);
  const [first, ...rest] = truth.list();
  source.answerWith(json([{ ...Object(first), anlaggningnamn: "Annan plan" }, first, ...rest]));
  for (let time = 0; time < 3; time += 1) await service.call("fetchMatches");
  await expectTruth(world);
  const { changes } = await service.call("match", { id: String(Object(first).matchid) });
  expect(changes.map(({ difference }) => difference.field)).toEqual(["added"]);
});
