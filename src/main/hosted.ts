import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Surroundings } from "../core/config/layers.ts";
import { type Resolved, resolveConfig } from "../core/config/resolve.ts";
import type { SaveSettings } from "../core/service/desktop.ts";
import type { Problem } from "../shared/problem.ts";
import type { Logging } from "./adapters/log.ts";
import { openSettingsFile, type SecretBox, type SettingsFile } from "./adapters/settings-file.ts";
import { compose, type Running } from "./compose.ts";
import { headless } from "./headless.ts";
import { oneAfterOther } from "./one-after-other.ts";
import { isTakenUp } from "./soft-settings.ts";

/** A server has no keyring: what it is told is kept as a .env keeps it, in a file that its user alone may read. */
const ownFile: SecretBox = {
  seal: (text) => Buffer.from(text).toString("base64"),
  open: (sealed) => Buffer.from(sealed, "base64").toString(),
};

/** What administrators have saved from elsewhere. Not the app's own file: it may have the same folder on another day. */
export const openServiceSettings = (folder: string): SettingsFile =>
  openSettingsFile(join(folder, "service-settings.json"), ownFile);

/**
 * By these the service is found and reached: whoever comes by them would shut themselves out. And a service is a window on none,
 * so that the way to another says nothing to it.
 */
const isFixed = (name: string): boolean =>
  name.startsWith("AVSPARK_HTTP_") || name.startsWith("AVSPARK_SERVICE_") || name === "AVSPARK_DATA_DIR";

/** The settings of a service without a window: what stands around it, and under that what administrators have saved. */
export const resolveHosted = (surroundings: Surroundings, saved: ReturnType<SettingsFile["saved"]>): Resolved => {
  const movable = Object.entries(saved.settings).filter(([name]) => !isFixed(name));
  const resolved = resolveConfig({ ...surroundings, ...saved, settings: Object.fromEntries(movable) });
  const settings = resolved.settings.map((one) => (isFixed(one.name) ? { ...one, locked: true } : one));
  return { ...resolved, settings };
};

/** So long the answer to whoever has saved may take to be on its way. */
const answerMs = 100;

type HostOptions = {
  readonly folder: string;
  readonly surroundings: Surroundings;
  readonly file: SettingsFile;
  /** Both together, as they were just read. */
  readonly resolved: Resolved;
  readonly logging: Logging;
  readonly onListening: (address: string) => void;
};

/** The service without a window, begun, and begun anew when an administrator's settings ask for it. */
export const host = async ({ folder, surroundings, file, logging, onListening, ...options }: HostOptions) => {
  let { resolved } = options;
  let port: number | null = null;
  let isEnding = false;
  let fail: (error: unknown) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  // Whoever waits for it hears it; nobody need.
  failed.catch(() => undefined);

  /** What changes the service. */
  const inTurn = oneAfterOther();

  const save: SaveSettings = (values, sessionOnly) =>
    inTurn(async () => {
      const before = resolved;
      file.save(values, sessionOnly);
      resolved = resolveHosted(surroundings, file.saved());
      logging.setLevel(resolved.config.AVSPARK_LOG_LEVEL, null);
      const beginsAnew = !isTakenUp(before, resolved);
      if (beginsAnew) void beginAnew();
      else running.service.setResolved(resolved);
      return { resolved, beginsAnew };
    });

  const begin = (): Promise<Running> =>
    compose({
      ...headless,
      resolved: atPort(resolved, port),
      folder,
      logging,
      saveSettings: save,
      onListening: (address) => {
        port = Number(new URL(address).port);
        onListening(address);
      },
    });

  const beginAnew = async (): Promise<void> => {
    await pause(answerMs);
    await inTurn(async () => {
      if (isEnding) return;
      await running.stop();
      running = await begin();
    }).catch(fail);
  };

  let running = await begin();
  return {
    /** Rejects when it could not begin anew. */
    failed,
    unforeseen: (problem: Problem): void => running.service.unforeseen(problem),
    stop: async (): Promise<void> => {
      isEnding = true;
      await inTurn(() => running.stop());
    },
  };
};

/** Any free port is found once: windows come back to where they were. */
const atPort = (resolved: Resolved, port: number | null): Resolved =>
  port === null || resolved.config.AVSPARK_HTTP_PORT !== 0
    ? resolved
    : { ...resolved, config: { ...resolved.config, AVSPARK_HTTP_PORT: port } };
