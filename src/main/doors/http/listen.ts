import { chmodSync, lstatSync, unlinkSync } from "node:fs";
import type { RequestListener, Server } from "node:http";
import { createServer as createTlsServer, type Server as TlsServer } from "node:https";
import { connect } from "node:net";
import { hostname } from "node:os";
import { errorCode } from "../../../core/error-name.ts";
import type { SettingName } from "../../../shared/config.ts";
import { raise } from "../../../shared/problem.ts";
import { createServer } from "../../http.ts";
import { bracketed, isEverywhere } from "../request-guard.ts";
import { refuseBroken } from "./broken.ts";
import type { Pair } from "./certificate.ts";

/**
 * A slow client is cut off, and a thousand of them still leave the service answering: an unfinished head has 10 s, a
 * whole request 60 s.
 */
const limits = {
  headersTimeout: 10_000,
  requestTimeout: 60_000,
  keepAliveTimeout: 30_000,
  connectionsCheckingInterval: 1000,
  maxHeaderSize: 16_384,
  // The guard refuses a request without Host, in our words.
  requireHostHeader: false,
} as const;
const maxConnections = 1000;
const handshakeMs = 10_000;
/** The whole service ends within 2 s. */
const closeMs = 500;

/** What of all that a listener has for itself. */
type ListenOptions = {
  readonly limits?: Partial<Readonly<Record<keyof Omit<typeof limits, "requireHostHeader">, number>>>;
  /** The setting that chooses its port. */
  readonly portSetting?: SettingName;
  /** What TLS is spoken with; null: none is spoken. The Unix socket goes on without, which never leaves the machine. */
  readonly tls?: Pair | null;
};

export type Place = { readonly host: string; readonly port: number; readonly socket: string | null };
export type Listening = {
  readonly port: number;
  /** Whoever connects from now on is shown this one. */
  readonly renew: (pair: Pair) => void;
  readonly close: () => Promise<void>;
};

type AnyServer = Server | TlsServer;
type Address = { readonly host: string; readonly port: number } | { readonly path: string };

/**
 * Listens where it was told to, nowhere else. `localhost` means 127.0.0.1 to one client and ::1 to the next: on loopback
 * both are ours, on the same port.
 */
export const listen = async (
  place: Place,
  listener: RequestListener,
  { limits: own = {}, portSetting = "AVSPARK_HTTP_PORT", tls = null }: ListenOptions = {},
): Promise<Listening> => {
  const servers: AnyServer[] = [];
  const tlsServers: TlsServer[] = [];
  const close = async (): Promise<void> => void (await Promise.all(servers.map(closeServer)));
  const create = (at: Address): AnyServer => {
    if (tls === null || !("port" in at)) return createServer({ ...limits, ...own }, listener);
    const server = createTlsServer({ ...limits, ...own, ...secretsOf(tls), handshakeTimeout: handshakeMs }, listener);
    tlsServers.push(server);
    return server;
  };
  const open = async (at: Address): Promise<AnyServer> => {
    const server = create(at);
    server.maxConnections = maxConnections;
    refuseBroken(server);
    await bind(server, at);
    servers.push(server);
    return server;
  };
  try {
    const port = await openTcp({ ...place, portSetting }, open);
    if (place.socket !== null) await openSocket(place.socket, open);
    return {
      port,
      renew: (pair) => {
        for (const server of tlsServers) server.setSecureContext(secretsOf(pair));
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
};

const secretsOf = ({ cert, key }: Pair) => ({ cert, key });

export type Scheme = "http" | "https";

/** Where others on the network reach a listener: by a name that they know as well. */
export const reachableAt = (host: string, port: number, scheme: Scheme = "http"): string =>
  `${scheme}://${bracketed(isEverywhere(host) ? hostname() : host)}:${port}`;

type Open = (at: Address) => Promise<AnyServer>;

type TcpPlace = Place & { readonly portSetting: SettingName };

const openTcp = async (place: TcpPlace, open: Open): Promise<number> => {
  const [first, second] = addresses(place.host);
  const server = await open({ host: first, port: place.port }).catch((error: unknown) => explain(error, place));
  const port = portOf(server);
  if (second === undefined) return port;
  const failure = await open({ host: second, port }).then(() => null, wordOf);
  // A machine without the other family has nobody who would ask for it there.
  if (failure === null || absent.has(failure)) return port;
  if (place.port !== 0 || failure !== "EADDRINUSE") return explain(failure, { ...place, port, host: second });
  await closeServer(server);
  return openTcp(place, open);
};

const absent: ReadonlySet<string> = new Set(["EADDRNOTAVAIL", "EAFNOSUPPORT", "EINVAL"]);

const addresses = (host: string): readonly [string, string?] => {
  if (host === "127.0.0.1" || host === "localhost") return ["127.0.0.1", "::1"];
  return host === "::1" ? ["::1", "127.0.0.1"] : [host];
};

const bind = (server: AnyServer, at: Address) =>
  new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(at, () => {
      server.off("error", reject);
      resolve();
    });
  });

/** Only this user may open it: the mode is there from the first moment on, not a moment later. */
const openSocket = async (path: string, open: Open): Promise<void> => {
  if (await answers(path))
    return raise("port-taken", "Another program listens on the socket that AVSPARK_HTTP_SOCKET names.");
  if (!path.startsWith("\\\\")) removeStale(path);
  const before = process.umask(0o177);
  const opened = open({ path });
  process.umask(before);
  await opened.catch((error: unknown) =>
    raise("listen-failed", `The socket that AVSPARK_HTTP_SOCKET names cannot be made (${wordOf(error)}).`),
  );
  if (!path.startsWith("\\\\")) chmodSync(path, 0o600);
};

const answers = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = connect(path);
    probe.once("connect", () => {
      probe.destroy();
      resolve(true);
    });
    probe.once("error", () => resolve(false));
  });

/** What a killed process left behind. */
const removeStale = (path: string): void => {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return;
  if (!found.isSocket()) raise("listen-failed", "AVSPARK_HTTP_SOCKET names something that is not a socket.");
  unlinkSync(path);
};

const portOf = (server: AnyServer): number => {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
};

const wordOf = (error: unknown): string => errorCode(error) ?? "unknown";

const explain = (failure: unknown, { host, port, portSetting }: TcpPlace): never => {
  const code = typeof failure === "string" ? failure : wordOf(failure);
  if (code === "EADDRINUSE") {
    return raise(
      "port-taken",
      `Port ${port} on ${bracketed(host)} is taken by another program; end that one, or choose another port with ${portSetting} (0 takes any free one).`,
    );
  }
  if (code === "EACCES")
    return raise("listen-failed", `This user may not listen on port ${port}; choose one from 1024 up.`);
  return raise("listen-failed", `${bracketed(host)} is no address of this machine to listen on (${code}).`);
};

/** Lets what is being answered finish, for a moment. */
const closeServer = (server: AnyServer): Promise<void> =>
  new Promise((resolve) => {
    const late = setTimeout(() => server.closeAllConnections(), closeMs);
    server.close(() => {
      clearTimeout(late);
      resolve();
    });
    server.closeIdleConnections();
  });
