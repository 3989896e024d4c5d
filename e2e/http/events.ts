import { get, type IncomingMessage } from "node:http";
import { until } from "../fixtures/until.ts";

export type Told = {
  readonly name: string;
  readonly id: string;
  readonly data: unknown;
  /** When it was read, in milliseconds since the epoch. */
  readonly at: number;
};

type Wanted = { readonly path?: string; readonly query?: string; readonly lastEventId?: string };

export type EventReader = {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  /** In the order they came. */
  readonly told: readonly Told[];
  readonly messageIds: () => readonly number[];
  readonly changeIds: () => readonly number[];
  /** Where a reader that comes back says it was. */
  readonly lastEventId: () => string;
  /** Waits for an event of that name for which the condition holds. */
  readonly hears: (name: string, holds?: (data: unknown) => boolean) => Promise<Told>;
  /** The service hung up. */
  readonly ended: () => boolean;
  /** Stops reading what comes, as a hung program does. */
  readonly pause: () => void;
  readonly resume: () => void;
  readonly close: () => void;
};

/** Reads /events, or another stream, as a browser's EventSource would (HTML Living Standard, 9.2.6), but never comes back by itself. */
export const readEvents = (
  address: string,
  { path = "/events", query = "", lastEventId }: Wanted = {},
): Promise<EventReader> =>
  new Promise((resolve, reject) => {
    const headers = lastEventId === undefined ? {} : { "last-event-id": lastEventId };
    const request = get(`${address}${path}${query}`, { agent: false, headers }, (response) => {
      resolve(readerOf(response));
    });
    request.on("error", reject);
  });

const readerOf = (response: IncomingMessage): EventReader => {
  const told: Told[] = [];
  let rest = "";
  let lastId = "";
  let ended = false;
  const end = (): void => {
    ended = true;
  };
  response
    .setEncoding("utf8")
    .on("data", (text: string) => {
      const blocks = (rest + text).split("\n\n");
      rest = blocks.pop() ?? "";
      for (const block of blocks) {
        const fields = fieldsOf(block);
        lastId = fields.get("id") ?? lastId;
        const data = fields.get("data");
        if (data !== undefined)
          told.push({ name: fields.get("event") ?? "message", id: lastId, data: JSON.parse(data), at: Date.now() });
      }
    })
    .on("end", end)
    .on("close", end)
    .on("error", end);
  const idsOf = (wanted: string) => () => told.filter(({ name }) => name === wanted).map(({ data }) => idOf(data));
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    told,
    messageIds: idsOf("message"),
    changeIds: idsOf("change"),
    lastEventId: () => lastId,
    hears: (name, holds = () => true) =>
      until(() => told.find((event) => event.name === name && holds(event.data)), { what: () => `a ${name} event` }),
    ended: () => ended,
    pause: () => void response.pause(),
    resume: () => void response.resume(),
    close: () => void response.destroy(),
  };
};

/** A line that begins with a colon is a comment. */
const fieldsOf = (block: string): ReadonlyMap<string, string> =>
  new Map(
    block.split("\n").flatMap((line) => {
      const [, name, value] = /^(\w+): ?(.*)$/.exec(line) ?? [];
      return name === undefined || value === undefined ? [] : [[name, value] as const];
    }),
  );

const idOf = (data: unknown): number =>
  typeof data === "object" && data !== null && "id" in data && typeof data.id === "number" ? data.id : Number.NaN;

/** From the first to the last, none missing and none twice. */
export const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);
