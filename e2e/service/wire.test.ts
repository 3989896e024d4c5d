import { expect, test } from "vitest";
import { becomes, eventually, expectAllWell, expectTruth, hearsAgain, worldFor } from "./world.ts";

const updates = "fogis:matches:updates";
const text = (value: unknown): string => JSON.stringify(value);
const update = (...matches: readonly unknown[]): string => text({ type: "match_updates", payload: { matches } });
const fogis = (id: number, more: object = {}): object => ({ matchid: id, lag1namn: "Alfa", lag2namn: "Beta", ...more });

const megabyte = 1024 * 1024;

/** What is on the wire, and where it is refused. */
const refused: readonly (readonly [about: string, message: string | Buffer, path: string, reason: RegExp])[] = [
  ["nothing", "", "", /empty/],
  ["not UTF-8", Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), "", /not UTF-8/],
  [
    "UTF-8 that breaks off within a letter",
    Buffer.concat([Buffer.from(update(fogis(1))), Buffer.of(0xc3)]),
    "",
    /not UTF-8/,
  ],
  ["not JSON", "hello", "", /not JSON/],
  ["cut off", update(fogis(1)).slice(0, -5), "", /not JSON/],
  ["a text", '"hello"', "", /expected an object/],
  ["nested deeper than any message", `${"[".repeat(100_000)}${"]".repeat(100_000)}`, "[0]", /expected an object/],
  ["larger than 5 MB", text({ type: "match_updates", x: "x".repeat(5 * megabyte) }), "", /AVSPARK_MAX_MESSAGE_MB/],
  ["a type by birth", text({ type: "__proto__", payload: {} }), "type", /expected one of/],
  ["a payload that is a text", text({ type: "match_updates", payload: "x" }), "payload", /expected an object/],
  ["a huge id", update(fogis(1e300)), "payload.matches[0].matchid", /must have an id/],
  ["an id that is a list", update({ ...fogis(1), matchid: [1] }), "payload.matches[0].matchid", /must have an id/],
  [
    "matches that are text",
    text({ type: "match_updates", payload: { matches: "many" } }),
    "payload.matches",
    /expected a list/,
  ],
  ["a match that is nothing", update(null), "payload.matches[0]", /expected an object/],
];

test.concurrent("whatever comes over the wire is a match or a refusal with its place, and never the end", async (context) => {
  const world = await worldFor(context, { settings: { AVSPARK_MAX_MESSAGE_MB: "5" } });
  const { service, redis } = world;
  await becomes(service, "live");
  await expectTruth(world);
  const pid = service.pid();
  for (const [, message] of refused) await redis.publish(updates, message);
  await eventually(async () => (await service.stats()).failed_messages === refused.length, {
    what: () => `${refused.length} refusals`,
  });
  const { items } = await service.call("quarantine");
  const kept = items.toReversed();
  for (const [index, [about, , path, reason]] of refused.entries()) {
    expect(kept[index]?.path, about).toBe(path);
    expect(kept[index]?.reason, about).toMatch(reason);
  }
  // The one too large is kept by its header alone.
  const large = kept[refused.findIndex(([about]) => about === "larger than 5 MB")];
  expect(large).toMatchObject({ preview: null });
  expect(large?.bytes).toBeGreaterThan(5 * megabyte);
  expect(Object.prototype).not.toHaveProperty("polluted");

  await hearsAgain(world);
  // So many refusals are an alert until what comes is right again.
  for (let told = 0; told < 50; told += 1) await world.truth.tell(redis);
  await expectAllWell(world);
  expect(service.pid()).toBe(pid);
});

