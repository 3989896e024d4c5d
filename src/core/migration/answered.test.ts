import { expect, test } from "vitest";
import type { SettingName } from "../../shared/config.ts";
import { stillForPerson } from "./answered.ts";

const asked = [
  { kind: "matches-url" },
  { kind: "docker-host", host: "redis", published: null },
  { kind: "sign-in-missing" },
] as const;
const taken = new Map<SettingName, string>([["REDIS_URL", "redis://redis:6379"]]);
const kindsWith = (ours: readonly (readonly [SettingName, string])[]) =>
  stillForPerson(asked, taken, new Map(ours)).map(({ kind }) => kind);

test("what is answered by a setting is asked no more", () => {
  expect(kindsWith([])).toEqual(["matches-url", "docker-host", "sign-in-missing"]);
  expect(kindsWith([["AVSPARK_MATCHES_URL", "https://matches.example.com"]])).toEqual([
    "docker-host",
    "sign-in-missing",
  ]);
  expect(kindsWith([["REDIS_URL", "redis://127.0.0.1:6379"]])).toEqual(["matches-url", "sign-in-missing"]);
});

test("what was taken over as it was is no answer", () => {
  expect(kindsWith([["REDIS_URL", "redis://redis:6379"]])).toContain("docker-host");
});
