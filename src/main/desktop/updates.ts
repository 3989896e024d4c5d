import { createRepeater } from "../../core/every.ts";
import type { Clock, Log } from "../../core/ports.ts";
import { afterNews, type Installed, updatesOff } from "../../core/updates.ts";
import type { Updates } from "../../shared/updates.ts";
import { openUpdater, type Updater } from "../adapters/updater.ts";
import { traceOf } from "../doors/caught.ts";
import { isNewsToPerson } from "./told.ts";

/** A start has better things to do, and a server that many ask should not be asked often. */
const firstMs = 60_000;
const everyMs = 6 * 3_600_000;

type UpdatesOptions = {
  readonly installed: Installed;
  /** Where the server's address stands; null: no server is built in. */
  readonly configFile: string | null;
  /** Remembers of which version the person was told. */
  readonly toldFile: string;
  readonly wanted: boolean;
  readonly clock: Clock;
  readonly log: Log;
  /** A newer version is ready that nobody was told of yet. */
  readonly tell: (version: string) => void;
};

/** Looks for newer versions in the background, and has what was found put in place when Avspark ends. */
export const createUpdates = ({ installed, configFile, toldFile, clock, log, tell, ...options }: UpdatesOptions) => {
  let { wanted } = options;
  let state: Updates = { state: "waiting" };
  let updater: Promise<Updater> | null = null;

  const hear: Parameters<typeof openUpdater>[0]["onNews"] = (news) => {
    state = afterNews(state, news);
    if (state.state !== "ready" || !isNewsToPerson(toldFile, state.version)) return;
    log.info("a newer version is ready", { version: state.version });
    tell(state.version);
  };
  const off = () => updatesOff({ installed, server: configFile !== null, wanted });

  const current = (): Updates => {
    const why = off();
    return why === null ? state : { state: "off", why };
  };

  const look = async (): Promise<Updates> => {
    if (off() !== null) return current();
    updater ??= openUpdater({
      configFile,
      clock,
      onNews: hear,
      onError: (error) => log.warn("newer versions could not be looked for", traceOf(error)),
    });
    const opened = await updater;
    opened.setInstall(wanted);
    await opened.look();
    return current();
  };

  const repeater = createRepeater(clock);
  const stopFirst = clock.after(firstMs, () => void look());
  repeater.every(everyMs, () => void look());
  return {
    state: current,
    /** Answers how it stands once the server has. */
    look,
    setWanted: (next: boolean): void => {
      wanted = next;
      void updater?.then(({ setInstall }) => setInstall(next));
    },
    stop: (): void => {
      stopFirst();
      repeater.stop();
    },
  };
};
