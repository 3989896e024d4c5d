import type { Instant } from "../../shared/instant.ts";
import type { Problem } from "../../shared/problem.ts";

export type Door =
  | {
      readonly open: true;
      readonly address: string;
      /** Where a program can follow the calendar, without a token; it is a secret. */
      readonly calendarAddress: string;
    }
  | { readonly open: false; readonly problem: Problem };

/** How the HTTP door stands. */
export const createDoorState = (now: () => Instant) => {
  let door: Door | null = null;
  let closedSince: Instant | null = null;
  return {
    /** null: there is none. */
    set: (next: Door | null): void => {
      door = next;
      closedSince = next?.open === false ? (closedSince ?? now()) : null;
    },
    address: (): string | null => (door?.open === true ? door.address : null),
    /** The same by a name that others on the network know as well. */
    reachable: (): string | null =>
      door?.open === true ? door.calendarAddress.slice(0, door.calendarAddress.lastIndexOf("/calendar/")) : null,
    calendarAddress: (): string | null => (door?.open === true ? door.calendarAddress : null),
    /** Why it cannot open, and since when; null when it is open, or not wanted. */
    trouble: (): { readonly problem: Problem; readonly since: Instant } | null =>
      door?.open === false && closedSince !== null ? { problem: door.problem, since: closedSince } : null,
  };
};
