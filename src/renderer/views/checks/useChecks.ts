import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { z } from "zod";
import { type CheckId, checkResultSchema } from "../../../shared/checks.ts";
import { instantOf, instantSchema } from "../../../shared/instant.ts";
import type { Problem } from "../../../shared/problem.ts";
import { useRemembered } from "../../parts/useRemembered.ts";
import { useCall } from "../../session.ts";
import type { Results } from "./summary.ts";

/** What was found the last time: whoever mends something on another page comes back to it. */
const rememberedSchema = z.object({ at: instantSchema, results: z.array(checkResultSchema) }).nullable();

/** `of`: how many were asked for at once. */
export type Running = { readonly id: CheckId; readonly done: number; readonly of: number };

/** Runs checks one by one, so that each one's result is shown as soon as it is there. */
export const useChecks = () => {
  const call = useCall();
  const [remembered, remember] = useRemembered("checks", rememberedSchema, null);
  const [running, setRunning] = useState<Running | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const turn = useRef(0);
  const latest = useRef(remembered);
  latest.current = remembered;
  useEffect(
    () => () => {
      turn.current += 1;
    },
    [],
  );

  const run = useCallback(
    async (ids: readonly CheckId[]): Promise<void> => {
      turn.current += 1;
      const mine = turn.current;
      setProblem(null);
      for (const [done, id] of ids.entries()) {
        setRunning({ id, done, of: ids.length });
        const answer = await call("checks", { id });
        if (turn.current !== mine) return;
        if (!answer.ok) {
          setProblem(answer.problem);
          break;
        }
        const others = latest.current?.results.filter((result) => result.id !== id) ?? [];
        const next = { at: instantOf(Date.now()), results: [...others, ...answer.value.checks] };
        latest.current = next;
        remember(next);
      }
      setRunning(null);
    },
    [call, remember],
  );

  const results = useMemo(
    (): Results => Object.fromEntries((remembered?.results ?? []).map((result) => [result.id, result])),
    [remembered],
  );
  return { results, at: remembered?.at ?? null, running, problem, run };
};
