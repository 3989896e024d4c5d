import { isLoopback } from "../../core/config/together.ts";
import { unbracketed } from "../../shared/address/host.ts";
import { readWebAddress } from "../../shared/address/web.ts";
import type { Config } from "../../shared/config.ts";
import { bracketed } from "../doors/request-guard.ts";
import { CommandFailure, exitCodes } from "./exit.ts";

/** Where a service is to be found. */
export type Place = {
  /** For the person. */
  readonly shown: string;
  readonly url: URL;
  /** A Unix socket or named pipe that leads there. */
  readonly socketPath: string | null;
  readonly token: string | null;
  /** The file with the very certificate that the service was given, whatever name that has; null: any that is trusted. */
  readonly certificate: string | null;
};

type Settings = Pick<
  Config,
  | "AVSPARK_HTTP_HOST"
  | "AVSPARK_HTTP_PORT"
  | "AVSPARK_HTTP_SOCKET"
  | "AVSPARK_HTTP_TOKEN"
  | "AVSPARK_HTTP_TLS_CERT_FILE"
>;

/** By --url, else by the configuration that the service itself reads. The token is for that service and no other. */
export const placeOf = (given: string | undefined, settings: Settings, sendToken = false): Place => {
  const token = settings.AVSPARK_HTTP_TOKEN;
  if (given !== undefined) {
    const place = placeByUrl(given);
    return { ...place, token: sendToken || isOurs(place, settings) ? token : null };
  }
  if (settings.AVSPARK_HTTP_SOCKET !== null) return { ...socketAt(settings.AVSPARK_HTTP_SOCKET), token };
  if (settings.AVSPARK_HTTP_PORT === 0)
    throw new CommandFailure(
      exitCodes.noService,
      "AVSPARK_HTTP_PORT is 0, so the service took a port that nobody here knows.",
      ["Give the address it printed when it started: --url http://127.0.0.1:PORT"],
    );
  const certificate = settings.AVSPARK_HTTP_TLS_CERT_FILE;
  const scheme = certificate === null ? "http" : "https";
  const url = new URL(`${scheme}://${bracketed(reachable(settings.AVSPARK_HTTP_HOST))}:${settings.AVSPARK_HTTP_PORT}`);
  return { shown: url.origin, url, socketPath: null, token, certificate };
};

const placeByUrl = (given: string): Omit<Place, "token"> => {
  if (given.startsWith("unix:")) return socketAt(given.slice("unix:".length));
  const found = readWebAddress(given);
  if (!found.ok || found.value.username !== "" || found.value.password !== "")
    throw new CommandFailure(
      exitCodes.misconfigured,
      "--url takes an address such as http://127.0.0.1:5003, or unix: and the path of a socket.",
    );
  const url = new URL(found.value.href);
  return { shown: url.origin + url.pathname.replace(/\/$/, ""), url, socketPath: null, certificate: null };
};

/** This machine's own services, and the host that the configuration names. */
const isOurs = ({ url, socketPath }: Omit<Place, "token">, { AVSPARK_HTTP_HOST: host }: Settings): boolean => {
  const name = unbracketed(url.hostname);
  return socketPath !== null || isLoopback(name) || name === host;
};

const socketAt = (path: string): Omit<Place, "token"> => ({
  shown: `unix:${path}`,
  url: new URL("http://localhost"),
  socketPath: path,
  certificate: null,
});

/** A service that listens everywhere also listens here. */
const reachable = (host: string): string => {
  if (host === "0.0.0.0") return "127.0.0.1";
  return host === "::" ? "::1" : host;
};
