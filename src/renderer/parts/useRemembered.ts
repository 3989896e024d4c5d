import { useCallback, useState } from "react";
import type { z } from "zod";

const read = <T>(key: string, schema: z.ZodType<T>, initial: T): T => {
  try {
    const parsed = schema.safeParse(JSON.parse(window.localStorage.getItem(key) ?? "null"));
    return parsed.success ? parsed.data : initial;
  } catch {
    // Not JSON, or no storage at all: the initial value is as good.
    return initial;
  }
};

/** State that is only the window's own (filters, columns) and survives a restart. What does not fit is forgotten. */
export const useRemembered = <T>(name: string, schema: z.ZodType<T>, initial: T) => {
  const key = `avspark.${name}`;
  const [value, setValue] = useState(() => read(key, schema, initial));
  const remember = useCallback(
    (next: T) => {
      setValue(next);
      window.localStorage.setItem(key, JSON.stringify(next));
    },
    [key],
  );
  return [value, remember] as const;
};
