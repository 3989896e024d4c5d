import { type Failure, failureOf } from "./failure.ts";
import type { Wanted } from "./item.ts";
import type { Listing, Target } from "./target.ts";

/** How a target is to be read. `believe` false: a look that must change nothing, neither there nor in what we know. */
export type Look = { readonly full: boolean; readonly believe: boolean };

type Waiter<W extends Wanted> = {
  readonly resolve: (listing: Listing<W>) => void;
  readonly reject: (failure: Failure) => void;
};

/**
 * Reads a target: whole at first, then only what has changed. Whoever asks meanwhile shares the next reading. Nothing is
 * wanted of a target that cannot be read.
 */
export const createReader = <W extends Wanted>(options: {
  readonly target: Target<W>;
  readonly onListing: (listing: Listing<W>, look: Look) => void;
  readonly onFailure: (failure: Failure) => void;
}) => {
  const { onListing, onFailure } = options;
  const { list } = options.target;
  let wish: Look | null = list === null ? null : { full: true, believe: true };
  let waiters: Waiter<W>[] = [];
  let reading: Promise<void> | null = null;
  let current: Look | null = null;
  let token: string | null = null;

  const ask = (look: Look): void => {
    if (list === null) return;
    wish = { full: look.full || wish?.full === true, believe: look.believe || wish?.believe === true };
  };

  const read = (): void => {
    if (wish === null || list === null) return;
    const look = wish;
    const served = waiters;
    wish = null;
    waiters = [];
    current = look;
    reading = list(look.full ? null : token).then(
      (listing) => {
        reading = null;
        current = null;
        // What a look that changes nothing saw missing must be told again.
        if (look.believe) token = listing.token;
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
    /** The target must be read before anything more is written. */
    isWanted: (): boolean => wish !== null,
    isReading: (): boolean => current !== null,
    /** What is read at this moment will be believed. */
    isBelieving: (): boolean => current?.believe === true,
    ask,
    /** As `ask`, and waits for it; rejects with Failure. */
    wait: (look: Look): Promise<Listing<W>> =>
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
