import { expect, test } from "vitest";
import { timelines } from "./timeline.ts";
import { allHeard, becomes, expectTruth, type World, worldFor } from "./world.ts";

const updates = "fogis:matches:updates";

/** Publishes and waits until it is taken in. */
const publish = async (world: World, ...messages: readonly (string | Buffer)[]): Promise<void> => {
  for (const message of messages) await world.redis.publish(updates, message);
  await allHeard(world);
};

const messageOf = (matches: readonly unknown[], more: object = {}): string =>
  JSON.stringify({ type: "match_updates", payload: { matches }, ...more });

test.concurrent("what is refused is kept, with place and reason, and seen without what is personal", async (context) => {
  const world = await worldFor(context);
  const { service } = world;
  await becomes(service, "live");
  await expectTruth(world);
  const official = { personnamn: "Prov Domare", mobiltelefon: "0700000001", epostadress: "prov@example.com" };
  const good = { matchid: 7_000_001, lag1namn: "Alfa", lag2namn: "Beta", domaruppdraglista: [official] };
  await publish(
    world,
    "hello, call 0700000001",
    JSON.stringify({ type: "system_alert", payload: { alert_type: "x", severity: "terrible", message: "m" } }),
    messageOf([good, { lag1namn: "Gamma", lag2namn: "Delta", domaruppdraglista: [official] }]),
  );
  // The good match of a list with a bad one is taken.
  expect((await service.call("match", { id: "7000001" })).match).toMatchObject({ home: "Alfa", away: "Beta" });
  expect(await service.stats()).toMatchObject({ failed_messages: 2, rejected_matches: 1 });

  const { items } = await service.call("quarantine");
  expect(items.map(({ channel, path, reason }) => [channel, path, reason])).toEqual([
    [updates, "payload.matches[1].matchid", expect.stringContaining("must have an id")],
    [updates, "payload.severity", expect.stringContaining("expected one of")],
    [updates, "", expect.stringContaining("not JSON")],
  ]);
  for (const { preview, bytes } of items) {
    expect(preview).not.toMatch(/0700000001|prov@example\.com/);
    expect(preview).not.toBeNull();
    expect(bytes).toBeGreaterThan(0);
  }
  expect(items[0]?.preview).toContain("Prov Domare");
  const [newest] = items;
  const { message, payload, rejections } = await service.call("message", { id: newest?.id, personal: true });
  expect(message.verdict).toBe("partly");
  expect(payload).toContain("0700000001");
  expect(rejections).toHaveLength(1);
});

test.concurrent("a replay of what is still refused changes nothing, however often", async (context) => {
  const world = await worldFor(context);
  const { service } = world;
  await becomes(service, "live");
  await expectTruth(world);
  const good = { matchid: 7_000_001, lag1namn: "Alfa", lag2namn: "Beta", anlaggningnamn: "Ettan" };
  await publish(world, messageOf([good, { lag1namn: "Gamma" }]), "nothing");
  await publish(world, messageOf([{ ...good, anlaggningnamn: "Tvåan" }]));
  const before = { timelines: await timelines(world), quarantine: await service.call("quarantine") };
  expect(await service.call("replay")).toMatchObject({ replayed: 2, accepted: 0 });
  const [item] = before.quarantine.items;
  expect(await service.call("replay", { id: item?.id })).toMatchObject({ replayed: 1, accepted: 0 });
  // The older venue of the list in quarantine is not told anew.
  expect({ timelines: await timelines(world), quarantine: await service.call("quarantine") }).toEqual(before);
  await expect(service.call("replay", { id: 123_456 })).rejects.toMatchObject({ problem: { kind: "not-found" } });
});

test.concurrent("a replay takes what can be read now: UTF-16, once REDIS_DECODE_RESPONSES=false", async (context) => {
  const world = await worldFor(context, { settings: { AVSPARK_MATCHES_URL: "" } });
  const { service, redis } = world;
  await becomes(service, "live");
  const match = { matchid: 7_000_002, lag1namn: "Örgryte IS", lag2namn: "Åtvidabergs FF", anlaggningnamn: "Ettan" };
  const told = Buffer.from(messageOf([match], { timestamp: new Date().toISOString() }), "utf16le");
  await publish(world, told, "nothing");
  await publish(world, messageOf([{ ...match, anlaggningnamn: "Tvåan", matchid: 7_000_003 }]));
  expect((await service.stats()).failed_messages).toBe(2);
  await expect(service.call("match", { id: "7000002" })).rejects.toMatchObject({ problem: { kind: "not-found" } });

  await service.restart({ REDIS_URL: redis.url, REDIS_DECODE_RESPONSES: "false" });
  expect(await service.call("replay")).toMatchObject({ replayed: 2, accepted: 1 });
  const { match: known, changes } = await service.call("match", { id: "7000002" });
  expect(known).toMatchObject({ home: "Örgryte IS", away: "Åtvidabergs FF", venue: "Ettan" });
  expect(changes.map(({ difference }) => difference.field)).toEqual(["added"]);
  expect((await service.call("quarantine")).items.map(({ reason }) => reason)).toEqual([
    expect.stringContaining("not JSON"),
  ]);
  expect(await service.call("replay")).toMatchObject({ replayed: 1, accepted: 0 });
  // From now on such messages are simply heard.
  await becomes(service, "live");
  await publish(world, Buffer.from(messageOf([{ ...match, matchid: 7_000_004 }]), "utf16le"));
  expect((await service.call("match", { id: "7000004" })).match.venue).toBe("Ettan");
});
