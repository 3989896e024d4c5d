import { expect, it } from "vitest";
import { silentLog } from "./feed/testing/silent-log.ts";
import { unfailing } from "./unfailing-log.ts";

it("writes what it is given, and never fails whoever writes", () => {
  const written: unknown[] = [];
  const log = unfailing({
    ...silentLog,
    info: (...said) => void written.push(said),
    part: () => ({
      ...silentLog,
      error: () => {
        throw new Error("no room");
      },
    }),
  });
  log.info("said", { id: 1 });
  log.part("feed").error("lost");
  expect(written).toEqual([["said", { id: 1 }]]);
});
