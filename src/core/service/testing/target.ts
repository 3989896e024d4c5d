import { type TargetStatus, untouched } from "../../../shared/calendar.ts";

/** A calendar with nothing to do, but for what is told of it. */
export const aTarget = (facts: Partial<TargetStatus>): TargetStatus => ({
  ...untouched,
  name: "google",
  label: "Matcher",
  state: { name: "idle" },
  ...facts,
});
