import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Server } from "node:net";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { onTestFinished } from "vitest";
import type { Certificate } from "../fixtures/certificates.ts";

const portOf = (server: { readonly address: () => string | AddressInfo | null }): number => {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
};

export type Mail = { readonly from: string; readonly to: readonly string[]; readonly raw: string };

/** A mail server that takes everything from anna@example.com with this password, unless it is told to do otherwise. */
export const password = "hemligt/åäö";

export const startMailServer = async (
  options: SMTPServerOptions & { readonly certificate?: Certificate } = {},
): Promise<{ readonly mails: readonly Mail[]; readonly port: number; readonly signIns: () => number }> => {
  const { certificate, ...rest } = options;
  const mails: Mail[] = [];
  let signIns = 0;
  const server = new SMTPServer({
    ...(certificate !== undefined && {
      key: await readFile(certificate.key, "utf8"),
      cert: await readFile(certificate.cert, "utf8"),
    }),
    disabledCommands: certificate === undefined ? ["STARTTLS"] : [],
    allowInsecureAuth: true,
    closeTimeout: 100,
    onAuth: (auth, _session, done) => {
      signIns += 1;
      if (auth.username === "anna@example.com" && auth.password === password) done(null, { user: "anna" });
      else done(new Error("Wrong password"));
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const { mailFrom, rcptTo } = session.envelope;
        mails.push({
          from: mailFrom === false ? "" : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks).toString("utf8"),
        });
        done();
      });
    },
    ...rest,
  });
  server.on("error", () => undefined);
  server.listen(0, "127.0.0.1");
  const inner: Server = server.server;
  if (!inner.listening) await once(inner, "listening");
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { mails, port: portOf(inner), signIns: () => signIns };
};

/** A header of a mail, on one line. */
export const headerOf = ({ raw }: Mail, name: string): string | null =>
  new RegExp(`^${name}: (.*)$`, "im").exec(raw.replace(/\r\n[ \t]+/g, " "))?.[1]?.trim() ?? null;

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A program that a webhook leads to. What it hears it keeps, whatever it answers. */
export const startHook = async (first: Answer = (_request, response) => void response.writeHead(204).end()) => {
  let answer = first;
  const heard: { readonly path: string; readonly headers: IncomingMessage["headers"]; readonly body: unknown }[] = [];
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request.setEncoding("utf8")) text += chunk;
    heard.push({ path: request.url ?? "", headers: request.headers, body: JSON.parse(text) });
    answer(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${portOf(server)}/hook/s3cret`,
    heard,
    answers: (next: Answer): void => {
      answer = next;
    },
  };
};
