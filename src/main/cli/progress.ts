import { z } from "zod";
import { type TargetStatus, targetStatusSchema } from "../../shared/calendar.ts";
import { readEvents } from "../server-sent.ts";
import type { Client } from "./client.ts";
import type { Terminal } from "./terminal.ts";
import { words } from "./words.ts";

/** A bar while the calendars are written, where somebody looks on. The returned function takes it away. */
export const showProgress = (client: Client, { err }: Terminal): (() => void) => {
  if (err.columns === null) return () => undefined;
  const columns = err.columns;
  let ended = false;
  let end = (): void => undefined;
  const follow = async (): Promise<void> => {
    const response = await client.follow("/events?types=state", {});
    end = () => response.destroy();
    if (ended) end();
    await readEvents(response, ({ data }) => {
      const bar = data === null ? null : barOf(data, columns);
      if (bar !== null && !ended) err.overwrite(bar);
    });
  };
  // The work goes on without the bar.
  follow().catch(() => undefined);
  return () => {
    ended = true;
    end();
    err.overwrite("");
  };
};

const stateSchema = z.object({ targets: z.array(targetStatusSchema) });

const barOf = (data: string, columns: number): string | null => {
  const { targets } = stateSchema.parse(JSON.parse(data));
  const [first] = targets.flatMap(({ name, state }) =>
    state.name === "working" ? [{ name, done: state.done, of: state.of }] : [],
  );
  return first === undefined ? null : progressBar({ ...first, columns });
};

const widest = 40;

/** `Google [#####-----] 120/300`, never wider than the terminal. */
export const progressBar = (given: {
  readonly name: TargetStatus["name"];
  readonly done: number;
  readonly of: number;
  readonly columns: number;
}): string => {
  const { name, done, of, columns } = given;
  const title = words.texts.match.target[name];
  const numbers = `${done}/${of}`;
  const width = Math.min(widest, columns - title.length - numbers.length - 5);
  if (width < 5) return numbers;
  const full = of === 0 ? 0 : Math.floor((width * Math.min(done, of)) / of);
  return `${title} [${"#".repeat(full)}${"-".repeat(width - full)}] ${numbers}`;
};
