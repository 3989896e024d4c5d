import { expect, test } from "vitest";
import { fogisMatch, guideMatch } from "../http/wire.ts";
import { type Listed, listedFor } from "./listed.ts";
import { eventually } from "./world.ts";

/** What becomes of matches by lists and by a person's word, over HTTP and over restarts. */

const hourMs = 3_600_000;
const inHours = (hours: number): string => `/Date(${Date.now() + hours * hourMs})/`;

/** A match some hours ahead. */
const ahead = (id: number, hours: number, more: object = {}): object =>
  fogisMatch(id, { tid: inHours(hours), ...more });

const view = async ({ service }: Listed, id: number) => (await service.call("match", { id: String(id) })).match;
const timeline = async ({ service }: Listed, id: number): Promise<readonly string[]> =>
  (await service.call("match", { id: String(id) })).changes.map(({ difference }) => difference.field);
const hasEvent = async ({ service }: Listed, id: number): Promise<boolean> =>
  (await (await fetch(`${service.address()}/calendar.ics`)).text()).includes(`Hemma ${id} `);

test.concurrent("a played match is over, not gone: it keeps its event, and nothing is said", async (context) => {
  const [played, coming] = [ahead(1, -48, { arslutresultat: true }), ahead(2, 48)];
  const world = await listedFor(context, [played, coming]);
  await eventually(() => hasEvent(world, 2), { what: () => "the events" });
  const had = await hasEvent(world, 1);
  await world.list([coming]);
  expect(await view(world, 1)).toMatchObject({ goneAt: null, inDoubt: null });
  expect(await timeline(world, 1)).not.toContain("gone");
  expect(await hasEvent(world, 1)).toBe(had);
  expect((await world.service.call("alerts", {})).alerts).toEqual([]);
});

test.concurrent("a match that no list ever had stays until a person removes it, also over a restart", async (context) => {
  const listed = [ahead(1, 24), ahead(2, 48)];
  const world = await listedFor(context, listed);
  const { service } = world;
  await service.call("manualSync", { matches: [guideMatch(9, { datum: "2027-05-06", tid: "15:00" })] });
  await world.list(listed);
  expect(await view(world, 9)).toMatchObject({ goneAt: null, enteredByHand: true, inDoubt: null });
  await eventually(() => hasEvent(world, 9), { what: () => "its event" });

  await expect(service.call("remove", { matchId: "1" })).rejects.toMatchObject({ problem: { kind: "match-listed" } });
  await expect(service.call("remove", { matchId: "77" })).rejects.toMatchObject({ problem: { kind: "not-found" } });
  expect(await service.call("remove", { matchId: "9" })).toMatchObject({
    message: "Removed",
    match: { goneBy: "person" },
  });
  await eventually(async () => !(await hasEvent(world, 9)), { what: () => "its event gone" });
  expect((await service.matches()).map(({ id }) => id)).toEqual(["1", "2"]);
  await service.restart();
  expect(await view(world, 9)).toMatchObject({ goneBy: "person" });
  await service.call("remove", { matchId: "9", removed: false });
  await eventually(() => hasEvent(world, 9), { what: () => "its event again" });
  expect(await timeline(world, 9)).toEqual(["returned", "removed", "added"]);
});

test.concurrent("a friendly that a person enters survives the next list, can be changed and removed", async (context) => {
  const listed = [ahead(1, 24), ahead(2, 48)];
  const world = await listedFor(context, listed);
  const { service } = world;
  const kickoff = new Date(Date.now() + 72 * hourMs).toISOString();
  const friendly = { home: "Hemma 9 IF", away: "Borta BK", kickoff, venue: "Heden" };
  const { id } = (await service.call("enter", { match: friendly })).match;
  await world.list(listed);
  const one = async () => (await service.call("match", { id })).match;
  expect(await one()).toMatchObject({ ...friendly, goneAt: null, enteredByHand: true });
  await eventually(() => hasEvent(world, 9), { what: () => "its event" });

  await service.call("enter", { id, match: { ...friendly, venue: null, status: "cancelled" } });
  expect(await one()).toMatchObject({ venue: null, status: "cancelled", enteredByHand: true });
  await expect(service.call("enter", { id: "1", match: friendly })).rejects.toMatchObject({
    problem: { kind: "input-invalid", at: "id" },
  });
  expect(await service.call("remove", { matchId: id })).toMatchObject({ match: { goneBy: "person" } });
});

test.concurrent("a declined match has no event, is shown as declined, and can be taken back", async (context) => {
  const listed = [ahead(1, 24), ahead(2, 48)];
  const world = await listedFor(context, listed);
  const { service } = world;
  await eventually(() => hasEvent(world, 1), { what: () => "its event" });
  expect(await service.call("decline", { matchId: "1" })).toMatchObject({ message: "Declined" });
  await eventually(async () => !(await hasEvent(world, 1)), { what: () => "its event gone" });
  await service.restart();
  // Told of again with a change, it is still not ours.
  await world.list([ahead(1, 26, { anlaggningnamn: "Provvallen 2" }), ahead(2, 48)]);
  expect(await view(world, 1)).toMatchObject({
    declinedAt: expect.any(String),
    venue: "Provvallen 2",
    placements: { ics: { state: "skipped", reason: "declined" } },
  });
  expect(await hasEvent(world, 1)).toBe(false);
  expect((await service.matches()).map(({ id }) => id)).toContain("1");
  await service.call("decline", { matchId: "1", declined: false });
  await eventually(() => hasEvent(world, 1), { what: () => "its event again" });
  expect((await timeline(world, 1))[0]).toBe("reclaimed");
});

test.concurrent("a list that lacks many at once is not believed before the next one agrees", async (context) => {
  const season = Array.from({ length: 30 }, (_, index) => ahead(index + 1, 24 + index));
  const world = await listedFor(context, season);
  const { service } = world;
  const cut = season.filter((_, index) => index < 3 || index === 29);
  await world.list(cut);
  expect(await service.matches()).toHaveLength(30);
  expect(await view(world, 10)).toMatchObject({ goneAt: null, inDoubt: { reason: "many-missing" } });
  expect(await view(world, 1)).toMatchObject({ inDoubt: null });
  // A person knows better of one of them.
  await service.call("remove", { matchId: "10", removed: false });
  await service.restart();
  await eventually(async () => (await service.matches()).length === 5, { what: () => "a list that agrees" });
  expect((await service.matches()).map(({ id }) => id)).toEqual(["1", "2", "3", "10", "30"]);
  await world.list(season);
  expect(await service.matches()).toHaveLength(30);
  expect(await timeline(world, 10)).toEqual(["kept", "added"]);
});
