import { expect, it } from "vitest";
import { instant } from "../../shared/testing/instant.ts";
import { match } from "../samples.ts";
import { standingOf } from "./match.ts";

const at = instant("2027-05-08T12:00:00.000Z");
const plain = match("1", null);
const inDoubt = { since: at, reason: "many-missing" } as const;

it.for([
  ["one like any other", {}, null],
  ["one that a list lacks", { goneAt: at, goneBy: "list" }, "gone"],
  ["one that a person removed, declined before", { goneAt: at, goneBy: "person", declinedAt: at }, "removed"],
  ["one that is declined, in doubt or not", { declinedAt: at, inDoubt }, "declined"],
  ["one in doubt", { inDoubt }, "in-doubt"],
] as const)("%s", ([, facts, standing]) => {
  expect(standingOf({ ...plain, ...facts })).toBe(standing);
});
