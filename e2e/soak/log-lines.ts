import { z } from "zod";
import type { Lane } from "./plan.ts";

const lineSchema = z.looseObject({
  level: z.number(),
  part: z.string(),
  msg: z.string(),
  kind: z.string().optional(),
  problem: z.string().optional(),
});
type Line = z.infer<typeof lineSchema>;

const warning = 40;

/** What the log may complain of while everything around the app fails, by the lane that brings it. */
const expected: Readonly<Record<Exclude<Lane, "clock" | "machine">, readonly string[]>> = {
  redis: ["Redis does not answer the probe.", "Redis is out of reach."],
  list: ["The match list could not be fetched."],
  google: ["A write to a target failed", "Reading a target failed"],
  caldav: ["A write to a target failed", "Reading a target failed"],
  mail: ["a notice did not leave"],
  disk: [
    "the calendar file could not be written",
    "the journal refuses; small facts wait",
    "messages wait in memory",
    "cleaning failed and is tried again later",
  ],
  app: ["the window's page died"],
};
const allExpected: ReadonlySet<string> = new Set(Object.values(expected).flat());

/** A problem that nobody has a name for is never expected. */
const isExpected = ({ msg, kind, problem }: Line): boolean =>
  allExpected.has(msg) && kind !== "internal" && problem !== "internal";

export type LogFinding = { readonly line: string; readonly count: number };

/** A line by its kind: numbers differ from one to the next. */
const kindOf = ({ part, msg, kind, problem }: Line): string =>
  [`${part}: ${msg.replace(/\d+/g, "#")}`, kind ?? problem].filter(Boolean).join(" – ");

const read = (line: string): Line | null => {
  try {
    return lineSchema.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
};

/**
 * The complaints in a log that nothing in the plan explains, by kind. A line may be torn where the app was killed or the disk
 * was full: `tearings` says how often that was.
 */
export const unexpectedIn = (lines: readonly string[], tearings: number): readonly LogFinding[] => {
  const counts = new Map<string, number>();
  let torn = 0;
  for (const line of lines) {
    const entry = read(line);
    if (entry === null) torn += 1;
    else if (entry.level >= warning && !isExpected(entry)) {
      const kind = kindOf(entry);
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }
  }
  const found = [...counts].map(([line, count]) => ({ line, count }));
  return torn > tearings ? [...found, { line: "a line that is torn", count: torn - tearings }] : found;
};
