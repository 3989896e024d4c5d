import type { TargetStatus } from "../../shared/calendar.ts";
import type { Texts } from "../../shared/text/type.ts";
import type { LevelName } from "./Level.tsx";

export const targetLevel: Readonly<Record<TargetStatus["state"]["name"], LevelName>> = {
  idle: "ok",
  working: "working",
  waiting: "warning",
  "needs-person": "critical",
  "needs-preview": "warning",
  "needs-confirmation": "warning",
  off: "off",
};

/** How a calendar is doing, in a few words. */
export const targetStateText = (state: TargetStatus["state"], texts: Texts): string => {
  switch (state.name) {
    case "needs-confirmation":
      return texts.match.targetState["needs-confirmation"](state.removals);
    case "off":
      return texts.match.targetState.off[state.reason];
    case "waiting":
    case "needs-person":
      return texts.advice[state.problem.kind].what;
    case "idle":
    case "working":
    case "needs-preview":
      return texts.match.targetState[state.name];
  }
};
