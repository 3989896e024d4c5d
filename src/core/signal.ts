import { errorTrail } from "./error-name.ts";
import type { Log } from "./ports.ts";

/** Takes a listener, who is told whatever is said from then on. */
export type Hear<T> = (listener: (value: T) => void) => void;

/** Something that is said. Who says it does not know who listens, and need not be made after them. */
export type Signal<T> = {
  readonly say: (value: T) => void;
  readonly hear: Hear<T>;
};

/** Listeners are called in the order in which they came; one that fails keeps no other from hearing. */
export const createSignal = <T>(log: Log): Signal<T> => {
  const listeners: ((value: T) => void)[] = [];
  return {
    hear: (listener) => void listeners.push(listener),
    say: (value) => {
      for (const listener of listeners) {
        try {
          listener(value);
        } catch (error) {
          log.error("something failed on what it was told", {
            error: errorTrail(error),
          });
        }
      }
    },
  };
};
