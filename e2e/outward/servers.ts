import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { onTestFinished } from "vitest";
import { type MailServer, openMailServer, portOf } from "../fixtures/mail-server.ts";

/** A mail server that ends with the test. */
export const startMailServer = async (options: Parameters<typeof openMailServer>[0] = {}): Promise<MailServer> => {
  const server = await openMailServer(options);
  onTestFinished(server.close);
  return server;
};

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
