import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer as createSecureServer } from "node:https";
import { createServer } from "node:net";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import type { AbortSignalLike } from "../../src/core/ports.ts";
import { createMatchSource, type MatchSourceOptions } from "../../src/main/adapters/matches-http.ts";
import { ProblemError } from "../../src/shared/problem.ts";
import { createAuthority } from "../fixtures/certificates.ts";
import { type Answer, half, json, redirect, silence, startMatchServer, text } from "../fixtures/match-server.ts";
import { freePort } from "../fixtures/redis.ts";

const list = [{ matchid: 1, hemmalag: "Exempel IF" }, { matchid: 2 }];
const never: AbortSignalLike = { aborted: false, addEventListener: () => undefined };

const serve = async (answer: Answer) => {
  const server = await startMatchServer(answer);
  onTestFinished(() => server.close());
  return server;
};

const problemFrom = async (options: MatchSourceOptions, signal = never): Promise<string> => {
  const error = await createMatchSource(options)
    .fetch(null, signal)
    .then(
      () => null,
      (reason: unknown) => reason,
    );
  if (!(error instanceof ProblemError)) throw new Error(`Expected a problem, got ${String(error)}`);
  return `${error.problem.kind}: ${error.problem.message}`;
};

const problemOf = async (answer: Answer, options: Partial<MatchSourceOptions> = {}): Promise<string> =>
  problemFrom({ url: (await serve(answer)).url, ...options });

test("a list, and its ETag: asked for again, nothing is new", async () => {
  const server = await serve(json(list, '"one"'));
  const source = createMatchSource({ url: server.url });
  expect(await source.fetch(null, never)).toEqual({
    kind: "list",
    matches: list,
    etag: '"one"',
    bytes: JSON.stringify(list).length,
  });
  expect(await source.fetch('"one"', never)).toEqual({ kind: "unchanged" });
  server.answerWith(json([...list, { matchid: 3 }], '"two"'));
  expect(await source.fetch('"one"', never)).toMatchObject({ kind: "list", etag: '"two"' });
  expect(server.requests.map(({ headers }) => headers["if-none-match"])).toEqual([undefined, '"one"', '"one"']);
});

test("compressed, with a byte order mark, and in many pieces", async () => {
  const server = await serve((_request, response) => {
    response.writeHead(200, { "Content-Encoding": "gzip" }).end(gzipSync(JSON.stringify(list)));
  });
  const source = createMatchSource({ url: server.url });
  expect(await source.fetch(null, never)).toMatchObject({ matches: list });
  server.answerWith((_request, response) => {
    response.write("\uFEFF");
    for (const letter of JSON.stringify(list)) response.write(letter);
    response.end();
  });
  expect(await source.fetch(null, never)).toMatchObject({ matches: list });
});

test.each<[string, (body: Buffer) => Buffer]>([
  ["gzip", gzipSync],
  ["x-gzip", gzipSync],
  ["deflate", deflateSync],
  ["deflate", deflateRawSync],
  ["br", brotliCompressSync],
  ["deflate, gzip", (body) => gzipSync(deflateSync(body))],
  ["identity", (body) => body],
])("packed as %s", async (coding, pack) => {
  const packed = pack(Buffer.from(JSON.stringify(list)));
  const answer = (body: Buffer): Answer => {
    return (_request, response) => response.writeHead(200, { "Content-Encoding": coding }).end(body);
  };
  const server = await serve(answer(packed));
  expect(await createMatchSource({ url: server.url }).fetch(null, never)).toMatchObject({ matches: list });
  expect(server.requests[0]?.headers["accept-encoding"]).toBe("gzip, deflate, br");
  server.answerWith(answer(packed.subarray(0, packed.length / 2)));
  expect(await problemFrom({ url: server.url })).toMatch(/^source-incomplete:/);
});

