import { describe, expect, test } from "vitest";
import { createSignIn } from "./sign-in.ts";

const digest = (nonce: string, more = ""): string => `Digest realm="r", nonce="${nonce}", qop="auth"${more}`;
const begin = (address: string) => {
  const url = new URL(address);
  const signIn = createSignIn({ username: "anna", password: "circle of life" });
  return { ...signIn, send: () => signIn.sent("PROPFIND", url) };
};

describe("the first call", () => {
  test.each(["https://example.com/", "http://localhost:5232/", "http://127.0.0.1/", "http://[::1]:80/"])(
    "to %s carries the password: nobody overhears it",
    (address) => {
      expect(begin(address).send().header).toMatch(/^Basic /);
    },
  );

  test.each(["http://example.com/", "http://127.0.0.1.example.com/", "http://10.0.0.1/"])(
    "to %s asks what the server wants",
    (address) => {
      const { send, refused } = begin(address);
      const sent = send();
      expect(sent.header).toBeNull();
      expect(refused(sent, 'Basic realm="r"')).toBe(true);
      expect(send().header).toMatch(/^Basic /);
    },
  );
});

test("where Digest was asked for once, the password itself is never sent, whoever asks for it later", () => {
  const { send, refused } = begin("http://example.com/");
  expect(refused(send(), digest("1"))).toBe(true);
  expect(refused(send(), 'Basic realm="r"')).toBe(false);
  expect(send().header).toMatch(/^Digest /);
});

test("a password that is refused is not sent again", () => {
  const { send, refused } = begin("https://example.com/");
  expect(refused(send(), 'Basic realm="r"')).toBe(false);
  expect(refused(send(), digest("1"))).toBe(true);
  expect(refused(send(), digest("2"))).toBe(false);
});

test("an old nonce is no refusal: said so, known from calls that were let in, or replaced meanwhile by another call", () => {
  const { send, refused, accepted } = begin("https://example.com/");
  refused(send(), digest("1"));
  expect(refused(send(), digest("2", ", stale=true"))).toBe(true);
  const [first, second] = [send(), send()];
  expect(first.header).toContain("nc=00000001");
  expect(second.header).toContain("nc=00000002");
  accepted(first, null);
  expect(refused(first, digest("3"))).toBe(true);
  expect(refused(second, digest("4"))).toBe(true);
  expect(send().nonce).toBe("3");
});

test("the nonce that comes with an answer counts from one", () => {
  const { send, refused, accepted } = begin("https://example.com/");
  refused(send(), digest("1"));
  accepted(send(), 'nextnonce="2"');
  const next = send();
  expect(next.header).toContain('nonce="2"');
  expect(next.header).toContain("nc=00000001");
});
