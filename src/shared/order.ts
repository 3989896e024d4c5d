import { onDemand } from "./on-demand.ts";

/** Texts by their characters' numbers: one order everywhere, for ids, keys and instants. */
export const compareTexts = (a: string, b: string): number => {
  if (a === b) return 0;
  return a < b ? -1 : 1;
};

const swedish = onDemand(() => new Intl.Collator("sv"));

/** Names as readers of Swedish look for them. */
export const compareNames = (a: string, b: string): number => swedish().compare(a, b);
