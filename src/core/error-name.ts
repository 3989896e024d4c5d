/** What a log may say of any error: its kind alone, since its words may hold what was on its way. */
export const errorName = (error: unknown): string => (error instanceof Error ? error.name : typeof error);
