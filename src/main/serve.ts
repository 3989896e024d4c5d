import { describeProblem } from "../core/config/resolve.ts";
import { ProblemError } from "../shared/problem.ts";
import { dataFolder } from "./adapters/folders.ts";
import { openLogging } from "./adapters/log.ts";
import { loadConfig, readEnvironment } from "./adapters/settings.ts";
import { compose } from "./compose.ts";
import { headless } from "./headless.ts";

type ServeOptions = {
  readonly workingDirectory: string;
  readonly say: (line: string) => void;
  readonly complain: (line: string) => void;
  /** Resolves when the service is to end. */
  readonly ended: Promise<void>;
};

export type ServeOutcome = "done" | "failed" | "misconfigured";

/** The service without a window, until it is told to end. */
export const serve = async ({ workingDirectory, say, complain, ended }: ServeOptions): Promise<ServeOutcome> => {
  const resolved = loadConfig({ workingDirectory });
  for (const name of resolved.unknown) complain(`${name} is no setting of Avspark and does nothing.`);
  for (const line of resolved.unreadable)
    complain(`Line ${line} of .env is neither a setting nor a comment, and does nothing.`);
  for (const { name, became } of resolved.oldNames.filter(({ used }) => !used))
    complain(`${name} does nothing here: it would become ${became.join(" and ")}.`);
  for (const problem of [...resolved.problems, ...resolved.missing]) complain(describeProblem(problem));
  if (resolved.problems.length > 0) return "misconfigured";

  const { config } = resolved;
  const folder = dataFolder(config.AVSPARK_DATA_DIR, readEnvironment(workingDirectory).environment);
  const logging = openLogging({ folder, level: config.AVSPARK_LOG_LEVEL });
  try {
    const running = await compose({ ...headless, resolved, folder, logging });
    say(`avspark listening on ${running.address}`);
    await ended;
    await running.stop();
    return "done";
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    complain(error.problem.message);
    return "failed";
  } finally {
    await logging.close();
  }
};
