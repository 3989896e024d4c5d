import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export type GoogleProcess = {
  readonly url: string;
  /** Carries out an order on the stand-in by its name there: `await order("person.edit", id, event, {…})`. */
  readonly order: (name: string, ...parameters: readonly unknown[]) => Promise<unknown>;
  readonly stop: () => Promise<void>;
};

/** Starts the stand-in as a process of its own; it outlives a client that is killed. */
export const spawnGoogle = async (options: { readonly latencyMs?: number } = {}): Promise<GoogleProcess> => {
  const script = fileURLToPath(new URL("./main.ts", import.meta.url));
  const child = spawn(process.execPath, [script, String(options.latencyMs ?? 0)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => {
    const line = await lines.next();
    if (line.done) throw new Error("the Google stand-in ended");
    return line.value;
  };
  const url = await next();
  // One order at a time, so that each gets its own answer.
  let queue: Promise<unknown> = Promise.resolve();
  return {
    url,
    order: (name, ...parameters) => {
      const answer = queue.then(async () => {
        child.stdin.write(`${JSON.stringify([name, ...parameters])}\n`);
        return JSON.parse(await next());
      });
      queue = answer.catch(() => undefined);
      return answer;
    },
    stop: () => {
      child.stdin.end();
      return ended;
    },
  };
};
