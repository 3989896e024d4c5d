import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readSmtpAddress, secretsInSmtpAddress, shownSmtpAddress } from "./smtp.ts";

describe("a mail server's address", () => {
  it.each([
    ["smtp://mail.example.com", { tls: false, host: "mail.example.com", port: 587, user: null }],
    ["smtps://mail.example.com/", { tls: true, port: 465 }],
    ["SMTP://localhost:25", { tls: false, host: "localhost", port: 25 }],
    ["smtp://[::1]:2525", { host: "::1", port: 2525 }],
    [
      "smtp://anna%40example.com:p%40ss%2F@mail.example.com",
      { user: { name: "anna@example.com", password: "p@ss/" }, host: "mail.example.com" },
    ],
    ["smtp://anna@example.com:p@ss@mail.example.com", { user: { name: "anna@example.com", password: "p@ss" } }],
  ])("%s is taken apart", (text, expected) => {
    expect(readSmtpAddress(text)).toMatchObject({ ok: true, value: expected });
  });

  it.each([
    ["http://mail.example.com", "begins with smtp://"],
    ["mail.example.com:25", "begins with smtp://"],
    ["smtp://", "host name"],
    ["smtp://1.2.3", "host name"],
    ["smtp://mail.example.com:0", "port"],
    ["smtp://mail.example.com:", "port"],
    ["smtp://mail.example.com:99999", "port"],
    ["smtp://mail.example.com/box", "such as smtp://"],
    ["smtp://mail.example.com?x=1", "such as smtp://"],
    ["smtp://anna@mail.example.com", "both a user name and a password"],
    ["smtp://:secret@mail.example.com", "both a user name and a password"],
  ])("%s is refused with what would be right: %s", (text, words) => {
    expect(readSmtpAddress(text)).toMatchObject({ ok: false, expected: { en: expect.stringContaining(words) } });
    expect(shownSmtpAddress(text)).toBe("••••");
  });

  it("never shows a password, of whatever characters, and knows it for a secret", () => {
    const marks = fc.string({ unit: fc.oneof(fc.constantFrom(..."/#?%@:&=+[]\\ 12"), fc.string({ maxLength: 1 })) });
    const secret = fc.tuple(marks, marks).map(([before, after]) => `${before}Qx${after}`);
    fc.assert(
      fc.property(secret, fc.boolean(), (password, escaped) => {
        const text = `smtp://anna:${escaped ? encodeURIComponent(password) : password}@mail.example.com`;
        expect(shownSmtpAddress(text)).not.toContain("Qx");
        expect(secretsInSmtpAddress(text).some((each) => each.includes("Qx"))).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