test("packed in a way that nobody asked for", async () => {
  const packed: Answer = (_request, response) => response.writeHead(200, { "Content-Encoding": "pack200" }).end("x");
  expect(await problemOf(packed)).toBe("source-not-json: The source packs its answer in a way that nobody asked for.");
});

/** Ports that fetch refuses (Fetch standard, "bad port"). */
const badPorts = [10_080, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 5060, 5061, 4190, 4045, 3659, 2049];

test("on a port that fetch would refuse", async () => {
  for (const port of badPorts) {
    const server = await startMatchServer(json(list), port).catch(() => null);
    if (server === null) continue;
    onTestFinished(() => server.close());
    await expect(fetch(server.url)).rejects.toThrow();
    expect(await createMatchSource({ url: server.url }).fetch(null, never)).toMatchObject({ matches: list });
    return;
  }
  expect.fail("None of the ports is free.");
});

test("10,000 matches", async () => {
  const many = Array.from({ length: 10_000 }, (_, index) => ({ matchid: index, text: "x".repeat(1500) }));
  const server = await serve(json({ matches: many, total: many.length }));
  const answer = await createMatchSource({ url: server.url }).fetch(null, never);
  expect(answer.kind === "list" && answer.matches.length).toBe(10_000);
});

test("credentials in the address become a header and are never told", async () => {
  const server = await serve((request, response) => {
    if (request.headers.authorization !== `Basic ${Buffer.from("desk:hunter@2").toString("base64")}`)
      response.writeHead(401).end();
    else json(list)(request, response);
  });
  const url = server.url.replace("http://", "http://desk:hunter%402@");
  expect(await createMatchSource({ url }).fetch(null, never)).toMatchObject({ kind: "list" });
  const told = await problemFrom({ url: url.replace("%402", "%403") });
  expect(told).toBe("source-status: The source answers with status 401.");
  server.answerWith(text("<html>"));
  expect(await problemFrom({ url })).not.toContain("hunter");
});

test.each([404, 500, 503])("status %d", async (status) => {
  expect(await problemOf(text("[]", { status }))).toBe(`source-status: The source answers with status ${status}.`);
});

test("304 to a question that knew nothing is a bad answer", async () => {
  expect(await problemOf(text("", { status: 304 }))).toContain("source-status");
});

test.each([
  ["a web page", text("<!doctype html><title>Sign in</title>", { type: "text/html" }), "source-not-json"],
  ["a web page that says it is JSON", text("<html>no</html>"), "source-not-json"],
  ["not JSON", text("matches: 3"), "source-not-json"],
  ["JSON with a comma too much", text('[{"matchid":1},]'), "source-not-json"],
  ["JSON that is no list", text('{"ok":true}'), "source-not-json"],
  [
    "bytes that are no text",
    (_request: unknown, response) => response.end(Buffer.from([0x5b, 0xff, 0xfe])),
    "source-not-json",
  ],
  ["an empty list", json([]), "source-empty"],
  ["an empty list under matches", json({ matches: [] }), "source-empty"],
  ["nothing at all", text(""), "source-incomplete"],
  ["half of what was promised", half(list), "source-incomplete"],
  ["a list cut off between two matches", text('{"matches":[{"matchid":1}'), "source-incomplete"],
  ["a list cut off in a text", text('[{"matchid":1,"hemmalag":"Exem'), "source-incomplete"],
  ["fewer than it says", json({ matches: list, total: 5 }), "source-incomplete"],
  [
    "a chunked answer that breaks off",
    (_request: unknown, response) => response.write("[1,", () => response.destroy()),
    "source-incomplete",
  ],
  ["a failure in so many words", json({ success: false, error: "no" }), "source-status"],
] satisfies [string, Answer, string][])("%s: never an empty list", async (_name, answer, kind) => {
  expect(await problemOf(answer)).toMatch(new RegExp(`^${kind}:`));
});

