import { bracketed, createGuard, isEverywhere } from "../request-guard.ts";
import { createApp } from "./app.ts";
import { calendarAddress } from "./calendar.ts";
import { listen, type Place } from "./listen.ts";
import type { HttpParts } from "./parts.ts";
import { oneByOne } from "./turns.ts";

export type OpenHttpOptions = {
  readonly place: Place;
  readonly parts: HttpParts;
};

export type HttpDoor = {
  /** Such as http://127.0.0.1:5003. */
  readonly address: string;
  /** Where a program can follow the calendar, without a token; it is a secret. */
  readonly calendarAddress: string;
  readonly close: () => Promise<void>;
};

/** Opens the HTTP door. Beyond this machine nobody is let in without a token. */
export const openHttp = async (options: OpenHttpOptions): Promise<HttpDoor> => {
  const door = await prepareHttp(options);
  try {
    return { ...(await door.listen()), close: door.close };
  } catch (error) {
    await door.close();
    throw error;
  }
};

/** The door with all that is behind it, closed yet. */
export const prepareHttp = async ({ place, parts }: OpenHttpOptions) => {
  const { host } = place;
  const guard = createGuard({ host, isEverywhere: () => isEverywhere(host), access: parts.access });
  const app = createApp(parts, guard);
  await app.ready();
  let stopListening = async (): Promise<void> => undefined;
  return {
    /** Answers where; one that failed may be tried again. */
    listen: async (): Promise<Pick<HttpDoor, "address" | "calendarAddress">> => {
      const { port, close } = await listen(
        place,
        oneByOne((request, response) => app.routing(request, response)),
      );
      stopListening = close;
      return {
        address: `http://${bracketed(place.host)}:${port}`,
        calendarAddress: calendarAddress(place, port, parts.calendarToken),
      };
    },
    // New requests stop first; the event streams end with the app, so that the servers can.
    close: async (): Promise<void> => void (await Promise.all([stopListening(), app.close()])),
  };
};
