import { describe, expect, test } from "vitest";
import { growth, linearGrowth } from "../../../shared/testing/growth.ts";
import { authorizationOf, beginDigest, chosenDigest, isStale, nextNonce, readChallenges } from "./digest.ts";

const chosen = (header: string) => chosenDigest(readChallenges(header)) ?? expect.fail("it can be met");

const answer = (header: string, given: { user: string; password: string; uri: string; cnonce: string }): string => {
  const { user: username, password, uri, cnonce } = given;
  const session = beginDigest(chosen(header), { username, password }, cnonce);
  return authorizationOf({ session, username, method: "GET", uri, count: 1 });
};

describe("the examples of the standards", () => {
  const params =
    'realm="http-auth@example.org", qop="auth, auth-int", nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"';
  const given = {
    user: "Mufasa",
    password: "Circle of Life",
    uri: "/dir/index.html",
    cnonce: "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ",
  };

  test.each([
    ["MD5", "8ca523f5e9506fed4657c9700eebdbec"],
    ["SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"],
  ])("RFC 7616, 3.9.1, %s", (algorithm, response) => {
    expect(answer(`Digest ${params}, algorithm=${algorithm}`, given)).toBe(
      `Digest username="Mufasa", realm="http-auth@example.org", nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", uri="/dir/index.html", response="${response}", algorithm=${algorithm}, qop=auth, nc=00000001, cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"`,
    );
  });

  test("RFC 7616, 3.9.2, whose name travels as a hash (which the RFC reckons with another function than it says)", () => {
    const text = answer(
      'Digest realm="api@example.org", qop="auth", algorithm=SHA-512-256, nonce="5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK", opaque="HRPCssKJSGjCrkzDg8OhwpzCiGPChXYjwrI2QmXDnsOS", charset=UTF-8, userhash=true',
      { user: "Jäsøn Doe", password: "Secret, or not?", uri: "/doe.json", cnonce: "NTg6RKcb9boFIAS3KrFK9BGeh+niz/sm" },
    );
    expect(text).toContain(
      'username="793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b", userhash=true',
    );
    expect(text).not.toContain("Jäsøn");
  });

  test("RFC 2617, 3.5", () => {
    const text = answer(
      'Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41"',
      { user: "Mufasa", password: "Circle Of Life", uri: "/dir/index.html", cnonce: "0a4f113b" },
    );
    expect(text).toContain('response="6629fae49393a05397450978507c4ef1"');
    expect(text).not.toContain("algorithm");
  });

  test("RFC 2069, 2.4, whose calls are not counted (as corrected by its erratum 749)", () => {
    const text = answer('Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"', {
      user: "Mufasa",
      password: "CircleOfLife",
      uri: "/dir/index.html",
      cnonce: "0a4f113b",
    });
    expect(text).toContain('response="1949323746fe6a43ef61f9606e7febea"');
    expect(text).not.toMatch(/nc=|qop|cnonce/);
  });
});

test("of several challenges, in one header or in many, the best is chosen", () => {
  const challenge = chosen(
    'Basic realm="a, Digest b=\\"c", Digest realm="d", nonce="1", algorithm=MD5, qop="auth" , Digest realm="e\\"f", nonce="2", algorithm=SHA-256-sess, qop="auth-int,auth", stale=TRUE',
  );
  expect(challenge.params.get("realm")).toBe('e"f');
  expect(isStale(challenge)).toBe(true);
  expect(answer('Digest realm="e\\"f", nonce="2"', { user: 'a"b\\c', password: "", uri: "/", cnonce: "" })).toContain(
    'username="a\\"b\\\\c", realm="e\\"f"',
  );
});

test.each([
  ["an algorithm that nobody knows", 'Digest realm="a", nonce="1", algorithm=SHA3-256'],
  ["the body sealed, too", 'Digest realm="a", nonce="1", qop="auth-int"'],
  ["nothing to be met", 'Digest realm="a"'],
  ["another scheme", "Negotiate YWJj=="],
  ["no scheme at all", '="", ,'],
])("%s cannot be met", (_, header) => {
  expect(chosenDigest(readChallenges(header))).toBeNull();
});

test("a name beyond ASCII goes in a form of its own", () => {
  const header = answer('Digest realm="a", nonce="1", qop="auth"', {
    user: "Jäsøn (1)",
    password: "lösen",
    uri: "/",
    cnonce: "1",
  });
  expect(header).toContain("username*=UTF-8''J%C3%A4s%C3%B8n%20%281%29,");
});

test("the next nonce may come with an answer", () => {
  expect(nextNonce('rspauth="ab", qop=auth, nextnonce="n,2"')).toBe("n,2");
  expect(nextNonce('rspauth="ab"')).toBeNull();
});

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

test.each([
  ["quotes that never close", (size: number) => `Digest a="${'\\"'.repeat(size / 2)}`],
  ["spaces", (size: number) => `Digest a${" ".repeat(size)}`],
  ["commas", (size: number) => ",".repeat(size)],
  ["schemes", (size: number) => "a ".repeat(size / 2)],
])("%s are read in a time that grows as their length", (_, textOf) => {
  expect(growth(textOf, readChallenges, cpuMs)).toBeLessThan(linearGrowth);
});
