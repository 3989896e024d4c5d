import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Authority, createAuthority } from "../fixtures/certificates.ts";
import { freePort } from "../fixtures/redis.ts";
import { listener, redisFor } from "./listener.ts";

let authority: Authority;
let stranger: Authority;
beforeAll(async () => {
  [authority, stranger] = await Promise.all([createAuthority(), createAuthority()]);
});
afterAll(() => Promise.all([authority.remove(), stranger.remove()]));

/** Plain for the test's own commands, TLS for us. */
const tlsRedis = async (options: { readonly names: readonly string[]; readonly askForClient?: boolean }) => {
  const { cert, key } = await authority.issue("redis", ...options.names);
  const tlsPort = await freePort();
  const redis = await redisFor({
    conf: [
      `tls-port ${tlsPort}`,
      `tls-cert-file ${cert}`,
      `tls-key-file ${key}`,
      `tls-ca-cert-file ${authority.ca}`,
      `tls-auth-clients ${options.askForClient === true ? "yes" : "no"}`,
    ],
  });
  return { redis, url: `rediss://127.0.0.1:${tlsPort}`, tlsPort };
};

const refusal = async (...args: Parameters<typeof listener>) => {
  const feed = listener(...args);
  feed.subscriber.start();
  const { cause } = await feed.becomes("refused");
  return cause;
};

test("a certificate of our own authority", async () => {
  const { redis, url } = await tlsRedis({ names: ["IP:127.0.0.1"] });
  const feed = listener(url, { tls: { caFile: authority.ca } });
  feed.subscriber.start();
  await feed.becomes("live");
  await feed.receives(redis);
});

test("an authority we do not know, a strange one, an unreadable file", async () => {
  const { url } = await tlsRedis({ names: ["IP:127.0.0.1"] });
  const untrusted = {
    kind: "redis-certificate",
    message: "The Redis server's certificate is signed by nobody we trust.",
  };
  expect(await refusal(url)).toEqual(untrusted);
  expect(await refusal(url, { tls: { caFile: stranger.ca } })).toEqual(untrusted);
  expect(await refusal(url, { tls: { caFile: "/nowhere/ca.pem" } })).toEqual({
    kind: "redis-certificate",
    message: "The file named in REDIS_TLS_CA_FILE cannot be read.",
  });
});

test.each([
  ["redis.example.com", "DNS:redis.example.com"],
  ["192.0.2.7", "IP:192.0.2.7"],
])(
  "another host's certificate, unless REDIS_TLS_SERVERNAME says that it is the right one: %s",
  async (servername, name) => {
    const warning = vi.spyOn(process, "emitWarning");
    const { redis, url } = await tlsRedis({ names: [name] });
    expect(await refusal(url, { tls: { caFile: authority.ca } })).toEqual({
      kind: "redis-certificate",
      message: "The Redis server's certificate is for another host name.",
    });
    const feed = listener(url, { tls: { caFile: authority.ca, servername } });
    feed.subscriber.start();
    await feed.becomes("live");
    await feed.receives(redis);
    expect(warning).not.toHaveBeenCalled();
  },
);

test("a client certificate: missing, strange, not ours, right", async () => {
  const { redis, url } = await tlsRedis({ names: ["IP:127.0.0.1"], askForClient: true });
  const caFile = authority.ca;
  const ours = await authority.issue("desk");
  const other = await authority.issue("other");
  const strange = await stranger.issue("desk");
  const kinds = await Promise.all([
    refusal(url, { tls: { caFile } }),
    refusal(url, { tls: { caFile, certFile: strange.cert, keyFile: strange.key } }),
    refusal(url, { tls: { caFile, certFile: ours.cert, keyFile: other.key } }),
    refusal(url, { tls: { caFile, certFile: caFile, keyFile: caFile } }),
  ]);
  expect(kinds.map(({ message }) => message)).toEqual([
    "The Redis server wants a client certificate.",
    "The Redis server does not accept our client certificate.",
    "The client certificate and its key do not belong together.",
    "A certificate file is not PEM, or its key cannot be read.",
  ]);
  expect(new Set(kinds.map(({ kind }) => kind))).toEqual(new Set(["redis-certificate"]));
  const feed = listener(url, { tls: { caFile, certFile: ours.cert, keyFile: ours.key } });
  feed.subscriber.start();
  await feed.becomes("live");
  await feed.receives(redis);
});

test("TLS to a plain port, and plain to a TLS port", async () => {
  const { redis, tlsPort } = await tlsRedis({ names: ["IP:127.0.0.1"] });
  // To Redis the greeting of TLS is the beginning of a command, whose end it waits for.
  const secured = listener(`rediss://127.0.0.1:${redis.port}`);
  secured.subscriber.start();
  expect((await secured.becomes("reconnecting")).cause.kind).toBe("redis-timeout");
  const feed = listener(`redis://127.0.0.1:${tlsPort}`);
  feed.subscriber.start();
  const connection = await Promise.race([feed.becomes("refused"), feed.becomes("reconnecting")]);
  expect(connection.cause.message).toContain("rediss://");
});
