import { z } from "zod";
import { readDotenv, valuesOf } from "../../shared/dotenv/read.ts";
import { parseJson } from "../../shared/json/read.ts";
import type { ForPerson } from "../../shared/migration.ts";
import type { Values } from "../config/layers.ts";
import { type Compose, readCompose } from "./compose.ts";
import { type OldFolder, shownPath } from "./folder.ts";

/** All that the predecessor's files say, before anything is decided. */
export type Gathered = {
  readonly files: readonly string[];
  /** What the container gave it; it stood above its `.env`. */
  readonly container: Values;
  readonly dotenv: Values;
  /** Its own config.json, as texts. */
  readonly config: ReadonlyMap<string, string>;
  readonly compose: Compose | null;
  /** In which file a name of the container's or of the `.env` stands. */
  readonly fileOf: (name: string) => string;
  readonly unset: ReadonlyMap<string, readonly string[]>;
  readonly forPerson: readonly ForPerson[];
};

const composeNames = ["compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml"] as const;
export const configName = "config.json";

const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);

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
      if (line.kind !== "pair") continue;
      if (!origins.has(line.name)) origins.set(line.name, shownPath(path));
      if (line.unset.length > 0) unset.set(line.name, line.unset);
    }
    return valuesOf(lines);
  };

  const dotenv = environmentFile(".env");

  const composeFile = (): Compose | null => {
    const name = composeNames.find(folder.has);
    const text = name === undefined ? null : textOf(name);
    if (name === undefined || text === null) return null;
    const document = folder.yaml(text);
    const compose = document === null ? null : readCompose(document.value, (variable) => dotenv[variable]);
    if (compose === null) forPerson.push({ kind: "unreadable", file: name, why: "no-compose" });
    else if (compose.container === null) forPerson.push({ kind: "compose-service", file: name });
    for (const given of compose?.container?.environment.keys() ?? []) origins.set(given, name);
    for (const [given, variables] of compose?.container?.unset ?? []) unset.set(given, variables);
    return compose;
  };

  const compose = composeFile();
  const { container = null } = compose ?? {};
  const given = (container?.environmentFiles ?? []).filter((path) => shownPath(path) !== ".env").map(environmentFile);

  const configFile = (): ReadonlyMap<string, string> => {
    const text = textOf(configName);
    if (text === null) return new Map();
    const json = parseJson(text);
    const values = z.record(z.string(), z.unknown()).safeParse(json.ok ? json.value : null);
    if (!values.success) {
      forPerson.push({ kind: "unreadable", file: configName, why: "no-json" });
      return new Map();
    }
    return new Map(
      Object.entries(values.data).map(([name, value]) => [name, scalar.safeParse(value).data ?? ""] as const),
    );
  };

  return {
    config: configFile(),
    files,
    container: {
      ...Object.fromEntries(given.flatMap(Object.entries)),
      ...Object.fromEntries(container?.environment ?? []),
    },
    dotenv,
    compose,
    fileOf: (name) => origins.get(name) ?? ".env",
    unset,
    forPerson,
  };
};
