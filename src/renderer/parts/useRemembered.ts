import { useCallback, useState } from "react";
import type { z } from "zod";

/** For good, or until the window is closed. */
type Kept = "always" | "session";

const storageOf = (kept: Kept): Storage => (kept === "always" ? window.localStorage : window.sessionStorage);

const read = <T>(kept: Kept, key: string, schema: z.ZodType<T>, initial: T): T => {
  try {
    const parsed = schema.safeParse(JSON.parse(storageOf(kept).getItem(key) ?? "null"));
    return parsed.success ? parsed.data : initial;
  } catch {
    // Not JSON, or no storage at all: the initial value is as good.
    return initial;
  }
};

/** State that is only the window's own (filters, columns) and survives a restart unless told otherwise. What does not fit is forgotten. */
export const useRemembered = <T>(name: string, schema: z.ZodType<T>, initial: T, kept: Kept = "always") => {
  const key = `avspark.${name}`;
  const [value, setValue] = useState(() => read(kept, key, schema, initial));
  const remember = useCallback(
    (next: T) => {
      setValue(next);
      storageOf(kept).setItem(key, JSON.stringify(next));
    },
    [key, kept],
  );
  return [value, remember] as const;
};
