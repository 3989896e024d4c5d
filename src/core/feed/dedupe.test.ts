import { describe, expect, it } from "vitest";
import { createDedupe } from "./dedupe.ts";

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
