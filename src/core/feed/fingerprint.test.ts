import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fingerprintOf } from "./fingerprint.ts";

describe("a fingerprint", () => {
  it("is the same for the same bytes, wherever they lie in memory", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.integer({ min: 0, max: 7 }), (bytes, offset) => {
        const moved = new Uint8Array(bytes.length + offset + 3).fill(7);
        moved.set(bytes, offset);
        expect(fingerprintOf(moved.subarray(offset, offset + bytes.length))).toBe(fingerprintOf(bytes));
      }),
    );
  });

  it("is a safe integer, and another for any other byte, length or order", () => {
    const bytes = new Uint8Array(64).map((_, index) => index);
    const found = new Set<number>();
    const add = (changed: Uint8Array): void => {
      const print = fingerprintOf(changed);
      expect(Number.isSafeInteger(print) && print >= 0).toBe(true);
      found.add(print);
    };
    add(bytes);
    for (let at = 0; at < bytes.length; at += 1) {
      for (let bit = 0; bit < 8; bit += 1) add(bytes.map((byte, index) => (index === at ? byte ^ (1 << bit) : byte)));
    }
    for (let length = 0; length < bytes.length; length += 1) add(bytes.subarray(0, length));
    for (let zeros = 2; zeros < 10; zeros += 1) add(new Uint8Array(zeros));
    for (let at = 4; at < bytes.length; at += 4) {
      const swapped = Uint8Array.from(bytes);
      swapped.set(bytes.subarray(0, 4), at);
      swapped.set(bytes.subarray(at, at + 4), 0);
      add(swapped);
    }
    expect(found.size).toBe(1 + 64 * 8 + 64 + 8 + 15);
  });

  it("does not collide over a season's messages", () => {
    const found = new Set<number>();
    const encoder = new TextEncoder();
    for (let index = 0; index < 100_000; index += 1) {
      found.add(fingerprintOf(encoder.encode(`{"matchid":${index},"avsparkstid":"17:00"}`)));
    }
    expect(found.size).toBe(100_000);
  });
});
