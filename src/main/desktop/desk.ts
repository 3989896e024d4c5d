import { userInfo } from "node:os";
import { join } from "node:path";
import type { Notice } from "../../core/alerts/notices.ts";
import type { Surroundings, Values } from "../../core/config/layers.ts";
import { blamed, type Resolved, resolveConfig } from "../../core/config/resolve.ts";
import { errorCode } from "../../core/error-name.ts";
import type { MigrationPlan } from "../../core/migration/plan.ts";
import type { Desktop } from "../../core/service/desktop.ts";
import { strandedHandlers } from "../../core/service/stranded.ts";
import type { Handlers } from "../../shared/contract.ts";
import { type Problem, ProblemError } from "../../shared/problem.ts";
import type { Delta } from "../../shared/snapshot.ts";
import { systemClock } from "../adapters/clock.ts";
import { keepDoorToken } from "../adapters/door-token.ts";
import { createGoogleAccount } from "../adapters/google/account.ts";
import { openSignIns } from "../adapters/google/sign-ins.ts";
import type { Logging } from "../adapters/log.ts";
import { openSecretBox } from "../adapters/secrets.ts";
import { openSettingsFile } from "../adapters/settings-file.ts";
import type { Behind } from "../behind.ts";
import type { Ask } from "../bundle/contents.ts";
import { compose } from "../compose.ts";
import { callCommand } from "../doors/call.ts";
import { problemOf, traceOf } from "../doors/caught.ts";
import { readMigration } from "../migrate.ts";
import { oneAfterOther } from "../one-after-other.ts";
import { createRemoteDesk } from "../remote/remote-desk.ts";
import { openTaste } from "../remote/taste.ts";
import { tryService } from "../remote/trial.ts";
import { wayOf } from "../remote/way.ts";
import { isTakenUp } from "../soft-settings.ts";
import { createTrySetting } from "../try-setting.ts";
import { version } from "../version.ts";
import { openExternal } from "./security.ts";
import { spreadsheet } from "./spreadsheet.ts";

export type DeskOptions = {
  readonly folder: string;
  readonly environment: Surroundings;
  readonly logging: Logging;
  readonly save: Desktop["save"];
  /** null: the person changed their mind. */
  readonly chooseFolder: () => Promise<string | null>;
  readonly pdf: Desktop["pdf"];
  readonly showLog: Desktop["showLog"];
  readonly quit: Desktop["quit"];
  readonly about: Pick<Desktop, "about" | "notices" | "lookForUpdates">;
  readonly onDelta: (delta: Delta) => void;
  readonly preferredLanguages: readonly string[];
  readonly onNotice: (notice: Notice) => void;
  readonly onNoticesOver: (keys: readonly string[]) => void;
  /** The settings in force are others now. */
  readonly onResolved: (resolved: Resolved) => void;
};

