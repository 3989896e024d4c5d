import type { Connection } from "../../shared/connection.ts";
import type { LevelName } from "./Level.tsx";

export const connectionLevel: Readonly<Record<Connection["state"], LevelName>> = {
  disabled: "off",
  stopped: "critical",
  connecting: "working",
  subscribing: "working",
  live: "ok",
  silent: "warning",
  reconnecting: "critical",
  refused: "critical",
};
