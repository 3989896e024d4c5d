import { expect, onTestFinished, test } from "vitest";
import { silentLog } from "../../src/core/calendar/testing/records.ts";
import { createCaldavTarget } from "../../src/main/adapters/caldav/target.ts";
import { instant } from "../../src/shared/testing/instant.ts";
import type { DigestRules } from "../stand-ins/caldav/digest.ts";
import { startCaldavStandIn } from "../stand-ins/caldav/server.ts";
import { wantedOf } from "./engine.ts";
import { comingMatches } from "./matches.ts";

const usual: DigestRules = { algorithms: ["MD5"], qop: "auth", uses: 1000, names: false, saysStale: true };
const revision = { sequence: 0, at: instant("2027-01-01T00:00:00.000Z") };

/** A server, and a client of it that knows the password or not. */
const open = async (rules: Partial<DigestRules>, { password }: { readonly password?: string } = {}) => {
  const server = await startCaldavStandIn({ digest: { ...usual, ...rules } });
  onTestFinished(server.close);
  const target = createCaldavTarget({
    url: server.url,
    username: server.username,
    password: password ?? server.password,
    log: silentLog,
  });
  onTestFinished(target.close);
  return { server, target };
};

test.each<readonly [string, Partial<DigestRules>]>([
  ["MD5", {}],
  ["MD5-sess", { algorithms: ["MD5-sess"] }],
  ["SHA-256, offered beside others", { algorithms: ["MD5", "SHA-256", "SHA3-512"] }],
  ["SHA-256-sess", { algorithms: ["SHA-256-sess"], qop: "auth-int,auth" }],
  ["SHA-512-256", { algorithms: ["SHA-512-256"] }],
  ["RFC 2069", { qop: null }],
  ["nonces that are old after three calls", { uses: 3 }],
  ["nonces that are old after three calls, which it does not say", { uses: 3, saysStale: false }],
  ["a next nonce with every answer", { names: true, uses: 6 }],
  ["a next nonce with every answer, within a session", { names: true, uses: 1000, algorithms: ["MD5"] }],
])("%s: many calls at once are let in, each counted", async (_, rules) => {
  const { server, target } = await open(rules);
  expect((await target.list(null)).items).toEqual([]);
  const events = wantedOf(comingMatches(12));
  // Four at once, as the keeper has them.
  for (let from = 0; from < events.length; from += 4) {
    await Promise.all(events.slice(from, from + 4).map((event) => target.insert(event, revision)));
  }
  expect(server.files.size).toBe(12);
  expect((await target.list(null)).items).toHaveLength(12);
  // Where nobody can overhear it, the password is tried once; from then on it does not travel.
  expect(server.guard?.overheard).toBe(1);
});

test("a wrong password is refused, and not tried again and again", async () => {
  const { server, target } = await open({}, { password: "wrong" });
  await expect(target.list(null)).rejects.toMatchObject({
    problem: { kind: "calendar-sign-in", message: expect.stringContaining("the user name and the password") },
  });
  expect(server.calls).toHaveLength(2);
});

test("what cannot be met is said by its name", async () => {
  const { target } = await open({ algorithms: ["SHA3-512"] });
  await expect(target.list(null)).rejects.toMatchObject({
    problem: { kind: "calendar-sign-in", message: expect.stringMatching(/another kind of sign-in .*\(Digest\)\.$/) },
  });
});
