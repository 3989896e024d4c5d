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

export type Values = Readonly<Record<string, string | undefined>>;

/** Where values come from; the first layer that has one wins. Empty text counts as unset. */
export type Layers = {
  readonly environment: Values;
  readonly dotenv: Values;
  readonly settings: Values;
  /** Saved settings whose value cannot be opened: they are set, and nobody knows to what. */
  readonly unopened?: readonly string[];
};

/** One thing wrong with the configuration, in words a person can act on. */
export type ConfigProblem = {
  readonly variable: SettingName;
  /** As given, secrets redacted. */
  readonly value: string;
  readonly source: SettingSource;
  readonly expected: string;
  /** The value by itself, what it is beside the others, or that it cannot be opened. */
  readonly kind: SettingProblemKind;
};

export type Resolved = {
  readonly config: Config;
  readonly settings: readonly Setting[];
  /** Any of these stops the service: an invalid value never half-works. */
  readonly problems: readonly ConfigProblem[];
  /** Names that look like ours but are not: a setting that would silently do nothing. */
  readonly unknown: readonly string[];
};

export const settingNames: readonly SettingName[] = settingNameSchema.options;

/** Reads and checks every setting; an invalid one is reported and its default stands in, so that all are reported at once. */
export const resolveConfig = (layers: Layers): Resolved => {
  const read = settingNames.map((name) => readSetting(name, layers));
  // Each value was produced by the schema of its own name, which is what Config is made of.
  const config = Object.fromEntries(read.map(({ name, value }) => [name, value])) as unknown as Config;
  const own = read.flatMap(({ problem }) => (problem === null ? [] : [problem]));
  const broken = new Set(own.map((problem) => problem.variable));
  const beside = combinations(config)
    .filter(({ variable }) => !broken.has(variable))
    .map(
      ({ variable, expected }): ConfigProblem => ({
        variable,
        value: shownValue(variable, find(variable, layers).text),
        source: find(variable, layers).source,
        expected,
        kind: "together",
      }),
    );
  const problems = [...own, ...beside];
  return {
    config,
    problems,
    unknown: unknownNames(layers),
    settings: read.map(({ name, text, source }): Setting => {
      const problem = problems.find(({ variable }) => variable === name);
      return {
        name,
        value: shownValue(name, text),
        source,
        locked: source === "environment" || source === "dotenv",
        problem: problem === undefined ? null : { expected: problem.expected, kind: problem.kind },
      };
    }),
  };
};

/** Demo: nothing tells where matches come from. */
export const isDemo = (config: Config): boolean =>
  config.REDIS_URL === null && config.AVSPARK_MATCHES_URL === null && config.REDIS_PUBSUB_ENABLED;

/** One line for a log or a terminal. */
export const describeProblem = ({ variable, value, source, expected }: ConfigProblem): string =>
  `${variable} is ${value === "" ? "not set" : `"${value}" (${source})`}; it should be ${expected}.`;

const find = (name: SettingName, layers: Layers): { readonly text: string; readonly source: SettingSource } => {
  for (const source of ["environment", "dotenv", "settings"] as const) {
    const text = layers[source][name]?.trim();
    if (text !== undefined && text !== "") return { text, source };
  }
  return { text: configFields[name].default, source: "default" };
};

const readSetting = (name: SettingName, layers: Layers) => {
  const { schema, default: fallback } = configFields[name];
  const { text, source } = find(name, layers);
  if (source === "default" && layers.unopened?.includes(name)) {
    const problem: ConfigProblem = {
      variable: name,
      value: "",
      source: "settings",
      expected: words.unopened,
      kind: "unopened",
    };
    return { name, text, source, value: schema.parse(fallback), problem };
  }
  const parsed = schema.safeParse(text);
  if (parsed.success) return { name, text, source, value: parsed.data, problem: null };
  const problem: ConfigProblem = {
    variable: name,
    value: shownValue(name, text),
    source,
    expected: parsed.error.issues[0]?.message ?? "something else",
    kind: "form",
  };
  return { name, text, source, value: schema.parse(fallback), problem };
};

type Together = keyof typeof words.together;

/** What is wrong only together with something else. */
export const combinations = (
  config: Config,
): readonly { readonly variable: SettingName; readonly expected: string }[] => {
  const problems: { variable: SettingName; expected: string }[] = [];
  const need = (when: boolean, variable: Together) => {
    if (when) problems.push({ variable, expected: words.together[variable] });
  };
  need(config.REDIS_URL === null && config.REDIS_PUBSUB_ENABLED && config.AVSPARK_MATCHES_URL !== null, "REDIS_URL");
  const google = config.AVSPARK_CALENDARS.includes("google");
  need(google && config.GOOGLE_CALENDAR_ID === null, "GOOGLE_CALENDAR_ID");
  const caldav = config.AVSPARK_CALENDARS.includes("caldav");
  need(caldav && config.CALDAV_URL === null, "CALDAV_URL");
  need(
    (config.REDIS_TLS_CERT_FILE === null) !== (config.REDIS_TLS_KEY_FILE === null),
    config.REDIS_TLS_CERT_FILE === null ? "REDIS_TLS_CERT_FILE" : "REDIS_TLS_KEY_FILE",
  );
  need(!isLoopback(config.AVSPARK_HTTP_HOST) && config.AVSPARK_HTTP_TOKEN === null, "AVSPARK_HTTP_TOKEN");
  const channels = [
    config.REDIS_MATCH_UPDATES_CHANNEL,
    config.REDIS_PROCESSOR_STATUS_CHANNEL,
    config.REDIS_SYSTEM_ALERTS_CHANNEL,
  ];
  need(new Set(channels).size < channels.length, "REDIS_SYSTEM_ALERTS_CHANNEL");
  return problems;
};

export const isLoopback = (host: string): boolean =>
  host === "localhost" || host === "::1" || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);

const ours = /^(AVSPARK_|REDIS_|CALDAV_|GOOGLE_CALENDAR_|GOOGLE_OAUTH_)/;

/** In the environment only AVSPARK_ is surely ours: other programs have REDIS_ variables of their own. */
const unknownNames = (layers: Layers): readonly string[] => {
  const known: ReadonlySet<string> = new Set(settingNames);
  const strange = [
    ...Object.keys(layers.environment).filter((name) => name.startsWith("AVSPARK_")),
    ...Object.keys(layers.dotenv).filter((name) => ours.test(name)),
    ...Object.keys(layers.settings),
  ];
  return [...new Set(strange.filter((name) => !known.has(name)))].sort();
};
