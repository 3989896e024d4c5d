import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { alertSchema } from "../../src/shared/alert.ts";
import { changeSchema } from "../../src/shared/change.ts";
import { messageSummarySchema } from "../../src/shared/message.ts";
import { until } from "../fixtures/until.ts";
import { ask, expectFailure } from "./ask.ts";
import { type EventReader, range, readEvents } from "./events.ts";
import { serviceFor, startService, type TestService } from "./service.ts";
import { alertOf, guideMatch, statusOf, updateOf, updates } from "./wire.ts";

const readerFor = async (...args: Parameters<typeof readEvents>): Promise<EventReader> => {
  const reader = await readEvents(...args);
  onTestFinished(reader.close);
  return reader;
};

describe("/events", () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.close());

  const lastIds = () => service.service.readings().lastIds;
  /** Each in a message of its own. */
  const publish = async (...ids: readonly number[]): Promise<void> => {
    const { received } = service.service.readings().counters;
    for (const id of ids) await service.redis.publish(updates, updateOf([guideMatch(id, { rand: Math.random() })]));
    await service.received(received + ids.length);
  };

  it("is a stream of server-sent events that nothing on the way holds back", async () => {
    const reader = await readerFor(service.address);
    expect(reader.status).toBe(200);
    expect(reader.headers).toMatchObject({
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store",
      "x-accel-buffering": "no",
      "x-content-type-options": "nosniff",
    });
    expect(Object.keys(reader.headers).filter((name) => name.startsWith("access-control"))).toEqual([]);
  });

  it("tells on arrival how things stand", async () => {
    await service.redis.publish("fogis:system:alerts", alertOf("Something is wrong."));
    await until(() => service.service.readings().alerts.length > 0);
    const reader = await readerFor(service.address);
    const { data } = await reader.hears("state");
    expect(data).toMatchObject({
      connection: { state: "live" },
      source: { state: "unconfigured" },
      targets: [{ name: "ics" }],
    });
    const { data: alert } = await reader.hears("alert", (told) => JSON.stringify(told).includes("Something is wrong."));
    expect(alertSchema.parse(alert).cause).toMatchObject({ kind: "system", text: "Something is wrong." });
  });

  it("tells messages, changes, alerts and state as they come, each with its place", async () => {
    const reader = await readerFor(service.address);
    await reader.hears("state");
    const before = lastIds();
    await publish(501, 502);
    await service.redis.publish("fogis:system:alerts", alertOf("Another thing is wrong."));
    await reader.hears("alert", (data) => JSON.stringify(data).includes("Another thing"));
    await reader.hears("message", (data) => messageSummarySchema.parse(data).id === before.message + 3);
    expect(reader.messageIds()).toEqual(range(before.message + 1, before.message + 3));
    expect(reader.changeIds()).toEqual(range(before.change + 1, before.change + 2));
    for (const { name, data, id } of reader.told) {
      if (name === "message") expect(id).toMatch(new RegExp(`^${messageSummarySchema.parse(data).id}-\\d+$`));
      if (name === "change") expect(id).toMatch(new RegExp(`^\\d+-${changeSchema.parse(data).id}$`));
    }
    expect(reader.lastEventId()).toBe(`${before.message + 3}-${before.change + 2}`);
  });

  it("tells when the connection is lost and found again", async () => {
    const reader = await readerFor(service.address, { query: "?types=state" });
    await reader.hears("state");
    const wasAway = (): boolean =>
      reader.told.some(({ data }) => JSON.stringify(data).includes('"state":"reconnecting"'));
    // One that is back before the next delta was never away for those who look.
    const cutOff = async (): Promise<boolean> => {
      if (!wasAway()) await service.redis.command("CLIENT", "KILL", "TYPE", "pubsub");
      return wasAway();
    };
    await until(cutOff, { everyMs: 500, withinMs: 60_000 });
    await until(() => JSON.stringify(reader.told.at(-1)?.data).includes('"state":"live"'));
    expect(new Set(reader.told.map(({ name }) => name))).toEqual(new Set(["state"]));
  });

  describe("filters", () => {
    const heardWith = async (query: string) => {
      const reader = await readerFor(service.address, { query });
      const end = await readerFor(service.address, { query: "?types=message" });
      await publish(601, 602);
      await service.redis.publish("match_updates_v1", updateOf([guideMatch(603)]));
      await service.redis.publish("match_updates_v2", "no message");
      await service.redis.publish("fogis:processor:status", statusOf(7));
      await end.hears("message", (data) => JSON.stringify(data).includes("processing_status"));
      // What is told later is told to this reader as well.
      await publish(601);
      await until(() => end.messageIds().length === 6);
      return reader.told.filter(({ name }) => name === "message" || name === "change");
    };

    it.each([
      { query: "?types=message", messages: 6, changes: 0 },
      { query: "?types=change,alert", messages: 0, changes: 3 },
      { query: "?types=message&channel=match_updates_v1", messages: 1, changes: 0 },
      { query: "?types=message&type=processing_status", messages: 1, changes: 0 },
      { query: "?types=message&verdict=invalid", messages: 1, changes: 0 },
      { query: "?matchId=602", messages: 1, changes: 1 },
      { query: "?matchId=601&types=message", messages: 2, changes: 0 },
    ])("$query", async ({ query, messages, changes }) => {
      const told = await heardWith(query);
      // Matches are new only to the first of these cases.
      expect(told.filter(({ name }) => name === "message")).toHaveLength(messages);
      expect(told.filter(({ name }) => name === "change").length).toBeLessThanOrEqual(changes);
    });

    it.each(["?types=everything", "?types=", "?verdict=good", "?since=1", "?types=message&types=change"])(
      "refuses %s",
      async (query) => {
        expectFailure(await ask(`${service.address}/events${query}`), "input-invalid");
      },
    );
  });

  describe("after a pause", () => {
    it("goes on where it was, without loss or repeat", async () => {
      const first = await readerFor(service.address, { query: "?types=message,change" });
      await publish(701, 702, 703);
      await until(() => first.messageIds().length === 3 && first.changeIds().length === 3);
      first.close();
      const at = lastIds();
      await publish(704, 705, 706, 707);
      const second = await readerFor(service.address, {
        query: "?types=message,change",
        lastEventId: first.lastEventId(),
      });
      await publish(708);
      await until(() => second.messageIds().length >= 5 && second.changeIds().length >= 5);
      expect(second.messageIds()).toEqual(range(at.message + 1, at.message + 5));
      expect(second.changeIds()).toEqual(range(at.change + 1, at.change + 5));
    });

    it("goes on from any event between, so that none is told twice", async () => {
      const whole = await readerFor(service.address, { query: "?types=message,change" });
      await publish(...range(711, 720));
      await until(() => whole.told.length === 20);
      for (const cut of [0, 3, 9, 10, 15, 18]) {
        const heard = whole.told.slice(0, cut + 1);
        const rest = await readerFor(service.address, {
          query: "?types=message,change",
          lastEventId: heard.at(-1)?.id ?? "",
        });
        await until(() => rest.told.length >= 19 - cut);
        const both = [...heard, ...rest.told].map(({ name, data }) => `${name} ${JSON.stringify(data)}`);
        expect(both.sort()).toEqual(whole.told.map(({ name, data }) => `${name} ${JSON.stringify(data)}`).sort());
      }
    });

    it.each(["", "yesterday", "-1-1", "1", "1-2-3", "99999999999999999999-1", "999999999-999999999"])(
      "with the strange place %j it begins now",
      async (lastEventId) => {
        const before = lastIds();
        const reader = await readerFor(service.address, { query: "?types=message", lastEventId });
        await publish(801);
        await until(() => reader.messageIds().length === 1);
        expect(reader.messageIds()).toEqual([before.message + 1]);
      },
    );

    it("reads a long absence from the journal, in order", async () => {
      const reader = await readerFor(service.address, { query: "?types=message", lastEventId: "0-0" });
      await until(() => reader.messageIds().length === lastIds().message);
      expect(reader.messageIds()).toEqual(range(1, lastIds().message));
    });
  });
});

