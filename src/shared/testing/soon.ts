/** How long a test waits for what is to become true: a busy machine may take its time, and what never does is told all the same. */
export const soon = { timeout: 30_000 } as const;
