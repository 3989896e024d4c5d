import { plural } from "../plural.ts";

const count = plural("en");

/** A message off the wire, in one line. */
export const message = {
  type: {
    match_updates: "Match update",
    processing_status: "Processor status",
    system_alert: "System alert",
    health_check: "Health check",
    invalid: "Invalid",
  },
  verdict: { valid: "Valid", partly: "Partly valid", duplicate: "Duplicate", invalid: "Invalid" },
  severity: {
    info: "Info",
    warning: "Warning",
    error: "Error",
    low: "Low",
    medium: "Medium",
    high: "High",
    critical: "Critical",
  },
  cycle: {
    started: (run: string | null) => `${run === null ? "Run" : `Run ${run}`} started`,
    completed: (run: string | null) => `${run === null ? "Run" : `Run ${run}`} completed`,
    failed: (run: string | null) => `${run === null ? "Run" : `Run ${run}`} failed`,
  },
  matches: (matches: number) => count(matches, { one: "# match", other: "# matches" }),
  changes: (changes: number) => count(changes, { one: "# change", other: "# changes" }),
  rejected: (rejected: number) => count(rejected, { one: "# refused", other: "# refused" }),
  noted: (fields: number) => count(fields, { one: "# field not read", other: "# fields not read" }),
  noChanges: "no changes",
  healthCheck: "the channel is being tried",
};
