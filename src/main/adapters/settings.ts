import { join } from "node:path";
import type { Surroundings } from "../../core/config/layers.ts";
import { type Resolved, resolveConfig } from "../../core/config/resolve.ts";
import { readDotenvFile } from "./dotenv.ts";
import { homeFolder } from "./folders.ts";

/** The environment of this process, the `.env` file of the working directory, and the user's home folder. */
export const readEnvironment = (workingDirectory: string): Surroundings => ({
  environment: process.env,
  ...readDotenvFile(join(workingDirectory, ".env"), process.env),
  home: homeFolder(),
});

/** The configuration in force without the app: nobody has saved anything. */
export const loadConfig = ({ workingDirectory }: { readonly workingDirectory: string }): Resolved =>
  resolveConfig({ ...readEnvironment(workingDirectory), settings: {} });
