import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { type Layers, type Resolved, resolveConfig, type Values } from "../../core/config/resolve.ts";

/** The environment of this process and the `.env` file of the working directory. */
export const readEnvironment = (workingDirectory: string): Pick<Layers, "environment" | "dotenv"> => ({
  environment: process.env,
  dotenv: readDotenv(join(workingDirectory, ".env")),
});

/** The configuration in force without the app: nobody has saved anything. */
export const loadConfig = ({ workingDirectory }: { readonly workingDirectory: string }): Resolved =>
  resolveConfig({ ...readEnvironment(workingDirectory), settings: {} });

const readDotenv = (file: string): Values => {
  const text = readOptional(file);
  return text === null ? {} : parseEnv(text);
};

const readOptional = (file: string): string | null => {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR")) return null;
    throw error;
  }
};
