import type { TargetStatus } from "../../../shared/calendar.ts";

/** A calendar with nothing to do, but for what is told of it. */
export const aTarget = (facts: Partial<TargetStatus>): TargetStatus => ({
  name: "google",
  label: "Matcher",
  state: { name: "idle" },
  there: 0,
  waiting: 0,
  failed: 0,
  differs: 0,
  skipped: 0,
  lastWriteAt: null,
  lastCheckAt: null,
  undoable: false,
  signInExpiresAt: null,
  late: null,
  ...facts,
});
