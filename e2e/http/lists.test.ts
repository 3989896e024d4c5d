import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { contract, type Output } from "../../src/shared/contract.ts";
import { ask, expectCalm, expectFailure, expectSuccess } from "./ask.ts";
import { serviceFor, startService, type TestService } from "./service.ts";
import { fogisMatch, guideMatch, statusOf, updateOf, updates } from "./wire.ts";

describe("lists", () => {
  const ids = Array.from({ length: 25 }, (_, index) => index + 1);
  let service: TestService;
  beforeAll(async () => {
    service = await startService();
    const fields = (id: number) => ({
      ...(id === 3 ? { installd: true } : {}),
      ...(id === 4 ? { uppskjuten: true } : {}),
      ...(id === 5 ? { avbruten: true } : {}),
      ...(id === 6 ? { arslutresultat: true } : {}),
    });
    for (const id of ids) await service.redis.publish(updates, updateOf([fogisMatch(id, fields(id))]));
    await service.redis.publish(updates, updateOf([guideMatch(99)]));
    await service.redis.publish("fogis:processor:status", statusOf(1));
    await service.redis.publish("match_updates_v1", "no message");
    await service.received(28);
  });
  afterAll(() => service.close());

  const matches = async (query = ""): Promise<Output<"matches">> =>
    expectSuccess(await ask(`${service.address}/matches${query}`), contract.matches.output);
  const messages = async (query = ""): Promise<Output<"messages">> =>
    expectSuccess(await ask(`${service.address}/messages${query}`), contract.messages.output);
  const idsOf = (output: Output<"matches">) => output.matches.map(({ id }) => id);

  describe("/matches", () => {
    it("answers every match, in the words that are fixed, ordered by kick-off", async () => {
      const all = await matches();
      expect(all.total).toBe(26);
      expect(all.next).toBeNull();
      expect(idsOf(all).slice(0, 25)).toEqual(ids.map(String));
      expect(all.matches[0]).toMatchObject({
        id: "1",
        number: "000000001",
        competition: "Provcupen",
        home: "Hemma 1 IF",
        away: "Borta 1 BK",
        kickoff: "2027-05-06T12:01:00.000Z",
        venue: "Provvallen 1",
        officials: [{ role: "Huvuddomare", name: "Prov Domare", phone: "0700000001", email: "domare@example.com" }],
        status: "scheduled",
      });
      expect(all.matches.find(({ id }) => id === "99")).toMatchObject({ kickoff: null, venue: null, officials: [] });
    });

    it("goes page by page without loss or repeat", async () => {
      const pages: string[][] = [];
      let cursor: string | null = "";
      while (cursor !== null) {
        const page: Output<"matches"> = await matches(
          `?limit=7${cursor === "" ? "" : `&cursor=${encodeURIComponent(cursor)}`}`,
        );
        expect(page.total).toBe(26);
        pages.push(idsOf(page));
        cursor = page.next;
      }
      expect(pages.map(({ length }) => length)).toEqual([7, 7, 7, 5]);
      expect(pages.flat()).toEqual(idsOf(await matches()));
      expectFailure(await ask(`${service.address}/matches?cursor=nowhere`), "input-invalid");
    });

    it("goes on where it was though the last match of the page has moved", async () => {
      const moving = await serviceFor();
      const get = async (query: string): Promise<Output<"matches">> =>
        expectSuccess(await ask(`${moving.address}/matches${query}`), contract.matches.output);
      await moving.redis.publish(updates, updateOf([1, 2, 3, 4, 5, 6].map((id) => fogisMatch(id))));
      await moving.received(1);
      const first = await get("?limit=3");
      await moving.redis.publish(updates, updateOf([fogisMatch(3, { tid: `/Date(${Date.UTC(2028, 1, 1)})/` })]));
      await moving.received(2);
      const second = await get(`?limit=3&cursor=${encodeURIComponent(first.next ?? "")}`);
      expect(idsOf(first)).toEqual(["1", "2", "3"]);
      expect(idsOf(second)).toEqual(["4", "5", "6"]);
    });

    it.each([
      ["?status=cancelled", ["3"]],
      ["?status=postponed", ["4"]],
      ["?status=abandoned", ["5"]],
      ["?status=completed", ["6"]],
      ["?competition=Provserien&limit=3", ["2", "4", "6"]],
      ["?from=2027-05-06T12:24:00Z", ["24", "25"]],
      ["?until=2027-05-06T12:03:00.000Z", ["1", "2"]],
      ["?from=2027-05-06T12:07:00Z&until=2027-05-06T12:09:00Z", ["7", "8"]],
      ["?search=hemma%2013", ["13"]],
      ["?search=BORTA%2099", ["99"]],
      ["?search=nobody", []],
    ])("filters by %s", async (query, found) => {
      expect(idsOf(await matches(query))).toEqual(found);
    });

    it("changedSince tells what has changed since", async () => {
      const { matches: all } = await matches();
      const since = all.map(({ updatedAt }) => updatedAt).sort()[20];
      const changed = await matches(`?changedSince=${since}`);
      expect(changed.matches.length).toBeGreaterThan(0);
      for (const { updatedAt } of changed.matches) expect(updatedAt >= (since ?? "")).toBe(true);
      expect(idsOf(await matches("?changedSince=2100-01-01T00:00:00Z"))).toEqual([]);
    });

    it.each([
      ["?status=gone", "status must be one of scheduled, postponed, cancelled, abandoned, completed."],
      ["?limit=0", "limit must be at least 1."],
      ["?limit=10001", "limit must be at most 10000."],
      ["?limit=many", "limit must be a number."],
      ["?limit=1.5", "limit must be a whole number."],
      ["?limit=1&limit=2", "limit must be a number."],
      ["?from=yesterday", "from must be a time in UTC such as 2027-05-06T15:00:00.000Z."],
      [`?search=${"x".repeat(201)}`, "search must be at most 200 characters long."],
      ["?sort=home", /There is a field too many; this knows cursor, limit, status/],
    ])("says what is wrong with %s", async (query, error) => {
      expect(expectFailure(await ask(`${service.address}/matches${query}`), "input-invalid").error).toMatch(error);
    });

    it("one match tells its timeline and the messages that touched it", async () => {
      const output = expectSuccess(await ask(`${service.address}/matches/3`), contract.match.output);
      expect(output.match).toMatchObject({ id: "3", status: "cancelled" });
      expect(output.changes.map(({ difference }) => difference.field)).toEqual(["added"]);
      expect(output.messages).toHaveLength(1);
      expectFailure(await ask(`${service.address}/matches/12345`), "not-found");
    });
  });

  describe("/messages", () => {
    it("newest first, page by page without loss or repeat", async () => {
      const all = await messages();
      expect(all.messages).toHaveLength(28);
      expect(all.messages.map(({ id }) => id)).toEqual(all.messages.map(({ id }) => id).sort((a, b) => b - a));
      const pages: number[][] = [];
      let cursor: string | null = "";
      while (cursor !== null) {
        const page: Output<"messages"> = await messages(`?limit=10${cursor === "" ? "" : `&cursor=${cursor}`}`);
        pages.push(page.messages.map(({ id }) => id));
        cursor = page.next;
      }
      expect(pages.flat()).toEqual(all.messages.map(({ id }) => id));
    });

    it("filters", async () => {
      expect((await messages("?type=processing_status")).messages).toHaveLength(1);
      expect((await messages("?verdict=invalid")).messages.map(({ channel }) => channel)).toEqual(["match_updates_v1"]);
      expect((await messages("?channel=fogis:processor:status")).messages).toHaveLength(1);
      expect((await messages("?matchId=7")).messages).toHaveLength(1);
      expect((await messages("?matchId=7&verdict=invalid")).messages).toEqual([]);
      expectFailure(await ask(`${service.address}/messages?cursor=x`), "input-invalid");
    });

    it("one message tells its payload, and where it was refused", async () => {
      const [refused] = (await messages("?verdict=invalid")).messages;
      const output = expectSuccess(await ask(`${service.address}/messages/${refused?.id}`), contract.message.output);
      expect(output.payload).toBe("no message");
      expect(output.rejections).toHaveLength(1);
      expectFailure(await ask(`${service.address}/messages/123456`), "not-found");
      expectFailure(await ask(`${service.address}/messages/zero`), "input-invalid");
    });
  });

  describe("ETag", () => {
    it.each(["/matches?status=scheduled", "/messages?limit=3", "/calendar.ics"])(
      "spares %s while it is the same",
      async (path) => {
        const first = await ask(service.address + path);
        const { etag } = first.headers;
        expect(etag).toMatch(/^(W\/)?"[\w-]+"$/);
        for (const known of [etag, `"other", ${etag}`, etag?.replace("W/", ""), "*"]) {
          const again = await ask(service.address + path, { headers: { "if-none-match": known } });
          expect(again.status).toBe(304);
          expect(again.text).toBe("");
          expect(again.headers.etag).toBe(etag);
          expectCalm(again);
        }
        expect((await ask(service.address + path, { headers: { "if-none-match": '"other"' } })).status).toBe(200);
      },
    );

    it("differs when the list does", async () => {
      const { etag } = (await ask(`${service.address}/matches`)).headers;
      await service.redis.publish(updates, updateOf([fogisMatch(1, { anlaggningnamn: "Provvallen 2" })]));
      await service.received(29);
      const changed = await ask(`${service.address}/matches`, { headers: { "if-none-match": etag } });
      expect(changed.status).toBe(200);
      expect(changed.headers.etag).not.toBe(etag);
      const other = await ask(`${service.address}/matches?limit=5`);
      expect(other.headers.etag).not.toBe(changed.headers.etag);
    });
  });
});

