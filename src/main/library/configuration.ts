import type { Values } from "../../core/config/layers.ts";
import { listensToRedis } from "../../core/config/listens.ts";
import { describeProblems, type Resolved, resolveConfig, settingNames } from "../../core/config/resolve.ts";
import { raise } from "../../shared/problem.ts";
import { readEnvironment } from "../adapters/settings.ts";
import type { GivenConfig } from "./types.ts";

/**
 * The configuration in force: what the program gives stands above the environment and `.env`. Throws ProblemError, since
 * an invalid value never half-works, and since a program is never to be given the demo's invented matches.
 */
export const configure = (given: GivenConfig, workingDirectory: string): Resolved => {
  const known: ReadonlySet<string> = new Set(settingNames);
  const strange = Object.keys(given).filter((name) => !known.has(name));
  if (strange.length > 0) raise("configuration-invalid", `These are no settings: ${strange.join(", ")}.`, strange[0]);
  const { environment, dotenv, ...around } = readEnvironment(workingDirectory);
  const settings = textsOf(given);
  const resolved = resolveConfig({
    ...around,
    environment: without(environment, settings),
    dotenv: without(dotenv, settings),
    settings,
  });
  const [first] = resolved.problems;
  if (first !== undefined)
    raise("configuration-invalid", describeProblems(resolved.problems).join(" "), first.variable);
  const { REDIS_URL: redis, AVSPARK_MATCHES_URL: list } = resolved.config;
  if (resolved.demo || (redis === null && list === null && listensToRedis(resolved.config)))
    raise("configuration-invalid", "REDIS_URL is not set.", "REDIS_URL");
  return resolved;
};

/** As they would be written in the environment. */
const textsOf = (given: GivenConfig): Values =>
  Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, textOf(value)]])),
  );

const textOf = (value: NonNullable<GivenConfig[keyof GivenConfig]> | null): string => {
  if (value === null) return "";
  return typeof value === "object" ? value.join(",") : String(value);
};

const without = (values: Values, above: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !Object.hasOwn(above, name)));
