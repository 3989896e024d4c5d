import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { redactUrl } from "./redact-url.ts";

describe("redactUrl", () => {
  test.each([
    ["redis://localhost:6379", "redis://localhost:6379"],
    ["redis://fogis-redis:6379/2", "redis://fogis-redis:6379/2"],
    ["redis://:hunter2@localhost:6379", "redis://:••••@localhost:6379"],
    ["rediss://desk:hunter2@[::1]:6380/0", "rediss://desk:••••@[::1]:6380/0"],
    ["redis://hunter2@localhost", "redis://••••@localhost"],
    ["redis://desk:hun/te?r@2@localhost", "redis://desk:••••@localhost"],
    ["redis+sentinel://desk:hunter2@a:26379,b:26379/main/1", "redis+sentinel://desk:••••@a:26379,b:26379/main/1"],
    ["redis+sentinel://a:26379,b:26379/main", "redis+sentinel://a:26379,b:26379/main"],
    ["https://desk:hunter2@example.com/matches?page=1", "https://desk:••••@example.com/matches?page=1"],
    ["https://example.com:8080/@all/matches", "https://example.com:8080/@all/matches"],
    ["https://example.com/matches?api_key=hunter2&day=1", "https://example.com/matches?api_key=••••&day=1"],
    ["https://example.com/matches?x=1&access_token=hunter2", "https://example.com/matches?x=1&access_token=••••"],
    ["https://desk:hun/ter2@example.com/matches", "https://desk:••••@example.com/matches"],
    ["desk:hunter2@localhost", "desk:••••@localhost"],
    ["", ""],
  ])("%s is shown as %s", (url, shown) => {
    expect(redactUrl(url)).toBe(shown);
  });

  test("a password never shows, however it is written", () => {
    // Longer than anything the rest of the address holds, so that finding it means it leaked.
    const password = fc.string({ minLength: 1, maxLength: 12 }).map((tail) => `Secret${tail}`);
    fc.assert(
      fc.property(fc.constantFrom("redis", "rediss", "redis+sentinel", "https"), password, (scheme, secret) => {
        const url = `${scheme}://desk:${scheme === "https" ? encodeURIComponent(secret) : secret}@example.com:6379/0`;
        expect(redactUrl(url)).toBe(`${scheme}://desk:••••@example.com:6379/0`);
      }),
      { numRuns: 1000 },
    );
  });

  test("never throws", () => {
    fc.assert(fc.property(fc.string(), (text) => typeof redactUrl(text) === "string"));
  });
});
