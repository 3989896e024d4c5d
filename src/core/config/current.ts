import type { Config } from "../../shared/config.ts";
import type { Problem } from "../../shared/problem.ts";
import type { Resolved } from "./resolve.ts";

/** The settings as they are now: some may change while the service runs. */
export const createCurrentSettings = (initial: Resolved) => {
  let resolved = initial;
  return {
    resolved: (): Resolved => resolved,
    config: (): Config => resolved.config,
    set: (next: Resolved): void => {
      resolved = next;
    },
    /** The first thing that is missing; Redis tells of its own address. */
    lacking: (): Problem | null => {
      const first = resolved.missing.find(({ variable }) => variable !== "REDIS_URL");
      if (first === undefined) return null;
      return {
        kind: "configuration-invalid",
        message: `${first.variable} should be ${first.expected}.`,
        at: first.variable,
      };
    },
  };
};
