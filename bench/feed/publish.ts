import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Publication } from "./messages.ts";

const script = fileURLToPath(new URL("./publisher-child.ts", import.meta.url));

export type Publisher = {
  /** Sends everything; resolves when Redis has taken the last message, with how long that took. */
  readonly go: () => Promise<number>;
  readonly close: () => void;
};

/** The publisher in a process of its own, with all its messages made and not one sent. */
export const startPublisher = async (port: number, publication: Publication): Promise<Publisher> => {
  const child = spawn(process.execPath, [script, String(port), JSON.stringify(publication)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => {
    const line = await lines.next();
    if (line.done) throw new Error("The publisher ended.");
    return line.value;
  };
  await next();
  return {
    go: async () => {
      child.stdin.write("go\n");
      return Number((await next()).split(" ")[1]);
    },
    close: () => void child.kill(),
  };
};
