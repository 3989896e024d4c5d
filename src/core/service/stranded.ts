import { shownValue } from "../../shared/config.ts";
import { contract, type Handlers } from "../../shared/contract.ts";
import { type Problem, ProblemError } from "../../shared/problem.ts";
import type { Resolved } from "../config/resolve.ts";
import { predecessorConfig, shownConfiguration } from "../config/shown.ts";
import type { Desktop } from "./desktop.ts";
import { appHandlers } from "./handlers/app.ts";
import { migrationHandlers } from "./handlers/migration.ts";
import { settingsHandlers } from "./handlers/settings.ts";

type StrandedOptions = {
  /** Why the service cannot start: what every other command answers. */
  readonly problem: Problem;
  readonly resolved: () => Resolved;
  readonly desktop: Desktop;
};

/** What is left to a person while the service cannot start: to see the settings, and to mend what is wrong with them. */
export const strandedHandlers = ({ problem, resolved, desktop }: StrandedOptions): Handlers => {
  const refuse = async (): Promise<never> => {
    throw new ProblemError(problem);
  };
  // A handler may always refuse; the compiler loses the names on the way through their list.
  const none = Object.fromEntries(Object.keys(contract).map((name) => [name, refuse])) as unknown as Handlers;
  return {
    ...none,
    ...settingsHandlers({ resolved, save: desktop.saveSettings }),
    ...migrationHandlers({ resolved, desktop }),
    ...appHandlers({ desktop }),
    redisConfig: async () => {
      const found = resolved();
      const url = shownValue("REDIS_URL", found.config.REDIS_URL ?? "");
      return { configuration: shownConfiguration(found, url), config: predecessorConfig(found, url) };
    },
  };
};
