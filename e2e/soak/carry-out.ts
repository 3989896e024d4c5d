import { setTimeout as pause } from "node:timers/promises";
import { type Fault, type FaultKind, laneNames } from "./plan.ts";
import { elapsed, messageOf, say } from "./tell.ts";
import type { Trouble } from "./turns.ts";

/** Carries out a plan from now on: the faults of a lane one after the other, the lanes beside each other. Answers what went wrong. */
export const carryOut = async (
  plan: readonly Fault[],
  troubles: Readonly<Record<FaultKind, Trouble>>,
): Promise<readonly string[]> => {
  const from = elapsed();
  const mishaps: string[] = [];
  const one = async ({ kind, at, lastsMs, degree }: Fault): Promise<void> => {
    await pause(Math.max(0, from + at - elapsed()));
    say(`${kind}, ${(lastsMs / 1000).toFixed(1)} s`);
    try {
      await troubles[kind].begin(degree);
      await pause(lastsMs);
      await troubles[kind].end();
    } catch (error) {
      mishaps.push(`${kind} after ${Math.round(at / 1000)} s: ${messageOf(error)}`);
      say(`${kind} went wrong: ${messageOf(error)}`);
    }
  };
  const lanes = laneNames.map(async (lane) => {
    for (const fault of plan) if (fault.lane === lane) await one(fault);
  });
  await Promise.all(lanes);
  return mishaps;
};
