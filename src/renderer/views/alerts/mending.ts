import { IconActivity } from "@tabler/icons-react";
import { type AlertCause, problemKindOf } from "../../../shared/alert.ts";
import type { Advice } from "../../../shared/text/advice.ts";
import type { Texts } from "../../../shared/text/type.ts";
import type { Actions } from "../../actions.ts";
import { openView } from "../../navigation.ts";
import { type Action, immediate } from "../../parts/action.ts";

/** What an alert means and what to do about it. */
export const aboutOf = (cause: AlertCause, texts: Texts): Advice => texts.advice[problemKindOf(cause)];

const seeMessages = (texts: Texts, part: "quarantine" | null): Action =>
  immediate({
    id: "see-messages",
    label: texts.alertsView.stream,
    icon: IconActivity,
    does: () => openView("stream", part),
    said: texts.app.results.done,
  });

/** The button that mends it or leads to where it is mended; null where only others can. */
export const mendingOf = (cause: AlertCause, actions: Actions, texts: Texts): Action | null => {
  switch (cause.kind) {
    case "feed":
      return actions.restart;
    case "gap":
    case "source":
      return actions.fetch;
    case "calendar":
      return cause.problem.kind === "calendar-sign-in" ? actions.signIn : actions.openCalendars;
    case "sign-in-expiring":
      return actions.signIn;
    case "confirm-removal":
      return actions.openCalendars;
    case "invalid-rising":
      return seeMessages(texts, "quarantine");
    case "system":
    case "quiet-channel":
    case "cycle-failed":
      return seeMessages(texts, null);
    case "door":
      return actions.openSettings;
    case "journal":
    case "incident":
      return null;
  }
};
