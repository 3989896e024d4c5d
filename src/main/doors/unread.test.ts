import { expect, it } from "vitest";
import type { WindowEvent } from "../../shared/bridge.ts";
import { createUnread } from "./unread.ts";

const pageOf = (id: string): WindowEvent => ({ kind: "open", view: "matches", id });

const line = () => {
  const sent: (readonly [string | null, number])[] = [];
  const unread = createUnread((event, number) => void sent.push([event.kind === "open" ? event.id : null, number]));
  const tellAll = (ids: readonly number[]): void => {
    for (const id of ids) unread.tell(pageOf(String(id)));
  };
  return { sent, unread, tellAll };
};
const numbers = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

it("a window that reads is told all, in order", () => {
  const { sent, unread, tellAll } = line();
  for (const id of numbers(1, 500)) {
    tellAll([id]);
    unread.hasRead(id);
  }
  expect(sent.map(([id]) => Number(id))).toEqual(numbers(1, 500));
});

it("one that does not read is told no more than a few, and the latest when it has read them", () => {
  const { sent, unread, tellAll } = line();
  tellAll(numbers(1, 10_000));
  const before = sent.length;
  expect(before).toBeLessThan(50);
  unread.hasRead(before - 1);
  expect(sent).toHaveLength(before);
  unread.hasRead(before);
  expect(sent.at(-1)).toEqual(["10000", before + 1]);
  unread.hasRead(before + 1);
  tellAll([10_001]);
  expect(sent.at(-1)).toEqual(["10001", before + 2]);
});

it("a page that is loaded anew is told the latest, whatever the one before had read", () => {
  const { sent, unread, tellAll } = line();
  tellAll(numbers(1, 100));
  unread.beginsAnew();
  expect(sent.at(-1)?.[0]).toBe("100");
  tellAll([101]);
  expect(sent.at(-1)?.[0]).toBe("101");
});

it("what a window says of numbers that it was never given changes nothing", () => {
  const { sent, unread, tellAll } = line();
  tellAll(numbers(1, 100));
  const before = sent.length;
  for (const number of [0, -1, 1_000_000]) unread.hasRead(number);
  expect(sent).toHaveLength(before);
});
