import { expect, test } from "vitest";
import { createOnce } from "./once.ts";

const counting = () => {
  let times = 0;
  return {
    times: () => times,
    work: async () => {
      times += 1;
      return `done ${times}`;
    },
  };
};

test("a command that comes again under its key is answered as at first, also while it is under way", async () => {
  const once = createOnce();
  const { times, work } = counting();
  expect(await Promise.all([once("key", "note", work), once("key", "note", work)])).toEqual(["done 1", "done 1"]);
  expect(await once("key", "note", work)).toBe("done 1");
  expect(times()).toBe(1);
});

test("one without a key, or with another one, is carried out each time", async () => {
  const once = createOnce();
  const { times, work } = counting();
  await once(null, "note", work);
  await once(null, "note", work);
  await once("a", "note", work);
  await once("b", "note", work);
  expect(times()).toBe(4);
});

test("a failure is an answer as well", async () => {
  const once = createOnce();
  let times = 0;
  const fail = async (): Promise<never> => {
    times += 1;
    throw new Error(`failed ${times}`);
  };
  for (const _ of ["first", "again"]) await expect(once("key", "note", fail)).rejects.toThrow("failed 1");
});

test("a key that came with another command is refused", async () => {
  const once = createOnce();
  const { times, work } = counting();
  await once("key", "note", work);
  await expect(once("key", "tell", work)).rejects.toMatchObject({ problem: { kind: "input-invalid" } });
  expect(times()).toBe(1);
});

test("of very many keys the oldest are forgotten", async () => {
  const once = createOnce();
  const { times, work } = counting();
  for (let key = 0; key < 1001; key += 1) await once(String(key), "note", work);
  await once("1000", "note", work);
  expect(times()).toBe(1001);
  await once("0", "note", work);
  expect(times()).toBe(1002);
});
