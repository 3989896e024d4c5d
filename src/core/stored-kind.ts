import type { z } from "zod";

/** One kind of record as it is kept from one version of Avspark to the next: a line of text. */
export type StoredKind<T> = {
  readonly write: (record: T) => string;
  /** null: this version cannot read it. */
  readonly read: (text: string) => T | null;
};

/**
 * A record says its version; those of the first do not. What an older version wrote is brought to the next one, step by
 * step, so an upgrade is written once and kept. What a newer version wrote is not read: nobody knows what it means.
 */
export const storedKind = <T extends object>(options: {
  /** Reads what this version writes. A key that is added has a default here, or there is another upgrade. */
  readonly schema: z.ZodType<T>;
  /** From the first version on: each reads one version and gives the next. */
  readonly upgrades?: readonly z.ZodType[];
  /** What is written of a record; all of it when not given. */
  readonly kept?: (record: T) => object;
}): StoredKind<T> => {
  const { schema, upgrades = [], kept = (record) => record } = options;
  const latest = upgrades.length + 1;
  return {
    write: (record) => JSON.stringify(latest === 1 ? kept(record) : { version: latest, ...kept(record) }),
    read: (text) => {
      try {
        const stored: unknown = JSON.parse(text);
        const version = versionOf(stored);
        if (version < 1 || version > latest) return null;
        return schema.parse(upgrades.slice(version - 1).reduce((record, upgrade) => upgrade.parse(record), stored));
      } catch {
        return null;
      }
    },
  };
};

/** 0: none that there ever was. */
const versionOf = (stored: unknown): number => {
  if (typeof stored !== "object" || stored === null || !("version" in stored)) return 1;
  const { version } = stored;
  return typeof version === "number" && Number.isInteger(version) ? version : 0;
};
