import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createDedupe, fingerprintOf } from "./dedupe.ts";

describe("a message heard before", () => {
  it("has both the id and the content", () => {
    const { knows, remember } = createDedupe({ capacity: 10 });
    expect(knows(["a", 1])).toBe(false);
    remember([["a", 1]]);
    expect(knows(["a", 1])).toBe(true);
    expect(knows(["a", 2])).toBe(false);
    expect(knows(["b", 1])).toBe(false);
  });

  it("is remembered for as long as the capacity, and not for ever", () => {
    const capacity = 10;
    const heard = (count: number) => {
      const { knows, remember } = createDedupe({ capacity });
      remember(Array.from({ length: count }, (_, id) => [String(id), id]));
      return knows;
    };
    for (let count = capacity; count < 5 * capacity; count += 1) {
      for (let ago = 1; ago <= capacity; ago += 1) expect(heard(count)([String(count - ago), count - ago])).toBe(true);
      const forgotten = count - 2 * capacity;
      if (forgotten >= 0) expect(heard(count)([String(forgotten), forgotten])).toBe(false);
    }
  });

  it("that keeps coming stays remembered", () => {
    const { knows, remember } = createDedupe({ capacity: 10 });
    remember([["again", -1]]);
    for (let id = 0; id < 500; id += 1) {
      remember([[String(id), id]]);
      if (id % 5 !== 0) continue;
      expect(knows(["again", -1])).toBe(true);
      remember([["again", -1]]);
    }
  });
});

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