it("ends its streams when it ends, and at once", async () => {
  const service = await startService();
  const readers = await Promise.all(range(1, 5).map(() => readEvents(service.address)));
  await Promise.all(readers.map((reader) => reader.hears("state")));
  const begun = performance.now();
  await service.close();
  expect(performance.now() - begun).toBeLessThan(5000);
  await until(() => readers.every((reader) => reader.ended()));
});

it("lets nobody wait for a client that does not read; when it reads again, it has missed nothing", async () => {
  const service = await serviceFor();
  const query = "?types=message";
  const stopped = await readerFor(service.address, { query });
  const others = await Promise.all(range(1, 3).map(() => readerFor(service.address, { query })));
  stopped.pause();
  // Long texts fill what lies between the two sides sooner.
  const text = "x".repeat(1900);
  const all = 10_000;
  for (const _ of range(1, all)) await service.redis.publish("fogis:system:alerts", alertOf(text));
  await service.received(all);
  await until(() => others.every((reader) => reader.messageIds().length === all));
  for (const other of others) expect(other.messageIds()).toEqual(range(1, all));
  expect(stopped.messageIds().length).toBeLessThan(all);

  stopped.resume();
  await until(() => stopped.messageIds().length === all);
  expect(stopped.messageIds()).toEqual(range(1, all));
  expect(stopped.ended()).toBe(false);
});

it("has room for so many clients, tells the next one so, and takes it when one has left", async () => {
  const service = await serviceFor();
  const readers = await Promise.all(Array.from({ length: 250 }, () => readerFor(service.address)));
  expectFailure(await ask(`${service.address}/events`), "too-many-clients");
  readers[0]?.close();
  await until(async () => (await readerFor(service.address)).status === 200, { what: () => "room for one more" });
});
