import type { Match } from "../../../shared/match.ts";
import { unreachable } from "../contacts.ts";

/** The match as it is when how to reach its people has been erased. */
export const withoutContacts = (match: Match): Match => ({
  ...match,
  officials: unreachable(match.officials),
  contacts: unreachable(match.contacts),
});
