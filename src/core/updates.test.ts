import fc from "fast-check";
import { expect, test } from "vitest";
import { instantOf } from "../shared/instant.ts";
import type { Updates } from "../shared/updates.ts";
import { afterNews, installedAs, type UpdateNews, updatesOff } from "./updates.ts";

const at = instantOf(0);

test("what a system's own package manager keeps, and what was never installed, does not update itself", () => {
  const signs = { packaged: true, platform: "linux", packageType: null, appImage: undefined };
  expect(installedAs({ ...signs, packaged: false })).toBe("not-installed");
  expect(installedAs(signs)).toBe("not-installed");
  expect(installedAs({ ...signs, appImage: "/home/eva/Avspark.AppImage" })).toBe("itself");
  expect(installedAs({ ...signs, packageType: "deb", appImage: "/home/eva/Terminal.AppImage" })).toBe("system");
  expect(installedAs({ ...signs, packageType: "rpm" })).toBe("system");
  for (const platform of ["win32", "darwin"]) expect(installedAs({ ...signs, platform })).toBe("itself");
});

test("nothing is looked for without a server, or against a person's wish", () => {
  const means = { installed: "itself", server: true, wanted: true } as const;
  expect(updatesOff(means)).toBeNull();
  expect(updatesOff({ ...means, wanted: false })).toBe("setting");
  expect(updatesOff({ ...means, server: false, wanted: false })).toBe("no-server");
  expect(updatesOff({ ...means, installed: "system", server: false })).toBe("system");
  expect(updatesOff({ ...means, installed: "not-installed" })).toBe("not-installed");
});

const version = fc.constantFrom("0.1.0", "0.2.0", "0.3.0");
const news: fc.Arbitrary<UpdateNews> = fc.oneof(
  fc.record({ kind: fc.constant("looking" as const) }),
  fc.record({
    kind: fc.constant("found" as const),
    version,
    than: fc.constantFrom("newer" as const, "same" as const, "older" as const),
    at: fc.constant(at),
  }),
  fc.record({ kind: fc.constant("fetched" as const), version }),
  fc.record({ kind: fc.constant("failed" as const), at: fc.constant(at) }),
);

test("only what was fetched is ever put in place, the last of it, and an older version never is", () => {
  fc.assert(
    fc.property(fc.array(news, { maxLength: 12 }), (heard) => {
      const end = heard.reduce<Updates>(afterNews, { state: "waiting" });
      const fetched = heard.findLast((each) => each.kind === "fetched");
      if (fetched !== undefined) expect(end).toEqual({ state: "ready", version: fetched.version });
      else expect(end.state).not.toBe("ready");
      const last = heard.at(-1);
      if (fetched === undefined && last?.kind === "found" && last.than === "older")
        expect(end).toEqual({ state: "older", version: last.version, at });
    }),
  );
});
