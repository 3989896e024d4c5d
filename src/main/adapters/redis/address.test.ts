import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ProblemError } from "../../../shared/problem.ts";
import { hostLabel, parseRedisUrl } from "./address.ts";

const server = (host: string, port = 6379) => ({ kind: "server", server: { host, port } });

describe("parseRedisUrl", () => {
  test.each([
    ["redis://localhost", { tls: false, username: null, password: null, db: 0, at: server("localhost") }],
    ["redis://fogis-redis:6380/2", { db: 2, at: server("fogis-redis", 6380) }],
    ["redis://:hunter2@localhost:6379", { username: null, password: "hunter2" }],
    [
      "rediss://desk:hunter2@[::1]:6380/0",
      { tls: true, username: "desk", password: "hunter2", at: server("::1", 6380) },
    ],
    ["redis://desk:p%40ss%2Fword@localhost", { password: "p@ss/word" }],
    ["redis://desk:p@ss%@localhost", { password: "p@ss%", at: server("localhost") }],
    ["redis://localhost/?x=1", { db: 0, at: server("localhost") }],
    [
      "redis+sentinel://desk:hunter2@a,b:26380/main/3",
      {
        tls: false,
        username: "desk",
        password: "hunter2",
        db: 3,
        at: {
          kind: "sentinel",
          sentinels: [
            { host: "a", port: 26379 },
            { host: "b", port: 26380 },
          ],
          master: "main",
        },
      },
    ],
    [
      "rediss+sentinel://a/main",
      { tls: true, at: { kind: "sentinel", sentinels: [{ host: "a", port: 26379 }], master: "main" } },
    ],
  ])("%s", (url, expected) => {
    expect(parseRedisUrl(url)).toMatchObject(expected);
  });

  test.each([
    "http://localhost",
    "redis://",
    "redis://localhost:99999",
    "redis://localhost/main",
    "redis://localhost/1/2",
    "redis+sentinel://a:26379",
    "redis+sentinel://a:26379,/main",
    "localhost:6379",
  ])("%s is refused with a sentence that does not repeat it", (url) => {
    try {
      parseRedisUrl(url);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(ProblemError);
      expect(error).toMatchObject({ problem: { kind: "configuration-invalid" } });
      expect(String(error)).not.toContain(url);
    }
  });

  test("any password, escaped, comes back as it was", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (username, password) => {
        const url = `redis://${encodeURIComponent(username)}:${encodeURIComponent(password)}@localhost:6379`;
        expect(parseRedisUrl(url)).toMatchObject({ username, password, at: server("localhost") });
      }),
    );
  });
});

test("hostLabel puts an IPv6 address in brackets", () => {
  expect(hostLabel({ host: "::1", port: 6380 })).toBe("[::1]:6380");
  expect(hostLabel({ host: "localhost", port: 6379 })).toBe("localhost:6379");
});
