// biome-ignore-all lint/suspicious/noTemplateCurlyInString: as it stands in a .env file
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hostLabel, readRedisAddress, secretsInRedisAddress, shownRedisAddress } from "./redis.ts";

const server = (host: string, port = 6379) => ({ kind: "server", server: { host, port } });
const read = (text: string) => {
  const found = readRedisAddress(text);
  if (!found.ok) throw new Error(found.expected.en);
  return found.value;
};

describe("a Redis address", () => {
  test.each([
    [
      "redis://localhost",
      { tls: false, username: null, password: null, db: 0, clientName: null, protocol: null, at: server("localhost") },
    ],
    ["redis://fogis-redis:6380/2", { db: 2, at: server("fogis-redis", 6380) }],
    ["REDIS://fogis_redis/", { db: 0, at: server("fogis_redis") }],
    ["redis://:hunter2@localhost:6379", { username: null, password: "hunter2" }],
    [
      "rediss://desk:hunter2@[::1]:6380/0",
      { tls: true, username: "desk", password: "hunter2", at: server("::1", 6380) },
    ],
    ["redis://desk:p%40ss%2Fword@localhost", { password: "p@ss/word" }],
    ["redis://desk:p@ss%@localhost", { password: "p@ss%", at: server("localhost") }],
    ["redis://:p%40ss@h:6379/2", { password: "p@ss", db: 2, at: server("h") }],
    ["redis://h?password=x", { password: "x", at: server("h") }],
    ["redis://h?username=u&password=a%26b+c%2B", { username: "u", password: "a&b c+" }],
    ["redis://h?client_name=a@b", { clientName: "a@b", at: server("h") }],
    ["redis://h?db=3&protocol=2&family=6", { db: 3, protocol: 2, family: 6 }],
    ["redis://h:6379/?", { db: 0, at: server("h") }],
    [
      "redis+sentinel://desk:hunter2@a,b:26380/main/3",
      {
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
  ])("%s is taken apart", (text, expected) => {
    expect(read(text)).toMatchObject(expected);
  });

  test.each([
    ["http://localhost", "begins with redis://"],
    ["localhost:6379", "begins with redis://"],
    ["", "begins with redis://"],
    ["redis://", "with a host"],
    ["redis://:6379", "with a host"],
    ["redis://${REDIS_HOSTNAME}:6379", "with a host"],
    ["redis://256.1.1.1", "with a host"],
    ["redis://..", "with a host"],
    ["redis+sentinel://a,1.2.3/main", "with a host"],
    ["redis://h:99999", "port from 1 to 65535"],
    ["redis://h:0", "port from 1 to 65535"],
    ["redis://h:", "port from 1 to 65535"],
    ["redis://h:abc", "port from 1 to 65535"],
    ["redis://:p/w@h:1", "with a host"],
    ["redis://h:6379#pass", "such as redis://user:password@host:6379/0"],
    ["redis://h/abc", "database number"],
    ["redis://h/1/2", "database number"],
    ["redis://h?db=x", "database number"],
    ["redis://h/1?db=1", "says each thing once"],
    ["redis://:a@h?password=b", "says each thing once"],
    ["redis://h?password=a&password=b", "says each thing once"],
    ["redis+sentinel://h:26379", "master's name"],
    ["redis+sentinel://a:1/w@h", "master's name"],
    ["redis+sentinel://a:26379,/main", "with a host"],
    ["redis://h?nonsense=1", "no other options"],
    ["redis://h?ssl_cert_reqs=none", "without TLS options"],
    ["redis://h?tls=true", "without TLS options"],
    ["redis://h?protocol=4", "2 or 3"],
    ["redis://h?family=5", "0, 4 or 6"],
    ["redis://h?client_name=a%20b", "visible ASCII"],
  ])("%s is refused with what would be right: %s", (text, words) => {
    const found = readRedisAddress(text);
    expect(found).toMatchObject({ ok: false, expected: { en: expect.stringContaining(words) } });
    expect(shownRedisAddress(text)).toBe("••••");
  });

  test("any user name and password, escaped, come back as they were", () => {
    const text = fc.string({ minLength: 1, unit: "grapheme" });
    fc.assert(
      fc.property(text, text, (username, password) => {
        const [user, secret] = [encodeURIComponent(username), encodeURIComponent(password)];
        const said = { username, password, at: server("localhost") };
        expect(read(`redis://${user}:${secret}@localhost:6379`)).toMatchObject(said);
        expect(read(`redis://localhost?username=${user}&password=${secret}`)).toMatchObject(said);
      }),
    );
  });
});

describe("a Redis address as it is shown", () => {
  test.each([
    ["redis://localhost:6379", "redis://localhost:6379"],
    ["redis://fogis-redis:6379/2?client_name=a@b", "redis://fogis-redis:6379/2?client_name=a@b"],
    ["redis://:hunter2@localhost:6379", "redis://:••••@localhost:6379"],
    ["rediss://desk:hunter2@[::1]:6380/0", "rediss://desk:••••@[::1]:6380/0"],
    ["redis://hunter2@localhost", "redis://••••@localhost"],
    ["redis://hunter2:@localhost", "redis://••••:@localhost"],
    ["redis://localhost?username=desk&password=hunter2", "redis://localhost?username=desk&password=••••"],
    ["redis://localhost?p%61ssword=hunter2", "redis://localhost?p%61ssword=••••"],
    ["redis+sentinel://desk:hunter2@a:26379,b:26379/main/1", "redis+sentinel://desk:••••@a:26379,b:26379/main/1"],
    ["redis+sentinel://a:26379,b:26379/main", "redis+sentinel://a:26379,b:26379/main"],
    ["", "••••"],
  ])("%s: %s", (text, shown) => {
    expect(shownRedisAddress(text)).toBe(shown);
  });

  test("never holds the password, however it was written and wherever it stood", () => {
    // Each of its characters may be a mark of an address; the beginning is found in nothing else.
    const marks = fc.string({ unit: fc.oneof(fc.constantFrom(..."/#?%@:&=+[]\\ 12"), fc.string({ maxLength: 1 })) });
    const secret = fc.tuple(marks, marks).map(([before, after]) => `${before}Qx${after}`);
    const place = fc.constantFrom(
      (password: string) => `redis://desk:${password}@h.example:6379/0`,
      (password: string) => `rediss://:${password}@h.example`,
      (password: string) => `redis://${encodeURIComponent(password)}@h.example`,
      (password: string) => `redis+sentinel://:${password}@a:26379,b/main`,
      (password: string) => `redis://h.example:6379/0?password=${password}`,
      (password: string) => `redis://h.example?client_name=a@b&password=${password}`,
    );
    fc.assert(
      fc.property(place, secret, fc.boolean(), (put, password, escaped) => {
        const text = put(escaped ? encodeURIComponent(password) : password);
        expect(shownRedisAddress(text)).not.toContain("Qx");
        expect(secretsInRedisAddress(text).some((each) => each.includes("Qx"))).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  test("takes any text", () => {
    fc.assert(fc.property(fc.string(), (text) => typeof shownRedisAddress(text) === "string"));
  });
});

test("hostLabel puts an IPv6 address in brackets", () => {
  expect(hostLabel({ host: "::1", port: 6380 })).toBe("[::1]:6380");
  expect(hostLabel({ host: "localhost", port: 6379 })).toBe("localhost:6379");
});
