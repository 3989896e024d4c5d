import { once } from "node:events";
import { createServer } from "node:net";
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { createAbort } from "../../src/core/abort.ts";
import { MessengerProblem, type OutwardMessage } from "../../src/core/outward/messenger.ts";
import { webhookBody } from "../../src/main/adapters/outward/forms.ts";
import { createWebhook } from "../../src/main/adapters/outward/webhook.ts";
import { instant } from "../../src/shared/testing/instant.ts";
import { startHook } from "./servers.ts";

const message: OutwardMessage = {
  id: "0123456789abcdef",
  thread: "fedcba",
  about: "feed",
  state: "news",
  level: "critical",
  at: instant("2027-05-08T13:00:00.000Z"),
  title: 'Kritiskt – Flödet: "Redis" <@everyone> & *fel*',
  text: "Sedan 8 maj 15:00.\nGör så här: @here [se](https://example.com)",
  link: null,
};
const { signal } = createAbort();
const hookAt = (
  url: string,
  rest: { readonly form?: "json" | "discord" | "slack"; readonly timeoutMs?: number } = {},
) => createWebhook({ url, form: rest.form ?? "json", caFile: null, timeoutMs: rest.timeoutMs ?? 5000, now: Date.now });

const problemOf = async (sending: Promise<void>): Promise<MessengerProblem> => {
  const error: unknown = await sending.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof MessengerProblem) return error;
  throw new Error("It was sent, or failed in another way.", { cause: error });
};

test("a program of one's own gets JSON with all there is to know", async () => {
  const hook = await startHook();
  await hookAt(hook.url).send(message, signal);
  expect(hook.heard).toMatchObject([
    { path: "/hook/s3cret", headers: { "content-type": "application/json; charset=utf-8" }, body: message },
  ]);
});

test("credentials in the address go into a header", async () => {
  const hook = await startHook();
  await hookAt(hook.url.replace("127.0.0.1", "desk:p%40ss@127.0.0.1")).send(message, signal);
  expect(hook.heard[0]?.headers.authorization).toBe(`Basic ${Buffer.from("desk:p@ss").toString("base64")}`);
});

test.each([
  [401, "messenger-sign-in"],
  [403, "messenger-sign-in"],
  [404, "messenger-not-found"],
  [410, "messenger-not-found"],
  [400, "messenger-rejected"],
  [413, "messenger-rejected"],
  [429, "messenger-busy"],
  [500, "messenger-busy"],
  [503, "messenger-busy"],
] as const)("status %i is %s, and nothing that was answered or asked is repeated", async (status, kind) => {
  const hook = await startHook((_request, response) => void response.writeHead(status).end("s3cret"));
  const { problem } = await problemOf(hookAt(hook.url).send(message, signal));
  expect(problem.kind).toBe(kind);
  expect(JSON.stringify(problem)).not.toContain("s3cret");
});

test("how long it asks to be left alone is heard, in fractions too", async () => {
  const hook = await startHook((_request, response) => void response.writeHead(429, { "retry-after": "1.5" }).end());
  expect((await problemOf(hookAt(hook.url).send(message, signal))).retryAfterMs).toBe(1500);
});

test("a redirect is not followed: the address is a secret", async () => {
  const elsewhere = await startHook();
  const hook = await startHook((_request, response) => void response.writeHead(307, { location: elsewhere.url }).end());
  expect((await problemOf(hookAt(hook.url).send(message, signal))).problem.kind).toBe("messenger-redirect");
  expect(elsewhere.heard).toEqual([]);
});

test("one that hangs is given up", async () => {
  const hook = await startHook(() => undefined);
  const { problem } = await problemOf(hookAt(hook.url, { timeoutMs: 200 }).send(message, signal));
  expect(problem.kind).toBe("messenger-timeout");
});

test("one that hangs is let go at once when nobody waits any more", async () => {
  const abort = createAbort();
  const hook = await startHook(() => abort.abort());
  const { problem } = await problemOf(hookAt(hook.url, { timeoutMs: 60_000 }).send(message, abort.signal));
  expect(problem.kind).toMatch(/^messenger-/);
});

test("what speaks no HTTP, or hangs up, cannot be reached", async () => {
  for (const say of ["garbage\r\n\r\n", null]) {
    const server = createServer((socket) => void (say === null ? socket.destroy() : socket.end(say)));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    onTestFinished(() => void server.close());
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const { problem } = await problemOf(hookAt(`http://127.0.0.1:${port}/`).send(message, signal));
    expect(problem.kind).toBe("messenger-unreachable");
  }
});

describe("chats", () => {
  test("Discord mentions nobody, embeds nothing, and shows signs as they are", () => {
    expect(JSON.parse(webhookBody("discord", message))).toEqual({
      content:
        '**Kritiskt – Flödet: "Redis" <@everyone> & \\*fel\\***\nSedan 8 maj 15:00.\nGör så här: @here \\[se\\]\\(https://example.com\\)',
      allowed_mentions: { parse: [] },
      flags: 4,
    });
  });

  test("Slack is given no mark-up of ours or anybody's", () => {
    expect(JSON.parse(webhookBody("slack", message))).toMatchObject({
      text: '*Kritiskt – Flödet: "Redis" &lt;@everyone&gt; &amp; ·fel·*\nSedan 8 maj 15:00.\nGör så här: @here [se](https://example.com)',
      unfurl_links: false,
    });
  });

  test("whatever the text, it fits", () => {
    const long = fc.string({
      unit: fc.constantFrom("a", "<", "&", "*", "\u{1f600}", "\n", '"'),
      maxLength: 6000,
      size: "max",
    });
    fc.assert(
      fc.property(long, long, (title, text) => {
        const discord: unknown = JSON.parse(webhookBody("discord", { ...message, title, text }));
        const slack: unknown = JSON.parse(webhookBody("slack", { ...message, title, text }));
        expect(discord).toMatchObject({ content: expect.toSatisfy((content: string) => content.length <= 2000) });
        expect(slack).toMatchObject({ text: expect.toSatisfy((content: string) => content.length <= 4000) });
        expect(JSON.stringify([discord, slack])).not.toMatch(/\\ud[89ab]../);
      }),
      { numRuns: 50 },
    );
  });
});
