import { setTimeout as pause } from "node:timers/promises";
import type { Differences } from "./judge.ts";
import { elapsed, messageOf, say } from "./tell.ts";

/** Looking takes its part of the machine too. */
const lookEveryMs = 3000;

export type Settled = {
  /** After how long nothing differed; null: not within the time. */
  readonly seconds: number | null;
  /** What still differs. */
  readonly differences: Differences;
};

const isEmpty = (differences: Differences): boolean => Object.values(differences).every((found) => found.length === 0);

const inBrief = (differences: Differences): string =>
  Object.entries(differences)
    .flatMap(([name, found]) => (found.length === 0 ? [] : [`${name}: ${found.length} (${found[0]})`]))
    .join("; ");

/** Waits until nothing differs from the truth, and says what does meanwhile. */
export const settled = async (options: {
  readonly differ: () => Promise<Differences>;
  readonly withinMs: number;
  readonly meanwhile?: () => Promise<void>;
}): Promise<Settled> => {
  const { differ, withinMs, meanwhile = async () => undefined } = options;
  const from = elapsed();
  let said = "";
  for (;;) {
    const differences = await differ().catch((error: unknown) => ({ "it answers": [messageOf(error)] }));
    if (isEmpty(differences)) return { seconds: Math.round((elapsed() - from) / 1000), differences };
    if (elapsed() - from > withinMs) return { seconds: null, differences };
    const brief = inBrief(differences);
    if (brief !== said) say(`  ${brief}`);
    said = brief;
    await meanwhile();
    await pause(lookEveryMs);
  }
};
