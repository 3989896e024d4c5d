import { z } from "zod";
import { readDotenv, valuesOf } from "../../shared/dotenv/read.ts";
import { scopesSchema } from "../../shared/google-token.ts";
import { parseJson } from "../../shared/json/read.ts";
import type { ForPerson } from "../../shared/migration.ts";
import { type Values, valueIn } from "../config/layers.ts";
import { shownName } from "../config/unknown-names.ts";
import { type Compose, isCompose, readCompose } from "./compose.ts";
import { type OldFolder, shownPath } from "./folder.ts";

/** All that the predecessor's files say, before anything is decided. */
export type Gathered = {
  readonly files: readonly string[];
  /** What the container gave it; it stood above its `.env`. */
  readonly container: Values;
  readonly dotenv: Values;
  /** Its own config.json, as texts. */
  readonly config: ReadonlyMap<string, string>;
  /** Names of config.json that have something else than a text or a number. */
  readonly odd: ReadonlySet<string>;
  /** What it was to ask Google for, and where that stands; null: nothing says so. */
  readonly scopes: { readonly named: readonly string[]; readonly file: string } | null;
  readonly compose: Compose | null;
  /** In which file a name of the container's or of the `.env` stands. */
  readonly fileOf: (name: string) => string;
  readonly unset: ReadonlyMap<string, readonly string[]>;
  readonly forPerson: readonly ForPerson[];
};

const composeNames = ["compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml"] as const;
/** What Docker reads over it where it is there. */
const overrideNames = [
  "compose.override.yaml",
  "compose.override.yml",
  "docker-compose.override.yaml",
  "docker-compose.override.yml",
] as const;
export const configName = "config.json";

const scalar = z.union([z.string(), z.number()]).transform(String);

const scopesIn = (value: unknown): readonly string[] | null => scopesSchema.safeParse(value).data ?? null;

/** A list in an environment variable is written as JSON, or as the text that it is. */
const listOr = (text: string): unknown => {
  const json = parseJson(text);
  return json.ok ? json.value : text;
};

export const gather = (folder: OldFolder): Gathered => {
  const files: string[] = [];
  const forPerson: ForPerson[] = [];
  const unset = new Map<string, readonly string[]>();
  const origins = new Map<string, string>();

  const textOf = (path: string): string | null => {
    const reading = folder.read(path);
    if (reading.state === "unreadable") forPerson.push({ kind: "unreadable", file: shownPath(path), why: reading.why });
    if (reading.state !== "text") return null;
    files.push(shownPath(path));
    return reading.text;
  };

  /** Values of a file of the `.env` kind; what is in an earlier file stands above. */
  const environmentFile = (path: string): Values => {
    const lines = readDotenv(textOf(path) ?? "", {});
    for (const line of lines) {
      if (line.kind === "unreadable") {
        const name = line.name === null ? null : shownName(line.name);
        forPerson.push({ kind: "line", file: shownPath(path), line: line.line, name });
      }
      if (line.kind !== "pair") continue;
      if (!origins.has(line.name)) origins.set(line.name, shownPath(path));
      if (line.unset.length > 0) unset.set(line.name, line.unset);
    }
    return valuesOf(lines);
  };

  const dotenv = environmentFile(".env");

  /** What the first of these files that is there says; null: none does. */
  const documentOf = (names: readonly string[]): { readonly name: string; readonly value: unknown } | null => {
    const name = names.find(folder.has);
    const text = name === undefined ? null : textOf(name);
    if (name === undefined || text === null) return null;
    const document = folder.yaml(text);
    if (document !== null && isCompose(document.value)) return { name, value: document.value };
    forPerson.push({ kind: "unreadable", file: name, why: "no-compose" });
    return null;
  };

  const composeFile = (): Compose | null => {
    const base = documentOf(composeNames);
    const override = base === null ? null : documentOf(overrideNames);
    if (base === null) return null;
    const lookUp = (variable: string): string | undefined => dotenv[variable];
    const compose = readCompose([base.value, ...(override === null ? [] : [override.value])], lookUp);
    if (compose.container === null) forPerson.push({ kind: "compose-service", file: base.name });
    for (const given of compose.container?.environment.keys() ?? [])
      origins.set(given, override !== null && compose.container?.overridden.has(given) ? override.name : base.name);
    for (const [given, variables] of compose.container?.unset ?? []) unset.set(given, variables);
    return compose;
  };

  const compose = composeFile();
  const { container = null } = compose ?? {};
  const given = (container?.environmentFiles ?? [])
    .filter(({ path }) => shownPath(path) !== ".env")
    .map(({ path, required }) => {
      if (required && folder.read(path).state === "absent")
        forPerson.push({ kind: "file-missing", name: "env_file", file: shownPath(path) });
      return environmentFile(path);
    });

  const configFile = (): ReadonlyMap<string, unknown> => {
    const text = textOf(configName);
    if (text === null) return new Map();
    const json = parseJson(text);
    const values = z.record(z.string(), z.unknown()).safeParse(json.ok ? json.value : null);
    if (!values.success) {
      forPerson.push({ kind: "unreadable", file: configName, why: "no-json" });
      return new Map();
    }
    return new Map(Object.entries(values.data));
  };
  const said = configFile();
  const config = new Map([...said].map(([name, value]) => [name, scalar.safeParse(value).data ?? ""] as const));
  const odd = new Set(
    [...said].flatMap(([name, value]) => (value === null || scalar.safeParse(value).success ? [] : [name])),
  );

  const fromContainer: Values = {
    ...Object.fromEntries(given.flatMap(Object.entries)),
    ...Object.fromEntries(container?.environment ?? []),
  };
  const fileOf = (name: string): string => origins.get(name) ?? ".env";
  const inConfig = scopesIn(said.get("SCOPES"));
  const inEnvironment = valueIn(fromContainer, "SCOPES") ?? valueIn(dotenv, "SCOPES");
  const scopes = inConfig ?? (inEnvironment === null ? null : scopesIn(listOr(inEnvironment)));

  return {
    config,
    odd,
    scopes: scopes && { named: scopes, file: inConfig === null ? fileOf("SCOPES") : configName },
    files,
    container: fromContainer,
    dotenv,
    compose,
    fileOf,
    unset,
    forPerson,
  };
};