it("/matches answers 10,000 matches without asking for a page", async () => {
  const service = await serviceFor();
  for (let first = 1; first <= 10_000; first += 1000) {
    const matches = Array.from({ length: 1000 }, (_, index) => fogisMatch(first + index));
    await service.redis.publish(updates, updateOf(matches));
  }
  await service.received(10);
  const output = expectSuccess(await ask(`${service.address}/matches`), contract.matches.output);
  expect(output.matches).toHaveLength(10_000);
  expect(output.total).toBe(10_000);
  expect(output.next).toBeNull();
  expect(new Set(output.matches.map(({ id }) => id)).size).toBe(10_000);
});

describe("the calendar", () => {
  it("is iCalendar, and is spared while it is the same", async () => {
    const service = await serviceFor();
    const answer = await ask(`${service.address}/calendar.ics`);
    expect(answer.status).toBe(200);
    expect(answer.headers["content-type"]).toBe("text/calendar; charset=utf-8");
    expect(answer.text).toMatch(/^BEGIN:VCALENDAR\r\n[\s\S]*END:VCALENDAR\r\n$/);
    const modified = answer.headers["last-modified"] ?? "";
    const since = (time: string) => ask(`${service.address}/calendar.ics`, { headers: { "if-modified-since": time } });
    expect((await since(modified)).status).toBe(304);
    expect((await since(new Date(Date.parse(modified) + 60_000).toUTCString())).status).toBe(304);
    expect((await since(new Date(Date.parse(modified) - 60_000).toUTCString())).status).toBe(200);
    expect((await since("yesterday")).status).toBe(200);
  });
});
