import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { expect, test } from "vitest";
import { descriptorKinds, kindOf, tcpKindsIn } from "./descriptors.ts";

test.runIf(process.platform === "linux")(
  "what this process has open is counted by kind, sockets by who listens",
  async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) => {
      server.listen(0, "127.0.0.1", () => {
        const address = server.address();
        resolve(typeof address === "object" && address !== null ? address.port : 0);
      });
    });
    const named = (at: number): string | null => (at === port ? "of this test" : null);
    const kinds = descriptorKinds([process.pid], () => "main", named);
    expect(kinds["main: tcp of this test, listens"]).toBe(1);
    expect(Object.keys(kinds)).toContain("main: eventpoll");
    await new Promise((resolve) => server.close(resolve));
    expect(descriptorKinds([process.pid], () => "main", named)["main: tcp of this test, listens"]).toBeUndefined();
    expect([...tcpKindsIn(readFileSync("/proc/net/tcp", "utf8"), named).values()]).not.toContain(
      "tcp of this test, open",
    );
  },
);

test.each([
  ["/memfd:.org.chromium.Chromium.Ab3 (deleted)", "shared memory"],
  ["/dev/shm/.org.chromium.Chromium.x9 (deleted)", "shared memory"],
  ["anon_inode:[eventfd]", "eventfd"],
  ["pipe:[812]", "pipe"],
  ["socket:[99]", "unix socket"],
  ["/home/bo/data/window/Session Storage/000012.log", "Session Storage/#.log"],
])("%s is %s", (link, kind) => {
  expect(kindOf(link, new Map())).toBe(kind);
});
