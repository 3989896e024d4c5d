import type { CalendarName } from "../../shared/calendar.ts";
import type { Instant } from "../../shared/instant.ts";
import type { Match } from "../../shared/match.ts";
import type { Reminder } from "../../shared/reminders.ts";
import type { Found, Wanted } from "../keeper/item.ts";
import type { Listing, Revision } from "../keeper/target.ts";

/** The event we want for a match: exactly the fields we own, over which `hash` is SHA-256. */
export type WantedEvent = Wanted & {
  readonly summary: string;
  readonly description: string;
  readonly location: string | null;
  readonly start: Instant;
  readonly end: Instant;
  /** The match's page; null: it has none. */
  readonly url: string | null;
  readonly position: Match["position"];
  /** What reminds people of it; null: the calendar's own way, as an event from before we had any. */
  readonly reminders: readonly Reminder[] | null;
  /** What stood in an event of somebody else's program before we took it over: an undo gives it back without anything of ours. */
  readonly theirs?: Theirs | undefined;
};

/** What has no place among the fields that we own, word for word. */
export type Theirs = {
  readonly description: string;
  readonly source: { readonly title: string | null; readonly url: string | null } | null;
};

/**
 * A calendar, with the match's id as each event's. Every method rejects with a problem of a target's (port-kinds.ts); what passes by itself (rate
 * limit, timeout, 5xx, lost connection) is tried again by the keeper, which never has two calls under way for one match.
 * TargetProblem carries how long the server asks us to wait, and whether the event or the calendar is refused.
 */
export type CalendarTarget = {
  readonly name: CalendarName;
  /** Which calendar it is: another id, another calendar. */
  readonly id: string;
  /** Its name for people, without secrets; it may change as more is learned. */
  readonly label: string;
  readonly list: (token: string | null) => Promise<Listing<WantedEvent>>;
  /** Makes or revives the event; idempotent by the match id. */
  readonly insert: (event: WantedEvent, revision: Revision) => Promise<Found>;
  /** Writes the fields we own; a conflicting edit is read again and merged. `calendar-not-found`: the event is gone. */
  readonly update: (event: WantedEvent, found: Found, revision: Revision) => Promise<Found>;
  readonly remove: (found: Found) => Promise<void>;
  /** Of an event as it was last read or written: we made it, and nobody has put anything into it. */
  readonly isOursAlone: (found: Found) => boolean;
  readonly close: () => void;
};

/** A calendar as a file. `etag` without quotes; it moves with the text. */
export type CalendarText = { readonly text: string; readonly etag: string; readonly modified: Instant };
