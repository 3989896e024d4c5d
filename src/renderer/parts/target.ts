import { isAddressBook, type TargetStatus } from "../../shared/calendar.ts";
import { adviceFor } from "../../shared/text/target.ts";
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

/** How a calendar or an address book is doing, in a few words. */
export const targetStateText = ({ name, state }: Pick<TargetStatus, "name" | "state">, texts: Texts): string => {
  const words = isAddressBook(name) ? texts.addressBooks.state : texts.match.targetState;
  switch (state.name) {
    case "needs-confirmation":
      return words["needs-confirmation"](state.removals);
    case "off":
      return words.off[state.reason];
    case "waiting":
    case "needs-person":
      return adviceFor(texts, state.problem.kind, name).what;
    case "idle":
    case "working":
    case "needs-preview":
      return words[state.name];
  }
};
