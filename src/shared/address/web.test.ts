import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readWebAddress, secretsInWebAddress, shownWebAddress } from "./web.ts";

describe("a web address", () => {
  test.each([
    ["https://example.com", { href: "https://example.com/", username: "", password: "" }],
    ["HTTP://example.com:10080/m?day=1", { href: "http://example.com:10080/m?day=1" }],
    ["https://desk:p%40ss%2F@example.com/m", { href: "https://example.com/m", username: "desk", password: "p@ss/" }],
    ["https://desk:p@ss@example.com/m", { href: "https://example.com/m", password: "p@ss" }],
    ["https://desk:100%@example.com/m", { password: "100%" }],
    ["http://[::1]:5003/matches", { href: "http://[::1]:5003/matches" }],
  ])("%s is taken apart", (text, value) => {
    expect(readWebAddress(text)).toMatchObject({ ok: true, value });
  });

  test.each([
    ["ftp://h/m", "begins with http://"],
    ["dav.example.com", "begins with http://"],
    ["https:example.com", "begins with http://"],
    ["", "begins with http://"],
    ["https://", "such as https://user:password@host/path"],
    ["https://user:a#b@h/m", "such as https://user:password@host/path"],
    ["https://user:a\\b@h/m", "such as https://user:password@host/path"],
    ["https://h/m#part", "such as https://user:password@host/path"],
    ["https://a b/m", "such as https://user:password@host/path"],
    ["http://1.2.3/m", "a host name or an IP address"],
    ["http://../m", "a host name or an IP address"],
    ["http://1.1.1.1.1/", "such as https://user:password@host/path"],
    ["https://h:99999/m", "port from 1 to 65535"],
    ["https://desk:/hunter2@h/m", "port from 1 to 65535"],
    ["https://h:0", "port from 1 to 65535"],
  ])("%s is refused with what would be right: %s", (text, words) => {
    expect(readWebAddress(text)).toMatchObject({ ok: false, expected: { en: expect.stringContaining(words) } });
    expect(shownWebAddress(text)).toBe("••••");
  });
});

describe("a web address as it is shown", () => {
  test.each([
    ["https://example.com:8080/matches", "https://example.com:8080/matches"],
    ["https://dav.example.com/anna@example.com/cal/", "https://dav.example.com/anna@example.com/cal/"],
    ["https://desk:hunter2@example.com/matches", "https://desk:••••@example.com/matches"],
    ["https://hunter2@example.com/matches", "https://••••@example.com/matches"],
    ["https://example.com/matches?api_key=hunter2&day=1", "https://example.com/matches?••••"],
    ["https://example.com/matches?hunter2", "https://example.com/matches?••••"],
    // Host and port, or the beginning of a password that was not escaped? Nobody can tell.
    ["https://desk:12/34@example.com/m", "••••"],
    ["https://desk:12?34@example.com/m", "••••"],
    ["", "••••"],
  ])("%s: %s", (text, shown) => {
    expect(shownWebAddress(text)).toBe(shown);
  });

  test("never holds a secret, however it was written and wherever it stood", () => {
    const marks = fc.string({ unit: fc.oneof(fc.constantFrom(..."/#?%@:&=+[]\\ 12"), fc.string({ maxLength: 1 })) });
    const secret = fc.tuple(marks, marks).map(([before, after]) => `${before}Qx${after}`);
    const place = fc.constantFrom(
      (password: string) => `https://desk:${password}@h.example:8443/m`,
      (password: string) => `http://desk:${password}@h.example/m?day=1`,
      (password: string) => `https://h.example/m?token=${password}`,
      (password: string) => `https://h.example/m?day=1&t=${password}&u`,
    );
    fc.assert(
      fc.property(place, secret, fc.boolean(), (put, password, escaped) => {
        const text = put(escaped ? encodeURIComponent(password) : password);
        expect(shownWebAddress(text)).not.toContain("Qx");
      }),
      { numRuns: 3000 },
    );
  });

  test("names its secrets as they are written and as they are meant, but not what is too short for one", () => {
    expect(secretsInWebAddress("https://desk:p%40ss@h/m?day=1&token=a%20token")).toEqual([
      "p%40ss",
      "p@ss",
      "a%20token",
      "a token",
    ]);
    expect(secretsInWebAddress("https://desk:a#b@h/m")).toEqual(["https://desk:a#b@h/m"]);
  });
});
