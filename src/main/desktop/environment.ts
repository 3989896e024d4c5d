import type { Surroundings, Values } from "../../core/config/layers.ts";

/** Where a development build may find Google; anybody else who names another place wants the sign-in. */
const developmentOnly = "GOOGLE_API_ROOT";

/**
 * What the app takes from around it. An installed app is started from any folder: a `.env` that lies there, in a download
 * folder for instance, must not send what is saved elsewhere.
 */
export const environmentOf = (around: Surroundings, { packaged }: { readonly packaged: boolean }): Surroundings =>
  packaged
    ? { ...around, environment: without(around.environment, developmentOnly), dotenv: {}, dotenvFaults: [] }
    : around;

const without = (values: Values, name: string): Values =>
  Object.fromEntries(Object.entries(values).filter(([each]) => each !== name));
