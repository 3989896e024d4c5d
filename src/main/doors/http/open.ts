import { isLoopback } from "../../../core/config/together.ts";
import { raise } from "../../../shared/problem.ts";
import { bracketed, createGuard } from "../guard.ts";
import { createApp } from "./app.ts";
import { listen, type Place } from "./listen.ts";
import type { HttpParts } from "./parts.ts";

export type OpenHttpOptions = {
  readonly place: Place;
  /** What every request must then carry; null: no token is asked for. */
  readonly token: string | null;
  readonly parts: HttpParts;
};

export type HttpDoor = {
  /** Such as http://127.0.0.1:5003. */
  readonly address: string;
  readonly close: () => Promise<void>;
};

/** Opens the HTTP door. Beyond this machine it opens only with a token. */
export const openHttp = async ({ place, token, parts }: OpenHttpOptions): Promise<HttpDoor> => {
  if (token === null && !isLoopback(place.host)) {
    raise("token-required", "Set AVSPARK_HTTP_TOKEN to listen beyond this machine, or listen on 127.0.0.1.");
  }
  const app = createApp(parts, createGuard({ host: place.host, token }));
  await app.ready();
  try {
    const { port, close } = await listen(place, (request, response) => app.routing(request, response));
    return {
      address: `http://${bracketed(place.host)}:${port}`,
      // New requests stop first; the event streams end with the app, so that the servers can.
      close: async () => void (await Promise.all([close(), app.close()])),
    };
  } catch (error) {
    await app.close();
    throw error;
  }
};
