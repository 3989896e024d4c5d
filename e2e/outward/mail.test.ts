import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import type { SMTPServerOptions } from "smtp-server";
import { expect, onTestFinished, test } from "vitest";
import { createAbort } from "../../src/core/abort.ts";
import { silentLog } from "../../src/core/feed/testing/silent-log.ts";
import { MessengerProblem, type OutwardMessage } from "../../src/core/outward/messenger.ts";
import { createMail } from "../../src/main/adapters/outward/mail.ts";
import { instant } from "../../src/shared/testing/instant.ts";
import { createAuthority } from "../fixtures/certificates.ts";
import { headerOf, mailPassword as password, readingOf } from "../fixtures/mail-server.ts";
import { startMailServer } from "./servers.ts";

const message: OutwardMessage = {
  id: "0123456789abcdef",
  thread: "fedcba",
  about: "match/1",
  state: "news",
  level: "warning",
  at: instant("2027-05-08T13:00:00.000Z"),
  title: "Åby IF – Öster: flyttad\r\nBcc: eve@example.com",
  text: "lör 8 maj 15:00\n.\nTid eller plats: 15:00 → 16:00",
  link: "avspark://match/1",
};
const { signal } = createAbort();
const user = `anna%40example.com:${encodeURIComponent(password)}`;

const mailTo = (
  port: number,
  rest: {
    readonly scheme?: string;
    readonly credentials?: string;
    readonly host?: string;
    readonly ca?: string;
    readonly timeoutMs?: number;
  } = {},
) => {
  const { scheme = "smtp", credentials = `${user}@`, host = "127.0.0.1", ca = null, timeoutMs = 10_000 } = rest;
  return createMail({
    url: `${scheme}://${credentials}${host}:${port}`,
    from: "anna@example.com",
    to: ["bo@example.com", "cecilia@example.com"],
    caFile: ca,
    log: silentLog,
    timeoutMs,
  });
};

const kindOf = async (sending: Promise<void>): Promise<string> => {
  const error: unknown = await sending.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof MessengerProblem) {
    expect(JSON.stringify(error.problem)).not.toContain("hemligt");
    return error.problem.kind;
  }
  throw new Error("It was sent, or failed in another way.", { cause: error });
};

const listen = async (onSocket: (socket: Socket) => void): Promise<number> => {
  const server = createServer(onSocket);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
};

const authorityFor = async () => {
  const authority = await createAuthority();
  onTestFinished(authority.remove);
  return { ca: authority.ca, certificate: await authority.issue("localhost", "DNS:localhost", "IP:127.0.0.1") };
};

test("a mail says in plain text what it is about, is known again, and stands in its thread", async () => {
  const server = await startMailServer();
  await mailTo(server.port).send(message, signal);
  await mailTo(server.port).send(message, signal);
  const [mail, again] = server.mails;
  if (mail === undefined || again === undefined) throw new Error("Two mails were sent.");
  expect(mail).toMatchObject({ from: "anna@example.com", to: ["bo@example.com", "cecilia@example.com"] });
  expect(headerOf(mail, "Message-ID")).toBe("<avspark.0123456789abcdef@example.com>");
  expect(headerOf(again, "Message-ID")).toBe(headerOf(mail, "Message-ID"));
  expect(headerOf(mail, "References")).toBe("<avspark.fedcba@example.com>");
  expect(headerOf(mail, "Auto-Submitted")).toBe("auto-generated");
  expect(headerOf(mail, "Content-Type")).toBe("text/plain; charset=utf-8");
  expect(headerOf(mail, "Bcc")).toBeNull();
  expect(headerOf(mail, "Date")).toBe("Sat, 08 May 2027 13:00:00 +0000");
  expect(mail.raw).toContain("avspark://match/1");
  expect(readingOf(mail)).toContain("Åby IF – Öster: flyttad");
  expect(readingOf(mail)).toContain("lör 8 maj 15:00\r\n.\r\nTid eller plats: 15:00 → 16:00");
});

test.each([["smtp"], ["smtps"]] as const)(
  "%s: it is signed in to over TLS, with a name that the certificate has",
  async (scheme) => {
    const { ca, certificate } = await authorityFor();
    const server = await startMailServer({ certificate, secure: scheme === "smtps" });
    await mailTo(server.port, { scheme, ca, host: "localhost" }).send(message, signal);
    expect(server.mails).toHaveLength(1);
  },
);

