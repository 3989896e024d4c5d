import type { CalendarTarget, Log } from "../../../core/ports.ts";
import { raise } from "../../../shared/problem.ts";

/** A calendar on a CalDAV server. */
export const createCaldavTarget = (options: {
  readonly url: string;
  readonly username: string | null;
  readonly password: string | null;
  readonly log: Log;
}): CalendarTarget => {
  const refuse = async () => raise("calendar-unreachable", `${new URL(options.url).host} cannot be reached.`);
  return {
    name: "caldav",
    id: options.url,
    label: options.url,
    list: refuse,
    insert: refuse,
    update: refuse,
    remove: refuse,
    close: () => undefined,
  };
};
