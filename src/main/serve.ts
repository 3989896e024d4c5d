import type { Surroundings } from "../core/config/layers.ts";
import { oldNameSentence } from "../core/config/old-names.ts";
import { describeProblems, resolveConfig } from "../core/config/resolve.ts";
import { errorCode } from "../core/error-name.ts";
import type { Problem } from "../shared/problem.ts";
import { dataFolder, prepareFolder } from "./adapters/folders.ts";
import { openLogging } from "./adapters/log.ts";
import { readEnvironment } from "./adapters/settings.ts";
import { problemOf, traceOf } from "./doors/caught.ts";
import { firstToken } from "./first-token.ts";
import { host, openServiceSettings, resolveHosted } from "./hosted.ts";
import { surviveUnforeseen } from "./unforeseen.ts";
import { boundYoungGeneration } from "./young-generation.ts";

type ServeOptions = {
  readonly workingDirectory: string;
  readonly say: (line: string) => void;
  readonly complain: (line: string) => void;
  /** A person reads what it complains of. */
  readonly isTerminal: boolean;
  /** Resolves when the service is to end. */
  readonly ended: Promise<void>;
};

export type ServeOutcome = "done" | "failed" | "misconfigured";

/** The service without a window, until it is told to end. */
export const serve = async ({
  workingDirectory,
  say,
  complain,
  isTerminal,
  ended,
}: ServeOptions): Promise<ServeOutcome> => {
  const surroundings = readEnvironment(workingDirectory);
  const settled = settledBy(surroundings, complain);
  if (settled === null) return "misconfigured";
  const { resolved, folder, hindrance, file } = settled;
  for (const name of resolved.unknown) complain(`${name} is no setting of Avspark and does nothing.`);
  for (const line of resolved.unreadable)
    complain(`Line ${line} of .env is neither a setting nor a comment, and does nothing.`);
  for (const old of resolved.oldNames.filter(({ used }) => !used)) complain(oldNameSentence(old));
  for (const line of describeProblems([...resolved.problems, ...resolved.missing])) complain(line);
  if (resolved.problems.length > 0) return "misconfigured";

  if (hindrance !== null) {
    complain(hindrance.message);
    return "failed";
  }
  const logging = openLogging({ folder, level: resolved.config.AVSPARK_LOG_LEVEL });
  boundYoungGeneration();
  try {
    for (const line of firstTokenIn(folder, { config: resolved.config, isTerminal })) complain(line);
    const onListening = (address: string): void => say(`avspark listening on ${address}`);
    const running = await host({ folder, surroundings, file, resolved, logging, onListening });
    const stopSurviving = surviveUnforeseen({ log: logging.log, tell: running.unforeseen });
    await Promise.race([ended, running.failed]);
    await running.stop();
    stopSurviving();
    return "done";
  } catch (error) {
    const { problem, unforeseen } = problemOf(error);
    // A stack helps whoever asked for all there is to know, and nobody else.
    if (unforeseen) logging.log.debug("the service failed", traceOf(error));
    complain(unforeseen ? unforeseenSentence(error) : problem.message);
    return "failed";
  } finally {
    await logging.close();
  }
};

/**
 * Where the data lies, and the settings that are in force with what was saved there; null where there is no telling, which no
 * other start would mend.
 */
const settledBy = (surroundings: Surroundings, complain: ServeOptions["complain"]) => {
  try {
    const { config } = resolveConfig({ ...surroundings, settings: {} });
    const folder = dataFolder(config.AVSPARK_DATA_DIR, surroundings.environment);
    const hindrance = hindranceIn(folder);
    const file = openServiceSettings(folder);
    // Of a folder that cannot be used, it is the folder that is told of, and nothing that lies in it.
    const saved = hindrance === null ? file.saved() : { settings: {}, unopened: [] };
    return { folder, hindrance, file, resolved: resolveHosted(surroundings, saved) };
  } catch (error) {
    complain(problemOf(error).problem.message);
    return null;
  }
};

/** Why nothing can be kept in the folder, the log included. */
const hindranceIn = (folder: string): Problem | null => {
  try {
    prepareFolder(folder);
    return null;
  } catch (error) {
    return problemOf(error).problem;
  }
};

/** A file of tokens that cannot be read is told of by the service that runs. */
const firstTokenIn = (
  folder: string,
  given: Pick<Parameters<typeof firstToken>[0], "config" | "isTerminal">,
): readonly string[] => {
  try {
    return firstToken({ ...given, folder, now: Date.now() });
  } catch {
    return [];
  }
};

const unforeseenSentence = (error: unknown): string => {
  const code = errorCode(error);
  return `Avspark failed for a reason that it does not know${code === null ? "" : ` (${code})`}; AVSPARK_LOG_LEVEL=debug says more.`;
};
