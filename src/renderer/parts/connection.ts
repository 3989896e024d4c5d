import type { Connection } from "../../shared/connection.ts";
import type { LevelName } from "./Level.tsx";

const levels: Readonly<Record<Connection["state"], LevelName>> = {
  disabled: "off",
  stopped: "critical",
  connecting: "working",
  subscribing: "working",
  live: "ok",
  silent: "warning",
  reconnecting: "critical",
  refused: "critical",
};

export const connectionLevel = (connection: Connection): LevelName =>
  connection.state === "live" && connection.trouble !== null ? "warning" : levels[connection.state];
