import type { IncomingMessage } from "node:http";
import { createInterface } from "node:readline";

/** One event of a stream; `id` says where the stream is after it, and comes alone as well. */
export type StreamEvent = { readonly id: string | null; readonly name: string | null; readonly data: string | null };

/** Reads server-sent events (HTML Standard, 9.2.6) as our own service writes them, until the stream ends. */
export const readEvents = async (response: IncomingMessage, onEvent: (event: StreamEvent) => void): Promise<void> => {
  // Whether it was ended or lost, the reader comes back to find out.
  response.on("error", () => undefined);
  const fields = new Map<string, string>();
  for await (const line of createInterface({ input: response, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line !== "") {
      const [, name = "", value = ""] = /^([^:]*):? ?(.*)$/.exec(line) ?? [];
      fields.set(name, value);
      continue;
    }
    const [id = null, name = null, data = null] = ["id", "event", "data"].map((field) => fields.get(field));
    fields.clear();
    if (id !== null || data !== null) onEvent({ id, name, data });
  }
};