test("more than the cap, announced and not", async () => {
  const large = [{ text: "x".repeat(2 * 1024 * 1024) }];
  const expected = "source-too-large: The source's answer is larger than 1 MB.";
  expect(await problemOf(text(JSON.stringify(large)), { maxBytes: 1024 * 1024 })).toBe(expected);
  const zipped: Answer = (_request, response) => {
    response.writeHead(200, { "Content-Encoding": "gzip" }).end(gzipSync(JSON.stringify(large)));
  };
  expect(await problemOf(zipped, { maxBytes: 1024 * 1024 })).toBe(expected);
});

test("too slow: without a word, and byte by byte for ever", async () => {
  expect(await problemOf(silence, { idleMs: 100 })).toBe(
    "source-timeout: The source has not sent anything for 0.1 seconds.",
  );
  const drip: Answer = (_request, response) => {
    const timer = setInterval(() => response.write(" "), 20);
    response.on("close", () => clearInterval(timer));
  };
  expect(await problemOf(drip, { idleMs: 2000, timeoutMs: 300 })).toBe(
    "source-timeout: The source takes longer than 0.3 seconds.",
  );
});

test("redirects: followed on the same host, five at most, to no other", async () => {
  const server = await serve((request, response) => {
    if (request.url === "/matches") redirect("/elsewhere")(request, response);
    else json(list)(request, response);
  });
  expect(await createMatchSource({ url: server.url }).fetch(null, never)).toMatchObject({ matches: list });
  server.answerWith((request, response) => redirect(`${request.url}x`)(request, response));
  const before = server.requests.length;
  expect(await problemFrom({ url: server.url })).toBe("source-redirect: The source redirects more than 5 times.");
  expect(server.requests.length - before).toBe(6);

  const other = await serve(json(list));
  server.answerWith(redirect(other.url.replace("127.0.0.1", "localhost")));
  expect(await problemFrom({ url: server.url })).toBe("source-redirect: The source redirects to another host.");
  expect(other.requests).toHaveLength(0);
});

test("nobody there, no such name, no HTTP", async () => {
  expect(await problemFrom({ url: `http://127.0.0.1:${await freePort()}/` })).toBe(
    "source-unreachable: Nothing listens at the source's address.",
  );
  expect(await problemFrom({ url: "http://nowhere.invalid/" })).toContain("source-unreachable: The source's host name");
  expect(await problemFrom({ url: "http://" })).toContain("configuration-invalid");
  const babble = createServer((socket) => socket.end("-ERR what?\r\n")).listen(0, "127.0.0.1");
  onTestFinished(() => void babble.close());
  await once(babble, "listening");
  const address = babble.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  expect(await problemFrom({ url: `http://127.0.0.1:${port}/` })).toBe(
    "source-unreachable: What answers at the source's address does not speak HTTP.",
  );
});

test("no longer wanted: it ends at once", async () => {
  const listeners: (() => void)[] = [];
  const signal: AbortSignalLike = { aborted: false, addEventListener: (_type, listener) => listeners.push(listener) };
  const server = await serve(silence);
  const asked = problemFrom({ url: server.url }, signal);
  for (const listener of listeners) listener();
  expect(await asked).toContain("no longer wanted");
});

test("a server with a certificate of a private authority is believed when that authority is named", async () => {
  const authority = await createAuthority();
  onTestFinished(authority.remove);
  const { cert, key } = await authority.issue("localhost", "DNS:localhost");
  const server = createSecureServer({ cert: await readFile(cert), key: await readFile(key) }, (_request, response) =>
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(list)),
  ).listen(0, "localhost");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("it listens on a port");
  const url = `https://localhost:${address.port}/`;
  expect(await createMatchSource({ url, caFile: authority.ca }).fetch(null, never)).toMatchObject({ matches: list });
  expect(await problemFrom({ url })).toBe("source-unreachable: The source's certificate is not trusted.");
  expect(await problemFrom({ url, caFile: "/nowhere.pem" })).toBe(
    "configuration-invalid: The file named in AVSPARK_MATCHES_TLS_CA_FILE cannot be read.",
  );
});
