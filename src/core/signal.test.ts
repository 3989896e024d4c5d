import { expect, it } from "vitest";
import { silentLog } from "./feed/testing/silent-log.ts";
import { createSignal } from "./signal.ts";

it("is heard by all who listen, in the order in which they came, whoever of them fails", () => {
  const errors: string[] = [];
  const signal = createSignal<number>({ ...silentLog, error: (message) => void errors.push(message) });
  const heard: string[] = [];
  signal.say(0);
  signal.hear((value) => void heard.push(`first ${value}`));
  signal.hear(() => {
    throw new Error("deaf");
  });
  signal.hear((value) => void heard.push(`last ${value}`));
  signal.say(1);
  expect(heard).toEqual(["first 1", "last 1"]);
  expect(errors).toHaveLength(1);
});
