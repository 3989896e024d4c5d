import { setTimeout as pause } from "node:timers/promises";
import { readEvents, type StreamEvent } from "../server-sent.ts";
import type { Client } from "./client.ts";
import { CommandFailure, exitCodes } from "./exit.ts";

/** How often somebody who is gone is asked again. */
const againMs = 1000;

export type Follow = {
  readonly client: Client;
  /** With its query. */
  readonly path: string;
  /** Where to begin; null: with what comes now. */
  readonly from: string | null;
  readonly onEvent: (event: StreamEvent) => void;
  readonly onLost: () => void;
  readonly onBack: () => void;
  readonly signal: AbortSignal;
};

/** Follows a stream until the signal, over restarts of the service. Throws when nobody is there at first. */
export const follow = async ({ client, path, from, onEvent, onLost, onBack, signal }: Follow): Promise<void> => {
  let position = from;
  let lost = false;
  const once = async (): Promise<void> => {
    const response = await client.follow(path, position === null ? {} : { "last-event-id": position });
    const leave = (): void => void response.destroy();
    signal.addEventListener("abort", leave);
    if (lost) onBack();
    lost = false;
    await readEvents(response, (event) => {
      position = event.id ?? position;
      if (!signal.aborted) onEvent(event);
    });
    signal.removeEventListener("abort", leave);
  };
  await once();
  while (!signal.aborted) {
    if (!lost) onLost();
    lost = true;
    await pause(againMs, undefined, { signal }).catch(() => undefined);
    if (!signal.aborted) await once().catch(stillGone);
  }
};

const stillGone = (error: unknown): void => {
  if (!(error instanceof CommandFailure) || error.code !== exitCodes.noService) throw error;
};
