import type { AbortSignalLike } from "./ports.ts";

/** What AbortController is elsewhere. */
export const createAbort = (): { readonly signal: AbortSignalLike; readonly abort: () => void } => {
  const listeners: (() => void)[] = [];
  let aborted = false;
  return {
    signal: {
      get aborted() {
        return aborted;
      },
      addEventListener: (_type, listener) => {
        listeners.push(listener);
      },
    },
    abort: () => {
      if (aborted) return;
      aborted = true;
      for (const listener of listeners.splice(0)) listener();
    },
  };
};
