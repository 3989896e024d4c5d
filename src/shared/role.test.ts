import { expect, test } from "vitest";
import { contract } from "./contract.ts";
import { may, roles } from "./role.ts";

test("a role may do what lesser ones may, and nothing of greater ones", () => {
  expect(roles.map((role) => roles.filter((taken) => may(role, taken)))).toEqual([
    ["look"],
    ["look", "act"],
    ["look", "act", "administer"],
  ]);
});

test("whoever may only look changes nothing over HTTP", () => {
  const posts = Object.values(contract).filter(({ http }) => http?.method === "POST");
  expect(posts.filter(({ role }) => role === "look")).toEqual([]);
});
