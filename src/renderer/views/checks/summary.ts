import { type CheckId, type CheckPhase, type CheckResult, checkIdSchema, checkPhases } from "../../../shared/checks.ts";

export const idsIn = (phase: CheckPhase): readonly CheckId[] =>
  checkIdSchema.options.filter((id) => checkPhases[id] === phase);

export type Results = Readonly<Partial<Record<CheckId, CheckResult>>>;

export type Tally = {
  readonly all: number;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly unknown: number;
};

export const tallyOf = (ids: readonly CheckId[], results: Results): Tally => {
  const counted = (outcome: CheckResult["outcome"] | undefined): number =>
    ids.filter((id) => results[id]?.outcome === outcome).length;
  return {
    all: ids.length,
    passed: counted("passed"),
    failed: counted("failed"),
    skipped: counted("skipped"),
    unknown: counted(undefined),
  };
};

/** For whoever helps: in English, as the terminal says it, whatever the window's language. */
export const supportText = (options: {
  readonly version: string;
  readonly mode: string;
  readonly at: string;
  readonly results: Results;
}): string => {
  const { version, mode, at, results } = options;
  const lines = checkIdSchema.options.flatMap((id) => {
    const result = results[id];
    if (result === undefined) return [`[not run] ${id}`];
    const { outcome, title, found, problem, durationMs } = result;
    const kind = problem === null ? "" : ` (${problem.kind}${problem.at === undefined ? "" : `, ${problem.at}`})`;
    return [`[${outcome}] ${title}: ${found}${kind} ${Math.round(durationMs)} ms`];
  });
  return [`Avspark ${version}, ${mode}, ${at}`, ...lines].join("\n");
};
