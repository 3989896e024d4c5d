import type { CalendarTarget, Listing } from "../ports.ts";
import { type Failure, failureOf } from "./patience.ts";

/** How a calendar is to be read. `ignore`: a look that must change nothing, neither there nor in what we know. */
export type Look = { readonly full: boolean; readonly absent: "verify" | "ignore" };

type Waiter = { readonly resolve: (listing: Listing) => void; readonly reject: (failure: Failure) => void };

/** Reads a calendar: whole at first, then only what has changed. Whoever asks meanwhile shares the next reading. */
export const createReader = (options: {
  readonly target: CalendarTarget;
  readonly onListing: (listing: Listing, look: Look) => void;
  readonly onFailure: (failure: Failure) => void;
}) => {
  const { target, onListing, onFailure } = options;
  let wish: Look | null = { full: true, absent: "verify" };
  let waiters: Waiter[] = [];
  let reading: Promise<void> | null = null;
  let current: Look | null = null;
  let token: string | null = null;

  const ask = (look: Look): void => {
    const verify = look.absent === "verify" || wish?.absent === "verify";
    wish = { full: look.full || wish?.full === true, absent: verify ? "verify" : "ignore" };
  };

  const read = (): void => {
    if (wish === null) return;
    const look = wish;
    const served = waiters;
    wish = null;
    waiters = [];
    current = look;
    reading = target.list(look.full ? null : token).then(
      (listing) => {
        reading = null;
        current = null;
        // What a look that changes nothing saw missing must be told again.
        if (look.absent === "verify") token = listing.token;
        onListing(listing, look);
        for (const { resolve } of served) resolve(listing);
      },
      (error: unknown) => {
        const failure = failureOf(error);
        reading = null;
        current = null;
        ask(look);
        onFailure(failure);
        for (const { reject } of served) reject(failure);
      },
    );
  };

  return {
    /** The calendar must be read before anything more is written. */
    isWanted: (): boolean => wish !== null,
    isReading: (): boolean => current !== null,
    /** What is read at this moment will be believed. */
    isVerifying: (): boolean => current?.absent === "verify",
    ask,
    /** As `ask`, and waits for it; rejects with Failure. */
    wait: (look: Look): Promise<Listing> =>
      new Promise((resolve, reject) => {
        ask(look);
        waiters.push({ resolve, reject });
      }),
    read,
    /** Nobody waits any longer. */
    abandon: (failure: Failure): void => {
      for (const { reject } of waiters) reject(failure);
      waiters = [];
    },
    ended: (): Promise<void> => reading ?? Promise.resolve(),
  };
};
