/** What a value should be, in both languages: shown beside a field, and in what is said of a value that is not that. */
export type Expected = { readonly en: string; readonly sv: string };

/** What a text comes to, or what it should have been. */
export type Reading<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly expected: Expected };

/** Ends a reading from anywhere within it; the reader turns it back into a value. */
export class Unreadable extends Error {
  readonly expected: Expected;
  constructor(expected: Expected) {
    super(expected.en);
    this.expected = expected;
  }
}

/** What a reader that gives up by throwing makes of a text. */
export const reading = <T>(read: () => T): Reading<T> => {
  try {
    return { ok: true, value: read() };
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, expected: error.expected };
    throw error;
  }
};

export const refuse = (expected: Expected): never => {
  throw new Unreadable(expected);
};
