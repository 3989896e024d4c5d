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

/** Whom the door lets in. */
export type AccessState = {
  readonly demandsToken: boolean;
  /** Why some, or all, who should be let in are not. */
  readonly problem: Problem | null;
};

/** How the HTTP door stands. */
export const createDoorState = (now: () => Instant) => {
  let door: Door | null = null;
  let closedSince: Instant | null = null;
  let access: AccessState = { demandsToken: true, problem: null };
  let lockedSince: Instant | null = null;
  let certificate: { readonly problem: Problem; readonly since: Instant } | null = null;
  return {
    /** null: there is none. */
    set: (next: Door | null): void => {
      door = next;
      closedSince = next?.open === false ? (closedSince ?? now()) : null;
    },
    setAccess: (next: AccessState): void => {
      access = next;
      lockedSince = next.problem === null ? null : (lockedSince ?? now());
    },
    /** What is wrong with the certificate of a door that is open. */
    setCertificate: (problem: Problem | null): void => {
      certificate = problem === null ? null : { problem, since: certificate?.since ?? now() };
    },
    /** Everybody on this machine may come in. */
    isOpenToAll: (): boolean => !access.demandsToken,
    address: (): string | null => (door?.open === true ? door.address : null),
    /** The same by a name that others on the network know as well. */
    reachable: (): string | null =>
      door?.open === true ? door.calendarAddress.slice(0, door.calendarAddress.lastIndexOf("/calendar/")) : null,
    calendarAddress: (): string | null => (door?.open === true ? door.calendarAddress : null),
    /** Why it cannot open, why somebody who should be let in is not, or why others may not come, and since when; null when all is well. */
    trouble: (): { readonly problem: Problem; readonly since: Instant } | null => {
      if (door?.open === false && closedSince !== null) return { problem: door.problem, since: closedSince };
      if (access.problem !== null && lockedSince !== null) return { problem: access.problem, since: lockedSince };
      return certificate;
    },
  };
};
