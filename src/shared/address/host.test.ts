import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readHost, readZonedHost } from "./host.ts";
import { readRedisAddress } from "./redis.ts";
import { readWebAddress } from "./web.ts";

describe("a host", () => {
  test.each([
    ["127.0.0.1", "127.0.0.1"],
    ["255.255.255.255", "255.255.255.255"],
    ["0.0.0.0", "0.0.0.0"],
    ["::", "::"],
    ["0:0:0:0:0:0:0:1", "::1"],
    ["2001:DB8::1", "2001:db8::1"],
    ["localhost", "localhost"],
    ["LocalHost", "localhost"],
    ["redis.default.svc.cluster.local.", "redis.default.svc.cluster.local."],
    ["fogis_redis-1", "fogis_redis-1"],
    ["3com.example", "3com.example"],
    ["10.example", "10.example"],
    ["värd.example", "xn--vrd-qla.example"],
  ])("%s is one: %s", (text, value) => {
    expect(readHost(text)).toEqual({ ok: true, value });
  });

  test.each(
    [
      ["", "999.1.1.1", "256.1.1.1", "1.1.1.1.1", "1.2.3", "1", "0x7f", "127.0.0.0x1", "127.0.0.01", "1.2.3.4."],
      ["--", "-a", "a-", "a.-b", ".", "..", "a..b", ".a", "a..", "a.1", "a b", "a/b", "a:b", "a@b", "%41"],
      [":", ":::", "1::2::3", "::g", "[::1]", "::1%eth0", "::1.2.3", "a".repeat(64), `${"a.".repeat(127)}ab`],
    ].flat(),
  )("%s is none", (text) => {
    expect(readHost(text).ok).toBe(false);
  });

  test("may say by which interface where only a socket is opened", () => {
    expect(readZonedHost("FE80::1%eth0")).toEqual({ ok: true, value: "fe80::1%eth0" });
    expect(readZonedHost("127.0.0.1%eth0").ok).toBe(false);
    expect(readZonedHost("localhost%eth0").ok).toBe(false);
  });
});

/** Texts that look like hosts, right and wrong. */
const nearly = fc.oneof(
  fc.string({ unit: fc.constantFrom(..."0129.-_:axf%å[]/@") }),
  fc.ipV4Extended(),
  fc.ipV6(),
  fc.domain(),
  fc.string(),
);

describe("whatever is taken for a host", () => {
  test("is one to the standard too, as the same host, and comes back as itself", () => {
    fc.assert(
      fc.property(nearly, (text) => {
        const found = readHost(text);
        if (!found.ok) return;
        const { value } = found;
        const written = value.includes(":") ? `[${value}]` : value;
        expect(new URL(`http://${written}:5003/`).hostname).toBe(written);
        expect(readHost(value)).toEqual(found);
      }),
    );
  });

  test("is one in every address, and nothing else is", () => {
    fc.assert(
      fc.property(nearly, (text) => {
        // These end a host, or stand before it: then another part of the text is the host.
        fc.pre(!/[:/?#@%\\[\]\s,]/.test(text));
        const { ok } = readHost(text);
        expect(readRedisAddress(`redis://${text}:6379/0`).ok).toBe(ok);
        expect(readWebAddress(`http://${text}:5003/m`).ok).toBe(ok);
      }),
    );
  });

  test("holds every IPv4 address, every IPv6 address and every name", () => {
    fc.assert(fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => readHost(text).ok));
    fc.assert(fc.property(fc.domain(), (text) => text.includes("xn--") || readHost(text).ok));
  });

  test("is no address in four parts of which one is too large", () => {
    const part = fc.nat(999);
    fc.assert(
      fc.property(part, part, part, part, (...parts) => {
        expect(readHost(parts.join(".")).ok).toBe(parts.every((each) => each <= 255));
      }),
    );
  });
});