/** What stands behind the app's window: begun, begun anew when settings ask for it, and ended. */
export const createDesk = (options: DeskOptions) => {
  const { folder, logging, onDelta, preferredLanguages } = options;
  const notices = { onNotice: options.onNotice, onNoticesOver: options.onNoticesOver };
  const log = logging.log.part("app");
  const box = openSecretBox();
  const settings = openSettingsFile(join(folder, "settings.json"), box);
  const signIns = openSignIns({ file: join(folder, "google-sign-in"), box });
  /** Nothing starts on settings that cannot be read: the demo would stand in for what they said. */
  const read = (): { readonly resolved: Resolved; readonly saved: Values; readonly problem: Problem | null } => {
    try {
      const found = settings.saved();
      const resolved = resolveConfig({ ...options.environment, ...found });
      return { resolved, saved: found.settings, problem: null };
    } catch (error) {
      const { problem } = problemOf(error);
      return { resolved: resolveConfig({ ...options.environment, settings: {} }), saved: {}, problem };
    }
  };
  let { resolved, saved, problem: unread } = read();
  let running: Promise<Behind> | null = null;
  /** The service before this one ends first: two would want the same data folder. */
  let ending: Promise<void> = Promise.resolve();
  /** What changes the settings. */
  const inTurn = oneAfterOther();
  let ended = false;

  /** What was read in the folder that was chosen last. */
  let migration: MigrationPlan | null = null;

  const google = createGoogleAccount({ config: () => resolved.config, signIns, openExternal, clock: systemClock });
  const desktop: Desktop = {
    keyring: () => box !== null,
    openExternal,
    save: options.save,
    pdf: options.pdf,
    spreadsheet,
    showLog: options.showLog,
    quit: options.quit,
    ...options.about,
    bundle: async () => {
      const { bundleZip } = await import("../bundle/contents.ts");
      return bundleZip({ surroundings: options.environment, box, ask });
    },
    saveSettings: (values, sessionOnly) => inTurn(() => save(values, sessionOnly)),
    google,
    migration: {
      choose: async () => {
        const chosen = await options.chooseFolder();
        if (chosen === null) return null;
        const read = readMigration(chosen);
        migration = "state" in read ? null : read;
        return "state" in read ? read : read.migration;
      },
      chosen: () => migration,
    },
  };

  const save: Desktop["saveSettings"] = async (values, sessionOnly) => {
    const before = resolved;
    await tryElsewhere(values);
    settings.save(values, sessionOnly);
    ({ resolved, saved, problem: unread } = read());
    options.onResolved(resolved);
    if (isTakenUp(before, resolved)) (await running)?.service.setResolved(resolved);
    else await restart();
    return { resolved, beginsAnew: false };
  };

  /** A window is given to a service elsewhere only when that has answered. */
  const tryElsewhere = async (values: Parameters<Desktop["saveSettings"]>[0]): Promise<void> => {
    const next = resolveConfig({ ...options.environment, settings: { ...saved, ...values } });
    const way = wayOf(next.config);
    if (way === null || JSON.stringify(way) === JSON.stringify(wayOf(resolved.config))) return;
    await tryService(way);
  };

  const begin = async (): Promise<Behind> => {
    if (unread !== null) throw new ProblemError(unread);
    const [first] = resolved.problems;
    if (first !== undefined) {
      throw new ProblemError({
        kind: "configuration-invalid",
        message: resolved.problems.map((problem) => `${blamed(problem)} should be ${problem.expected}.`).join(" "),
        at: first.variable,
      });
    }
    const begun = await place();
    begun.service.subscribe(onDelta);
    handOverToken();
    return begun;
  };

  /** Here, or elsewhere: the one place where it makes a difference. */
  const place = async (): Promise<Behind> => {
    const way = wayOf(resolved.config);
    const common = { resolved, clock: systemClock, desktop, signIns, ...notices };
    if (way === null)
      return compose({ ...common, saveSettings: desktop.saveSettings, version, folder, logging, preferredLanguages });
    const remoteLog = logging.log.part("service");
    return createRemoteDesk({
      ...common,
      way,
      log: remoteLog,
      taste: openTaste(join(folder, "window-taste.json"), { log: remoteLog, clock: systemClock }),
      trySetting: createTrySetting({ signIns, log: remoteLog }),
    });
  };

  /** What the environment has, the command line finds there too. */
  const handOverToken = (): void => {
    const saved = resolved.settings.some(({ name, source }) => name === "AVSPARK_HTTP_TOKEN" && source === "settings");
    try {
      keepDoorToken(folder, saved ? resolved.config.AVSPARK_HTTP_TOKEN : null);
    } catch (error) {
      log.warn("the command line will not find the token", { code: errorCode(error) });
    }
  };

  /** One at a time. What could not begin is tried again by whoever asks next. */
  const start = (): Promise<Behind> => {
    if (ended) throw new ProblemError({ kind: "busy", message: "Avspark is ending." });
    running ??= ending.then(begin).catch((error: unknown) => {
      running = null;
      const { problem, data, unforeseen } = problemOf(error);
      log.error("the service could not start", unforeseen ? traceOf(error) : { kind: problem.kind });
      throw new ProblemError(problem, data);
    });
    return running;
  };

  const end = (): Promise<void> => {
    const last = running;
    running = null;
    if (last !== null) ending = ending.then(() => stopped(last));
    return ending;
  };

  /** What cannot be ended well must not keep the next one from beginning. */
  const stopped = async (service: Promise<Behind>): Promise<void> => {
    try {
      await (await service.catch(() => null))?.stop();
    } catch (error) {
      log.error("the service did not end well", traceOf(error));
    }
  };

  const restart = async (): Promise<void> => {
    await end();
    await start();
  };

  const handlers = async (): Promise<Handlers> => {
    try {
      return signed((await start()).service.handlers, () => resolved.config.AVSPARK_PERSON ?? systemUser());
    } catch (error) {
      if (ended) throw error;
      return strandedHandlers({ problem: problemOf(error).problem, resolved: () => resolved, desktop });
    }
  };

  const ask: Ask = async (name, input) => {
    const reply = await callCommand(await handlers(), log, name, input);
    return reply.ok ? reply.value : { unanswered: reply.problem.message };
  };

  return {
    start,
    /** Those of the service; while it cannot start, those that mend the settings. */
    handlers,
    /** What runs at the moment, if anything does. */
    current: async (): Promise<Behind | null> => running?.catch(() => null) ?? null,
    config: () => resolved.config,
    stop: async (): Promise<void> => {
      ended = true;
      google.close();
      await end();
    },
  };
};
/** What is told and noted in this window is so by who sits at it. */
const signed = (handlers: Handlers, person: () => string | null): Handlers => ({
  ...handlers,
  tell: (input) => handlers.tell({ ...input, by: input.by ?? person() ?? undefined }),
  note: (input) => handlers.note({ ...input, by: input.by ?? person() ?? undefined }),
});

/** null: the system does not know its user, as in some containers. */
const systemUser = (): string | null => {
  try {
    return userInfo().username;
  } catch {
    return null;
  }
};
