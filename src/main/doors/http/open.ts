import type { Problem } from "../../../shared/problem.ts";
import { bracketed, createGuard, isEverywhere } from "../request-guard.ts";
import { createApp } from "./app.ts";
import { calendarAddress } from "./calendar.ts";
import { type CertificateFiles, readPair, watchCertificate } from "./certificate.ts";
import { listen, type Place, type Scheme } from "./listen.ts";
import type { HttpParts } from "./parts.ts";
import { oneByOne } from "./turns.ts";

export type OpenHttpOptions = {
  readonly place: Place;
  readonly parts: HttpParts;
  /** What TLS is spoken with; null: none is spoken. Files that cannot be used keep the door shut. */
  readonly tls?: CertificateFiles | null;
  /** What is wrong with the certificate while the door is open; null: nothing any more. */
  readonly onCertificate?: (problem: Problem | null) => void;
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
export const prepareHttp = async ({ place, parts, tls = null, onCertificate = () => undefined }: OpenHttpOptions) => {
  const { host } = place;
  const guard = createGuard({ host, isEverywhere: () => isEverywhere(host), access: parts.access });
  const app = createApp(parts, guard);
  await app.ready();
  let stopListening = async (): Promise<void> => undefined;
  let stopWatching = (): void => undefined;
  const watch = (
    files: CertificateFiles,
    given: Pick<Parameters<typeof watchCertificate>[0], "pair" | "onPair">,
  ): void => {
    const { clock, log } = parts;
    const onProblem = (problem: Problem | null): void => {
      if (problem !== null) log.error(`${problem.message} Until then the certificate that was read before is used.`);
      onCertificate(problem);
    };
    stopWatching = watchCertificate({ files, clock, onProblem, ...given }).stop;
  };
  return {
    /** Answers where; one that failed may be tried again. */
    listen: async (): Promise<Pick<HttpDoor, "address" | "calendarAddress">> => {
      const pair = tls === null ? null : readPair(tls, parts.clock.now());
      const { port, close, renew } = await listen(
        place,
        oneByOne((request, response) => app.routing(request, response)),
        { tls: pair },
      );
      stopListening = close;
      if (tls !== null && pair !== null) watch(tls, { pair, onPair: renew });
      const scheme: Scheme = pair === null ? "http" : "https";
      return {
        address: `${scheme}://${bracketed(host)}:${port}`,
        calendarAddress: calendarAddress({ host, scheme }, port, parts.calendarToken),
      };
    },
    // New requests stop first; the event streams end with the app, so that the servers can.
    close: async (): Promise<void> => {
      stopWatching();
      await Promise.all([stopListening(), app.close()]);
    },
  };
};
