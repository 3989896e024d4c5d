import type { Trial } from "../../../shared/checks.ts";
import type { Config } from "../../../shared/config.ts";
import type { Handlers } from "../../../shared/contract.ts";
import { type Problem, ProblemError } from "../../../shared/problem.ts";
import { en } from "../../../shared/text/en.ts";
import { trialSentence } from "../../../shared/text/sentences.ts";
import { type Resolved, resolveConfig } from "../../config/resolve.ts";
import { pickChanged } from "./settings.ts";

/** Tries a connection with values that are not saved yet. Throws ProblemError when it fails; answers what was found. */
export type TrySetting = (what: Trial["what"], config: Config) => Promise<Trial>;

type TrialTools = { readonly resolved: () => Resolved; readonly trySetting: TrySetting };

export const trialHandlers = ({ resolved, trySetting }: TrialTools): Pick<Handlers, "testSetting"> => ({
  testSetting: async ({ what, values }) => {
    const current = resolved();
    const { config, problems } = resolveConfig({
      environment: {},
      dotenv: {},
      settings: { ...plainValues(current), ...values },
      home: current.home,
    });
    const wrong = problems.find(({ variable }) => variable !== ".env" && values[variable] !== undefined);
    if (wrong !== undefined) {
      const problem: Problem = {
        kind: "configuration-invalid",
        message: `${wrong.variable} should be ${wrong.expected}.`,
        at: wrong.variable,
      };
      return { passed: false, found: problem.message, trial: null, problem };
    }
    try {
      const trial = await trySetting(what, { ...current.config, ...pickChanged(config, values) });
      return { passed: true, found: trialSentence(trial, { texts: en }), trial, problem: null };
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      return { passed: false, found: error.problem.message, trial: null, problem: error.problem };
    }
  },
});

/** Secrets are not shown, so they are not tried either unless they are given. */
const plainValues = ({ settings }: Resolved): Readonly<Record<string, string>> =>
  Object.fromEntries(settings.filter(({ value }) => !value.includes("•••")).map(({ name, value }) => [name, value]));