test.each([["smtp"], ["smtps"]] as const)(
  "%s: no password goes to a server whose certificate nobody vouches for",
  async (scheme) => {
    const { certificate } = await authorityFor();
    const server = await startMailServer({ certificate, secure: scheme === "smtps" });
    expect(await kindOf(mailTo(server.port, { scheme, host: "localhost" }).send(message, signal))).toBe(
      "messenger-certificate",
    );
    expect(server.signIns()).toBe(0);
  },
);

const refusal = (responseCode: number): Error => Object.assign(new Error("hemligt"), { responseCode });
const refusals: readonly (readonly [string, SMTPServerOptions, string])[] = [
  ["the recipients", { onRcptTo: (_to, _session, done) => done(refusal(550)) }, "messenger-rejected"],
  ["the recipients for now", { onRcptTo: (_to, _session, done) => done(refusal(450)) }, "messenger-busy"],
  ["the sender", { onMailFrom: (_from, _session, done) => done(refusal(553)) }, "messenger-rejected"],
  ["the connection for now", { onConnect: (_session, done) => done(refusal(421)) }, "messenger-busy"],
  [
    "the mail itself",
    {
      onData: (stream, _session, done) => {
        stream.resume();
        stream.on("end", () => done(refusal(552)));
      },
    },
    "messenger-rejected",
  ],
];
test.each(refusals)("a server that refuses %s", async (_what, options, kind) => {
  const server = await startMailServer(options);
  expect(await kindOf(mailTo(server.port).send(message, signal))).toBe(kind);
});

test("beyond this machine no password goes to a server that cannot encrypt", async () => {
  const server = await startMailServer();
  // The same machine, by a name that does not say so.
  const plain = mailTo(server.port, { host: "[::ffff:127.0.0.1]" });
  expect(await kindOf(plain.send(message, signal))).toBe("messenger-certificate");
  expect(server.signIns()).toBe(0);
});

test("a wrong password", async () => {
  const server = await startMailServer();
  const wrong = mailTo(server.port, { credentials: "anna%40example.com:hemligt-fel@" });
  expect(await kindOf(wrong.send(message, signal))).toBe("messenger-sign-in");
});

test("some recipients are refused: the others have it, and it is not sent again", async () => {
  const server = await startMailServer({
    onRcptTo: ({ address }, _session, done) => done(address.startsWith("bo") ? refusal(550) : null),
  });
  await mailTo(server.port).send(message, signal);
  expect(server.mails).toMatchObject([{ to: ["cecilia@example.com"] }]);
});

test("one that drops the connection in the middle of a mail", async () => {
  const server = await startMailServer({
    onData: (stream) => {
      stream.resume();
      for (const socket of sockets) socket.destroy();
    },
  });
  const sockets: Socket[] = [];
  const port = await listen((socket) => {
    const onward = connect(server.port, "127.0.0.1");
    sockets.push(socket, onward);
    for (const each of [socket, onward]) each.on("error", () => undefined);
    socket.pipe(onward).pipe(socket);
  });
  expect(await kindOf(mailTo(port).send(message, signal))).toBe("messenger-unreachable");
});

test("one that says nothing, says anything, or is not there", async () => {
  const silent = await listen((socket) => void socket.on("error", () => undefined).resume());
  expect(await kindOf(mailTo(silent, { timeoutMs: 300 }).send(message, signal))).toBe("messenger-timeout");
  const babbling = await listen((socket) => void socket.on("error", () => undefined).end("HTTP/1.1 200 OK\r\n\r\n"));
  expect(await kindOf(mailTo(babbling).send(message, signal))).toBe("messenger-unreachable");
  const { port } = await startMailServer({ onConnect: (_session, done) => done() });
  expect(await kindOf(mailTo(port, { host: "127.0.0.2", scheme: "smtps" }).send(message, signal))).toMatch(
    /^messenger-/,
  );
});

test("a slow one is let go at once when nobody waits any more", async () => {
  const abort = createAbort();
  const server = await startMailServer({ onMailFrom: () => abort.abort() });
  expect(await kindOf(mailTo(server.port, { timeoutMs: 60_000 }).send(message, abort.signal))).toMatch(/^messenger-/);
});
