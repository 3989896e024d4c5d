/** What may be told of any error: its kind alone, since its words may hold what was on its way. */
export const errorName = (error: unknown): string => (error instanceof Error ? error.name : typeof error);

/** The word that the system has for an error, such as ENOENT; null when it has none. */
export const errorCode = (error: unknown): string | null => {
  if (typeof error !== "object" || error === null || !("code" in error)) return null;
  const { code } = error;
  return typeof code === "string" && /^\w{1,60}$/.test(code) ? code : null;
};

/** Longer than any chain of causes of ours. */
const mostCauses = 8;

/** What a log may say of an error and of what caused it: names and codes, no words. */
export const errorTrail = (error: unknown, most = mostCauses): string => {
  const own = [errorName(error), errorCode(error)].filter((part) => part !== null).join(" ");
  if (!(error instanceof Error) || error.cause === undefined || most === 0) return own;
  return `${own} because of ${errorTrail(error.cause, most - 1)}`;
};
