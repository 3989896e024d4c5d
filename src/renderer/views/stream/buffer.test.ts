import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MessageSummary } from "../../../shared/message.ts";
import { windowLimits } from "../../../shared/snapshot.ts";
import { instant } from "../../../shared/testing/instant.ts";
import { addFound, emptyBuffer, receive } from "./buffer.ts";

const message = (id: number): MessageSummary => ({
  id,
  receivedAt: instant("2027-05-08T12:00:00.000Z"),
  publishedAt: null,
  channel: id % 3 === 0 ? "alerts" : "updates",
  messageId: null,
  bytes: 10,
  verdict: "valid",
  gist: { type: "match_updates", dialect: "fogis", matches: 1, changes: 0, rejected: 0, noted: 0, matchIds: ["1"] },
});
/** Newest first, as the window holds them. */
const upTo = (newest: number, count: number): readonly MessageSummary[] =>
  Array.from({ length: count }, (_, index) => message(newest - index));
const alerts = (each: MessageSummary): boolean => each.channel === "alerts";
const everything = (): boolean => true;

describe("receive", () => {
  it("takes each message once, whatever the portions in which it comes", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 30 }), (portions) => {
        let newest = 0;
        let buffer = emptyBuffer;
        for (const portion of portions) {
          newest += portion;
          buffer = receive(buffer, upTo(newest, Math.min(newest, 50)), alerts);
        }
        const wanted = upTo(newest, newest).filter(alerts);
        expect(buffer.rows.map((row) => row.id)).toEqual(wanted.map((row) => row.id));
        expect(buffer.passed).toBe(wanted.length);
      }),
    );
  });

  it("keeps what passed the filter when the window's list has long moved on", () => {
    const early = receive(emptyBuffer, upTo(3, 3), alerts);
    const late = receive(early, [message(100_000), message(99_998)], alerts);
    expect(late.rows.map((row) => row.id)).toEqual([3]);
    expect(late.newestId).toBe(100_000);
  });

  it("holds no more than a window may", () => {
    const full = receive(emptyBuffer, upTo(5000, 5000), everything);
    expect(full.rows).toHaveLength(windowLimits.messages);
    const next = receive(full, upTo(5001, 10), everything);
    expect(next.rows).toHaveLength(windowLimits.messages);
    expect(next.rows[0]?.id).toBe(5001);
    expect(next.passed).toBe(5001);
  });

  it("is the same value when nothing is new, so that nothing is drawn", () => {
    const buffer = receive(emptyBuffer, upTo(3, 3), everything);
    expect(receive(buffer, upTo(3, 3), everything)).toBe(buffer);
  });
});

describe("addFound", () => {
  it("puts older ones behind, without those that are there", () => {
    const buffer = receive(emptyBuffer, upTo(12, 4), alerts);
    expect(addFound(buffer, upTo(12, 12), alerts).rows.map((row) => row.id)).toEqual([12, 9, 6, 3]);
  });

  it("puts what only the content speaks for where it belongs, and leaves what is still to come", () => {
    const buffer = receive(emptyBuffer, upTo(12, 12), alerts);
    const found = addFound(buffer, [message(13), message(11), message(7), message(6)], everything);
    expect(found.rows.map((row) => row.id)).toEqual([12, 11, 9, 7, 6, 3]);
    expect(receive(found, [message(13), message(12)], everything).rows[0]?.id).toBe(13);
  });

  it("counts what is newer than all that was there as having arrived", () => {
    const buffer = receive(emptyBuffer, [message(11), message(9)], alerts);
    expect(addFound(buffer, [message(11), message(8)], everything).passed - buffer.passed).toBe(1);
  });

  it("is the same value when it adds nothing", () => {
    const buffer = receive(emptyBuffer, upTo(12, 12), alerts);
    expect(addFound(buffer, [message(12), message(40)], everything)).toBe(buffer);
  });
});
