import { raise } from "../../../shared/problem.ts";

/** More than are ever sent again: a window does it within minutes. */
const mostRemembered = 1000;

type Done = { readonly given: string; readonly answer: Promise<unknown> };

/**
 * Lets a command with a key be carried out once: who sends it again, since the answer was lost on the way, gets the first
 * answer. The keys are in memory, and of so many the oldest go; after a start none is known.
 */
export const createOnce = () => {
  const known = new Map<string, Done>();
  const remember = (key: string, done: Done): void => {
    // Who asked hears of a failure, and nobody need ask again.
    done.answer.catch(() => undefined);
    known.set(key, done);
    const [oldest] = known.keys();
    if (known.size > mostRemembered && oldest !== undefined) known.delete(oldest);
  };
  /** `given`: the command with its input. */
  return async <T>(key: string | null, given: string, work: () => Promise<T>): Promise<T> => {
    if (key === null) return work();
    const before = known.get(key);
    if (before !== undefined && before.given !== given)
      return raise("input-invalid", "This Idempotency-Key came with another command before.");
    const answer = before?.answer ?? work();
    if (before === undefined) remember(key, { given, answer });
    // What was given is the same, so that the answer has the same form.
    return (await answer) as T;
  };
};
export type Once = ReturnType<typeof createOnce>;
