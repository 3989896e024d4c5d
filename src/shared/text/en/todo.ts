import { assignmentIn, roleIn } from "../../fogis-words.ts";
import { plural } from "../plural.ts";

const count = plural("en");

/** What waits for somebody. */
export const todo = {
  nothing: "Nothing waits for anybody.",
  kind: {
    "no-referee": "No main referee",
    "open-place": "Open place",
    "double-booked": "Double booked",
    withdrawn: "Referee withdrawn",
    "called-off": "Called off",
    postponed: "Postponed",
    "on-again": "On again",
    moved: "Moved",
    held: "Waits for your word",
    calendar: "Calendar needs you",
    "sign-in": "Sign in",
  },
  open: (role: string, status: string | null) =>
    `${roleIn("en", role)}: ${status === null ? "not assigned" : assignmentIn("en", status).toLocaleLowerCase("en")}`,
  also: (match: string) => `also ${match}`,
  told: (name: string) => `${name} (told)`,
  removals: (removals: number) => count(removals, { one: "# removal", other: "# removals" }),
};
