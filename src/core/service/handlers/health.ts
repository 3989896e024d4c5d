import type { CheckChoice, CheckResult } from "../../../shared/checks.ts";
import type { Handlers } from "../../../shared/contract.ts";
import type { LogLevel } from "../../../shared/log.ts";
import type { Health, Snapshot } from "../../../shared/snapshot.ts";
import type { Clock } from "../../ports.ts";
import type { Targets } from "../../targets/targets.ts";
import type { Trouble } from "../health.ts";
import { predecessorHealth } from "../predecessor.ts";

type HealthHandlers = Pick<Handlers, "health" | "ready" | "checks" | "logLevel" | "snapshot">;

type HealthTools = {
  readonly version: string;
  readonly mode: "demo" | "live";
  readonly clock: Pick<Clock, "now">;
  readonly health: () => Health;
  readonly calendars: Pick<Targets, "status">;
  /** What is wrong with the service itself, the worst first; alerts of others left aside. */
  readonly faults: () => readonly Trouble[];
  readonly snapshot: () => Snapshot;
  readonly runChecks: (choice: CheckChoice) => Promise<readonly CheckResult[]>;
  readonly setLogLevel: (level: LogLevel, part: string | null) => void;
};

export const healthHandlers = (tools: HealthTools): HealthHandlers => ({
  health: async () => {
    const { version, mode } = tools;
    const [health, calendars] = [tools.health(), tools.calendars.status()];
    return {
      ...predecessorHealth({ mode, health, calendars }, tools.clock.now()),
      ...{ status: "ok", version, mode, health },
    };
  },
  ready: async () => {
    // What the publisher complains of, and what asks for a person, does not keep matches from their calendars.
    const reasons = tools.faults().flatMap(({ level, problem }) => (level === "warning" ? [] : [problem]));
    return { ready: reasons.length === 0, reasons };
  },
  checks: async ({ phase, id }) => {
    const checks = await tools.runChecks({ phase: phase ?? null, id: id ?? null });
    return { passed: checks.every((check) => check.outcome !== "failed"), checks };
  },
  logLevel: async ({ level, part }) => {
    tools.setLogLevel(level, part ?? null);
    return { message: `Logging at ${level}${part === undefined ? "" : ` for ${part}`}` };
  },
  snapshot: async () => ({ snapshot: tools.snapshot() }),
});
