import type { CalendarText } from "../../../core/calendar/port.ts";
import type { Journal } from "../../../core/journal.ts";
import type { Clock, Log } from "../../../core/ports.ts";
import type { Service } from "../../../core/service/service.ts";
import type { Access } from "../access.ts";
import type { FeedAnswers } from "./feed-answers.ts";

/** What the routes need of the service behind them. */
export type HttpParts = {
  readonly service: Pick<Service, "handlers" | "revisions" | "subscribe" | "readings" | "snapshot" | "lastDelta">;
  readonly access: Access;
  /** Whether an address is that of a proxy that speaks TLS to whoever it asks for. */
  readonly isProxy: (address: string) => boolean;
  /** Which service this is, whatever address it is reached by. */
  readonly serviceId: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly version: string;
  /** A body that is larger is refused. */
  readonly maxBodyBytes: number;
  readonly calendarText: () => CalendarText;
  /** The secret in the calendar's own address. */
  readonly calendarToken: string;
  /** The calendars that have each a secret in their address. */
  readonly feeds: FeedAnswers;
  /** For streams that resume. */
  readonly journal: Pick<Journal, "messages" | "changesAfter">;
};
