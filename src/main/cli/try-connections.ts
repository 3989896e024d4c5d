import type { Log } from "../../core/ports.ts";
import type { Trial } from "../../shared/checks.ts";
import type { Config } from "../../shared/config.ts";
import { ProblemError } from "../../shared/problem.ts";
import { trialSentence } from "../../shared/text/sentences.ts";
import type { Tools } from "./command.ts";
import { remedyFor } from "./remedy.ts";
import { words } from "./words.ts";

/** What of the settings in force leads to another machine and can be tried without a service. */
const worthTrying = (config: Config): readonly Trial["what"][] => [
  ...(config.REDIS_URL !== null && config.REDIS_PUBSUB_ENABLED ? (["redis"] as const) : []),
  ...(config.AVSPARK_MATCHES_URL === null ? [] : (["source"] as const)),
  ...(config.AVSPARK_CALENDARS.includes("google") && config.GOOGLE_CALENDAR_ID !== null ? (["google"] as const) : []),
];

/** Tries each and says how it went; answers whether all are well. */
export const tryConnections = async ({ terminal, workingDirectory }: Tools): Promise<boolean> => {
  const { loadConfig } = await import("../adapters/settings.ts");
  const { createTrySetting } = await import("../try-setting.ts");
  const { noSignIns } = await import("../adapters/google/sign-ins.ts");
  const { config } = loadConfig({ workingDirectory });
  const trySetting = createTrySetting({ signIns: noSignIns, log: unsaid });
  const { say, paint } = terminal.err;
  const { section } = words.texts.settings;
  const titles: Readonly<Partial<Record<Trial["what"], string>>> = {
    redis: section.redis,
    source: section.source,
    google: words.texts.match.target.google,
  };
  let allWell = true;
  for (const what of worthTrying(config)) {
    const title = titles[what] ?? what;
    try {
      say(`${paint("green", "✓")} ${title}: ${trialSentence(await trySetting(what, config), words)}`);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      allWell = false;
      say(`${paint("red", "✗")} ${title}: ${error.message}`);
      say(`  ${paint("yellow", remedyFor(error.problem.kind))}`);
    }
  }
  return allWell;
};

const nothing = (): void => undefined;
/** How it went is said to the person; a command has no log. */
const unsaid: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing, part: () => unsaid };
