import { createServer, type RequestListener } from "node:http";
import { connect, type Socket } from "node:net";
import { expect, it, onTestFinished, vi } from "vitest";
import { soon } from "../../../shared/testing/soon.ts";
import { createTurns, oneByOne } from "./turns.ts";

/** More than the buffers of both ends of a connection take. */
const longAnswer = "x".repeat(16 * 1024 * 1024);

const connected = async (listener: RequestListener): Promise<Socket> => {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server listens nowhere.");
  const socket = connect(address.port, "127.0.0.1");
  socket.on("error", () => undefined);
  await new Promise<void>((resolve) => socket.once("connect", resolve));
  onTestFinished(() => void socket.destroy());
  return socket;
};

const requests = (paths: readonly string[]): string =>
  paths.map((path) => `GET ${path} HTTP/1.1\r\nHost: here\r\n\r\n`).join("");

it("begins no second answer for a client that does not read the first", async () => {
  const begun: string[] = [];
  const socket = await connected(
    oneByOne(({ url = "" }, response) => {
      begun.push(url);
      response.end(longAnswer);
    }),
  );
  socket.pause();
  socket.write(requests(["/1", "/2", "/3"]));
  await vi.waitFor(() => expect(begun).toEqual(["/1"]), soon);
  // Whatever was parsed with the first would have begun with it.
  await new Promise((resolve) => setImmediate(resolve));
  expect(begun).toEqual(["/1"]);
  socket.resume();
  await vi.waitFor(() => expect(begun).toEqual(["/1", "/2", "/3"]), soon);
});

it("answers what one connection asks in its order, though a later answer would be quicker", async () => {
  const socket = await connected(
    oneByOne(({ url }, response) => void setTimeout(() => response.end(`<${url}>`), url === "/slow" ? 20 : 0)),
  );
  let heard = "";
  socket.setEncoding("utf8").on("data", (text: string) => {
    heard += text;
  });
  socket.write(requests(["/slow", "/2", "/3"]));
  await vi.waitFor(() => expect(heard.match(/<[^>]*>/g)).toEqual(["</slow>", "</2>", "</3>"]), soon);
});

it("closes a connection that asks on and on without an answer, and forgets what waited on it", async () => {
  const begun: string[] = [];
  const socket = await connected(oneByOne(({ url = "" }) => void begun.push(url)));
  const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  socket.write(requests(Array.from({ length: 100 }, (_, index) => `/${index}`)));
  await closed;
  expect(begun).toEqual(["/0"]);
});

it("lets a question that needs no turn be heard between two that wait for theirs", async () => {
  const turn = createTurns(performance.now.bind(performance));
  const order: string[] = [];
  const long = [1, 2, 3].map((number) => turn().then(() => order.push(`long ${number}`)));
  setImmediate(() => order.push("lives"));
  await Promise.all(long);
  expect(order.indexOf("lives")).toBeLessThan(order.indexOf("long 2"));
});
