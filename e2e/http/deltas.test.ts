import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { z } from "zod";
import { applyDelta, openState, type WindowState } from "../../src/renderer/apply.ts";
import { helloSchema, protocol } from "../../src/shared/protocol.ts";
import { deltaSchema, snapshotSchema } from "../../src/shared/snapshot.ts";
import { soon } from "../../src/shared/testing/soon.ts";
import { until } from "../fixtures/until.ts";
import { ask, expectFailure, expectSuccess } from "./ask.ts";
import { type EventReader, readEvents } from "./events.ts";
import { startService, type TestService } from "./service.ts";
import { guideMatch, updateOf, updates } from "./wire.ts";

const answered = z.object({ snapshot: snapshotSchema });

describe("what windows elsewhere follow", () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.close());

  const follow = async (): Promise<EventReader> => {
    const reader = await readEvents(service.address, { path: "/deltas" });
    onTestFinished(reader.close);
    return reader;
  };
  const helloOf = async (reader: EventReader) => helloSchema.parse((await reader.hears("hello")).data);
  const snapshotFrom = async (from?: number) =>
    expectSuccess(await ask(`${service.address}/snapshot${from === undefined ? "" : `?from=${from}`}`), answered)
      .snapshot;
  const deltasOf = (reader: EventReader) =>
    reader.told.filter(({ name }) => name === "delta").map(({ data }) => deltaSchema.parse(data));
  const publish = (...ids: readonly number[]) =>
    service.redis.publish(updates, updateOf(ids.map((id) => guideMatch(id, { rand: Math.random() }))));

  it("says who speaks before all else", async () => {
    const reader = await follow();
    expect(reader.headers).toMatchObject({
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store",
      "x-accel-buffering": "no",
    });
    const hello = await helloOf(reader);
    expect(hello).toMatchObject({ protocol, version: "1.2.3", service: expect.stringMatching(/^[\w-]{32}$/) });
    expect((await helloOf(await follow())).service).toBe(hello.service);
  });

  it("a snapshot with the deltas after it is the later snapshot, in every window", async () => {
    const readers = await Promise.all([follow(), follow(), follow()]);
    const states = await Promise.all(
      readers.map(async (reader) => openState(await snapshotFrom((await helloOf(reader)).seq))),
    );
    for (let id = 1; id <= 30; id += 1) await publish(id, id + 1);
    await until(() => service.service.readings().totals.channels[updates]?.valid === 30);
    const stateOf = (reader: EventReader, first: WindowState): WindowState =>
      deltasOf(reader)
        .filter(({ seq }) => seq > first.seq)
        .reduce((state, delta) => {
          const next = applyDelta(state, delta);
          if (next === "hole") throw new Error("a delta is missing");
          return next;
        }, first);
    // A snapshot may be ahead of the deltas up to its number by what the next one tells, so it is compared when all is told.
    await vi.waitFor(() => {
      const last = openState(service.service.snapshot());
      for (const [index, reader] of readers.entries()) {
        const now = stateOf(reader, states[index] ?? last);
        expect(now.seq).toBe(last.seq);
        for (const part of ["matches", "changes", "messages", "todo", "waiting"] as const)
          expect(now[part]).toEqual(last[part]);
      }
    }, soon);
  });

  it("gives windows that have heard the deltas since a number one snapshot, made once", async () => {
    const reader = await follow();
    const { seq } = await helloOf(reader);
    const first = await snapshotFrom(seq);
    await publish(50);
    await until(() => deltasOf(reader).some(({ matches }) => matches.some(({ id }) => id === "50")));
    expect((await snapshotFrom(seq)).seq).toBe(first.seq);
    expect((await snapshotFrom(service.service.lastDelta())).matches.map(({ id }) => id)).toContain("50");
    expect((await snapshotFrom()).seq).toBeGreaterThan(first.seq);
  });

  it("never gives out as current what was made before anybody listened", async () => {
    const early = await follow();
    await snapshotFrom((await helloOf(early)).seq);
    early.close();
    await until(async () => {
      await publish(60);
      const reader = await follow();
      const { seq } = await helloOf(reader);
      const { matches } = await snapshotFrom(seq);
      reader.close();
      return matches.some(({ id }) => id === "60");
    });
  });

  it("packs a snapshot for those who take it", async () => {
    const packed = await new Promise<Buffer>((resolve, reject) => {
      void import("node:http").then(({ get }) =>
        get(`${service.address}/snapshot`, { headers: { "accept-encoding": "br, gzip" } }, (response) => {
          expect(response.headers["content-encoding"]).toBe("gzip");
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk)).on("end", () => resolve(Buffer.concat(chunks)));
        }).on("error", reject),
      );
    });
    expect(answered.parse(JSON.parse(gunzipSync(packed).toString())).snapshot.version).toBe("1.2.3");
    const plain = await ask(`${service.address}/snapshot`, { headers: { "accept-encoding": "gzip;q=0" } });
    expect(plain.headers["content-encoding"]).toBeUndefined();
  });

  it("refuses a window that is too old for it", async () => {
    const answer = await ask(`${service.address}/deltas`, { headers: { "avspark-protocol": "0" } });
    expectFailure(answer, "window-too-old");
  });
});
