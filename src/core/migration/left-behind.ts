import type { LeftBehind } from "../../shared/migration.ts";

/** Names of the predecessor that have no counterpart, and why; in its `.env`, its container or its config.json. */
const names: Readonly<Record<string, LeftBehind>> = {
  FOGIS_USERNAME: "fogis-sign-in",
  FOGIS_PASSWORD: "fogis-sign-in",
  COOKIE_FILE: "fogis-sign-in",
  FOGIS_LOGIN_URL: "fogis-sign-in",
  FOGIS_MATCH_LIST_URL: "own-matches",
  MAX_RETRIES: "own-matches",
  BACKOFF_FACTOR: "own-matches",
  MATCH_FILE: "own-matches",
  USE_LOCAL_MATCH_DATA: "own-matches",
  LOCAL_MATCH_DATA_FILE: "own-matches",
  LOG_DIR: "own-log",
  LOG_FILE: "own-log",
  LOG_ENABLE_CONSOLE: "own-log",
  LOG_ENABLE_FILE: "own-log",
  LOG_ENABLE_STRUCTURED: "own-log",
  AUTH_SERVER_HOST: "own-sign-in-server",
  AUTH_SERVER_PORT: "own-sign-in-server",
  TOKEN_REFRESH_BUFFER_DAYS: "own-sign-in-server",
  REDIS_SCHEMA_VERSION: "all-dialects",
  REDIS_FALLBACK_SCHEMAS: "all-dialects",
  SCOPES: "scopes",
  ENVIRONMENT: "container",
  FLASK_APP: "container",
  FLASK_DEBUG: "container",
  FLASK_ENV: "container",
  PYTHONPATH: "container",
  PYTHONUNBUFFERED: "container",
  TZ: "container",
};

export const leftBehindBecause = (name: string): LeftBehind | null =>
  Object.hasOwn(names, name) ? (names[name] ?? null) : null;
