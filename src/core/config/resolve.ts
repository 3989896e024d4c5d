import {
  type Config,
  configFields,
  type Setting,
  type SettingName,
  type SettingProblemKind,
  type SettingSource,
  settingNameSchema,
  shownValue,
} from "../../shared/config.ts";
import { settings as words } from "../../shared/text/en/settings.ts";
import { isDemo } from "./demo.ts";
import { type FoundValue, foundByName, type Layers } from "./layers.ts";
import { type Inheritance, inherit, type OldName } from "./old-names.ts";
import { contradictions, gaps, idle, type Need } from "./together.ts";
import { shownName, unknownNames } from "./unknown-names.ts";

/** One thing wrong with the configuration, in words a person can act on. */
export type ConfigProblem = {
  readonly variable: SettingName | ".env";
  /** As given, secrets redacted. */
  readonly value: string;
  readonly source: SettingSource;
  /** What it was made of, where that is not the setting itself. */
  readonly from: readonly string[];
  readonly expected: string;
  readonly kind: SettingProblemKind | "file";
};

export type Resolved = {
  readonly config: Config;
  readonly settings: readonly Setting[];
  /** Any of these stops the service: an invalid value never half-works. */
  readonly problems: readonly ConfigProblem[];
  /** What is not there. The service starts without it and says so. */
  readonly missing: readonly ConfigProblem[];
  /** Names that look like ours but are not: a setting that would silently do nothing. */
  readonly unknown: readonly string[];
  /** Lines of `.env` that say nothing. */
  readonly unreadable: readonly number[];
  /** The predecessor's names, and what they became. */
  readonly oldNames: readonly OldName[];
  /** Nothing says where matches come from or go to. */
  readonly demo: boolean;
  /** What ~ stands for. */
  readonly home: string | null;
};

export const settingNames: readonly SettingName[] = settingNameSchema.options;

/** Reads and checks every setting; an invalid one is reported and its default stands in, so that all are reported at once. */
export const resolveConfig = (layers: Layers): Resolved => {
  const inheritance = inherit(layers);
  const read = settingNames.map((name) => readSetting(name, find(name, layers, inheritance), layers));
  // Each value was produced by the schema of its own name, which is what Config is made of.
  const config = Object.fromEntries(read.map(({ name, value }) => [name, value])) as unknown as Config;
  const unknown = unknownNames(layers);
  const demo = isDemo(layers, inheritance, unknown);
  const own = read.flatMap(({ problem }) => (problem === null ? [] : [problem]));
  const broken = new Set<string>(own.map((problem) => problem.variable));
  const found = new Map(read.map(({ name, found }) => [name, found]));
  const beside = ({ variable, expected }: Need): readonly ConfigProblem[] => {
    const { text = "", source = "default", from = [] } = found.get(variable) ?? {};
    const problem = { variable, value: shownValue(variable, text), source, from, expected, kind: "together" } as const;
    return broken.has(variable) ? [] : [problem];
  };
  const outside = read.flatMap(({ name, found: { source } }) =>
    source === "environment" || source === "dotenv" ? [name] : [],
  );
  const unread = fileProblems(layers);
  const problems = [...unread, ...own, ...contradictions(config).flatMap(beside)];
  // What is missing may stand in a file that cannot be read.
  const missing = demo || unread.length > 0 ? [] : [...gaps(config), ...idle(config, outside)].flatMap(beside);
  return {
    config,
    problems,
    missing,
    unknown: unknown.map(shownName),
    unreadable: (layers.dotenvFaults ?? []).flatMap((fault) => (fault.kind === "line" ? [fault.line] : [])),
    oldNames: inheritance.names,
    demo,
    home: layers.home ?? null,
    settings: read.map(({ name, found: { text, source, from } }): Setting => {
      const problem = [...problems, ...missing].find(({ variable }) => variable === name);
      return {
        name,
        value: shownValue(name, text),
        source,
        from,
        locked: (source === "environment" || source === "dotenv") && from.length === 0,
        problem:
          problem === undefined || problem.kind === "file" ? null : { expected: problem.expected, kind: problem.kind },
      };
    }),
  };
};

/** The name that was set, not the one that we know it by. */
export const blamed = ({ variable, from: [old, ...others] }: ConfigProblem): string =>
  old !== undefined && others.length === 0 ? old : variable;

/** Lines for a log or a terminal. One old name may be wrong for two settings: that is one line. */
export const describeProblems = (problems: readonly ConfigProblem[]): readonly string[] => [
  ...new Set(problems.map(describeProblem)),
];

const describeProblem = (problem: ConfigProblem): string => {
  const { value, source, from, expected } = problem;
  const name = blamed(problem);
  const origin = from.length === 0 || from.includes(name) ? source : `${source}: ${from.join(", ")}`;
  return `${name} is ${value === "" ? "not set" : `"${value}" (${origin})`}; it should be ${expected}.`;
};

/** By its own name in any layer, else by what the predecessor called it, else the default. */
const find = (name: SettingName, layers: Layers, { values }: Inheritance): FoundValue =>
  foundByName(name, layers) ?? values.get(name) ?? { text: configFields[name].default, source: "default", from: [] };

const readSetting = (name: SettingName, found: FoundValue, layers: Layers) => {
  const { schema, default: fallback, path } = configFields[name];
  const { text, source, from } = found;
  const wrong = (
    problem: Pick<ConfigProblem, "value" | "expected" | "source"> &
      Partial<Pick<ConfigProblem, "from">> & { readonly kind: SettingProblemKind },
  ) => ({
    name,
    found,
    value: schema.parse(fallback),
    problem: { variable: name, from, ...problem },
  });
  if (source === "default" && layers.unopened?.includes(name))
    return wrong({ value: "", source: "settings", expected: words.unopened, kind: "unopened" });
  const unset = unsetIn([name, ...from], source, layers);
  if (unset.length > 0) {
    const value = unset.map((variable) => `\${${variable}}`).join(" ");
    return wrong({ value, source: "dotenv", expected: words.unset(unset.join(", ")), kind: "form" });
  }
  if (found.fault !== undefined) {
    const { name: part, source: origin, shown, expected } = found.fault;
    return wrong({ value: shown, source: origin, from: [part], expected: expected.en, kind: "form" });
  }
  if (path && text.startsWith("~") && layers.home === null)
    return wrong({ value: text, source, expected: words.homeless, kind: "form" });
  const parsed = schema.safeParse(path ? atHome(text, layers.home ?? null) : text);
  if (parsed.success) return { name, found, value: parsed.data, problem: null };
  const expected = parsed.error.issues[0]?.message ?? "something else";
  return wrong({ value: shownValue(name, text), source, expected, kind: "form" });
};

/** Variables that the line of `.env` speaks of and that are set nowhere. What the environment says stands above it. */
const unsetIn = (names: readonly string[], source: SettingSource, { dotenvFaults = [] }: Layers): readonly string[] =>
  source === "environment"
    ? []
    : dotenvFaults.flatMap((fault) => (fault.kind === "unset" && names.includes(fault.name) ? fault.variables : []));

/** ~ alone, or before a separator, is the home folder. */
const atHome = (text: string, home: string | null): string =>
  home === null ? text : text.replace(/^~(?=$|[\\/])/, () => home);

const fileProblems = ({ dotenvFaults = [] }: Layers): readonly ConfigProblem[] =>
  dotenvFaults.flatMap((fault): readonly ConfigProblem[] =>
    fault.kind === "file"
      ? [{ variable: ".env", value: fault.found, source: "dotenv", from: [], expected: words.dotenv, kind: "file" }]
      : [],
  );