test.concurrent("a match is taken whatever stands in one of its fields, and what stands beside it is used", async (context) => {
  const world = await worldFor(context, { settings: { AVSPARK_MATCHES_URL: "" } });
  const { service, redis } = world;
  await becomes(service, "live");
  await redis.publish(
    updates,
    update(
      fogis(71, { tid: "see list", speldatum: "2027-05-08", avsparkstid: "15:00", lag1namn: ["?"], installd: 1 }),
      fogis(73, { lag2namn: JSON.parse(`${"[".repeat(200)}${"]".repeat(200)}`), anlaggningnamn: "Provplan" }),
      fogis(72, { tid: null, speldatum: "2027-02-30", avsparkstid: "12:00", domaruppdraglista: "Prov Domare" }),
    ),
  );
  await redis.publish(updates, text({ type: "match_updates", payload: { metadata: { has_changes: false } } }));
  await eventually(async () => (await service.stats()).successful_messages === 2, { what: () => "two messages taken" });
  const { matches } = await service.call("matches");
  expect(matches.find(({ id }) => id === "73")).toMatchObject({ home: "Alfa", away: null, venue: "Provplan" });
  const others = matches.filter(({ id }) => id !== "73");
  expect(others.map(({ id, kickoff, home, status }) => ({ id, kickoff, home, status }))).toEqual([
    { id: "71", kickoff: "2027-05-08T13:00:00.000Z", home: null, status: "cancelled" },
    { id: "72", kickoff: null, home: expect.stringMatching(/./), status: "scheduled" },
  ]);
  expect((await service.call("quarantine")).items).toEqual([]);
});

test.concurrent("names and times of every kind come through whole", async (context) => {
  const world = await worldFor(context, { settings: { AVSPARK_MATCHES_URL: "" } });
  const { service, redis } = world;
  await becomes(service, "live");
  const emoji = "Hammarby 👩‍👩‍👧‍👦⚽️ IF";
  const rightToLeft = "נבחרת \u202Eאבג\u202C";
  await redis.publish(
    updates,
    update(
      fogis(1, { lag1namn: emoji, lag2namn: rightToLeft, anlaggningnamn: "مَلعَب" }),
      // Twice on the clock that night: the first is meant unless told exactly.
      fogis(2, { speldatum: "2026-10-25", avsparkstid: "02:30" }),
      fogis(3, { tid: `/Date(${Date.UTC(2026, 9, 25, 1, 30)})/` }),
      // Skipped by the clock that night.
      fogis(4, { speldatum: "2027-03-28", avsparkstid: "02:30" }),
      JSON.parse(
        '{"matchid":5,"lag1namn":"A","lag2namn":"B","__proto__":{"polluted":true},"constructor":{"prototype":1}}',
      ),
    ),
  );
  await eventually(async () => (await service.stats()).total_messages_received === 1);
  const matches = new Map((await service.matches()).map((match) => [match.id, match]));
  expect(matches.get("1")).toMatchObject({ home: emoji, away: rightToLeft, venue: "مَلعَب" });
  expect(matches.get("2")?.kickoff).toBe("2026-10-25T00:30:00.000Z");
  expect(matches.get("3")?.kickoff).toBe("2026-10-25T01:30:00.000Z");
  expect(matches.get("4")?.kickoff).toBe("2027-03-28T01:30:00.000Z");
  expect(matches.get("5")).toMatchObject({ home: "A", away: "B" });
  expect(Object.keys(matches.get("5") ?? {})).not.toContain("polluted");
  expect((await service.call("matches", { search: "👩‍👩‍👧‍👦" })).matches).toHaveLength(1);
});

test.concurrent("10,000 matches in one message, and the next one is heard at once", async (context) => {
  const world = await worldFor(context, { settings: { AVSPARK_MATCHES_URL: "" } });
  const { service, redis } = world;
  await becomes(service, "live");
  const many = Array.from({ length: 10_000 }, (_, index) =>
    fogis(index + 1, { tid: `/Date(${Date.UTC(2027, 4, 1)})/` }),
  );
  await redis.publish(updates, update(...many));
  await redis.publish(updates, update(fogis(10_001)));
  await eventually(async () => (await service.stats()).matches === 10_001, { withinMs: 30_000, everyMs: 100 });
  const { matches, total } = await service.call("matches");
  expect([matches.length, total]).toEqual([10_001, 10_001]);
  expect((await service.connection()).state).toBe("live");
  expect(await service.gaps()).toEqual([]);
});
