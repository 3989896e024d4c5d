import { listensToRedis } from "../../core/config/listens.ts";
import { raise } from "../../shared/problem.ts";
import { dataFolder, prepareFolder } from "../adapters/folders.ts";
import { openLogging } from "../adapters/log.ts";
import { readEnvironment } from "../adapters/settings.ts";
import { type Assembly, assemble, certificateFiles, openFeeds } from "../compose.ts";
import { run } from "../doors/call.ts";
import { type HttpDoor, openHttp } from "../doors/http/open.ts";
import { headless } from "../headless.ts";
import { configure } from "./configuration.ts";
import { createDoor, type EmbeddedDoor, isOurs, refuse } from "./door.ts";
import type { AvsparkService, ServiceOptions } from "./types.ts";

type Running = {
  readonly assembly: Assembly;
  readonly door: EmbeddedDoor;
  readonly address: string | null;
  readonly stop: () => Promise<void>;
};

/** The service in a program of one's own. Throws ProblemError when the configuration is not valid. */
export const createService = (options: ServiceOptions): AvsparkService => {
  const workingDirectory = options.workingDirectory ?? process.cwd();
  const resolved = configure(options.config ?? {}, workingDirectory);
  let onMatches = options.onMatches;
  let starting: Promise<Running> | null = null;
  let running: Running | null = null;

  const open = async (): Promise<Running> => {
    const { config, settings } = resolved;
    const folder = dataFolder(config.AVSPARK_DATA_DIR, readEnvironment(workingDirectory).environment);
    prepareFolder(folder);
    const chosen = settings.some(({ name, source }) => name === "AVSPARK_LOG_LEVEL" && source !== "default");
    // A library is quiet on its program's terminal, unless asked to speak.
    const logging = openLogging({ folder, level: config.AVSPARK_LOG_LEVEL, ...(chosen ? {} : { sayFrom: "warn" }) });
    const undo: (() => Promise<void>)[] = [logging.close];
    const stop = async (): Promise<void> => {
      for (const step of undo.splice(0).reverse()) await step();
    };
    try {
      const assembly = await assemble({
        ...headless,
        resolved,
        folder,
        logging,
        onMatches: (matches) => onMatches(matches),
      });
      undo.push(assembly.stop);
      const door = await createDoor(assembly.parts, config);
      undo.push(door.close);
      const http = options.listen === true ? await listen(assembly, undo) : null;
      assembly.start();
      assembly.service.setDoor(http && { open: true, address: http.address, calendarAddress: http.calendarAddress });
      return { assembly, door, address: http?.address ?? null, stop };
    } catch (error) {
      await stop();
      throw error;
    }
  };

  const call: AvsparkService["call"] = async (name, input) =>
    running === null ? raise("service-stopped", stopped) : run(running.assembly.service.handlers, name, input);

  return {
    enabled: listensToRedis(resolved.config),
    start: async () => {
      starting ??= open();
      try {
        running = await starting;
      } catch (error) {
        starting = null;
        throw error;
      }
    },
    stop: async () => {
      const ending = starting;
      starting = null;
      running = null;
      await (await ending)?.stop();
    },
    restart: async () => (await call("redisRestart", {})).connection,
    status: async () => (await call("redisStatus", {})).redis_status,
    stats: async () => (await call("redisStats", {})).statistics,
    test: async () => (await call("redisTest", {})).test_results,
    configuration: async () => (await call("redisConfig", {})).configuration,
    matches: async () => (await call("matches", {})).matches,
    sync: (matches) => call("manualSync", { matches: [...matches] }),
    setOnMatches: (next) => {
      onMatches = next;
      running?.assembly.setOnMatches((matches) => onMatches(matches));
    },
    call,
    middleware: (request, response, next) => {
      if (next !== undefined && !isOurs(request.url ?? "")) return next();
      if (running === null) return refuse(response, "service-stopped", stopped);
      running.door.answer(request, response);
    },
    address: () => running?.address ?? null,
  };
};

const stopped = "The service is not running.";

/** A server of its own, beside whatever else the program listens on. */
const listen = async ({ service, config, parts }: Assembly, undo: (() => Promise<void>)[]): Promise<HttpDoor> => {
  const http = await openHttp({
    place: { host: config.AVSPARK_HTTP_HOST, port: config.AVSPARK_HTTP_PORT, socket: config.AVSPARK_HTTP_SOCKET },
    parts,
    tls: certificateFiles(config),
    onCertificate: service.setCertificate,
  });
  undo.push(http.close);
  undo.push(await openFeeds({ service, config, parts }));
  return http;
};
