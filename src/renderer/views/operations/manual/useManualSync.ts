import { useCallback, useMemo, useState } from "react";
import type { SyncResult } from "../../../../shared/calendar.ts";
import type { RejectedMatch } from "../../../../shared/message.ts";
import type { Problem } from "../../../../shared/problem.ts";
import { besideProblem } from "../../../actions.ts";
import { progressOf } from "../../../parts/progress.ts";
import { useNow } from "../../../parts/useNow.ts";
import { useCall, useDesk } from "../../../session.ts";

export type Run =
  | { readonly name: "none" }
  | { readonly name: "running"; readonly matches: number; readonly since: number }
  | {
      readonly name: "ended";
      readonly problem: Problem | null;
      readonly results: readonly SyncResult[];
      readonly rejected: readonly RejectedMatch[];
      readonly tookMs: number;
    };

/** Hands matches to the service and waits for what becomes of each. */
export const useManualSync = () => {
  const call = useCall();
  const [run, setRun] = useState<Run>({ name: "none" });
  const start = useCallback(
    async (matches: readonly unknown[]): Promise<void> => {
      const since = performance.now();
      setRun({ name: "running", matches: matches.length, since });
      const answer = await call("manualSync", { matches: [...matches] });
      const beside = answer.ok ? answer.value : besideProblem(answer.data);
      const { results, rejected } = beside;
      setRun({
        name: "ended",
        problem: answer.ok ? null : answer.problem,
        results,
        rejected,
        tookMs: performance.now() - since,
      });
    },
    [call],
  );
  const clear = useCallback(() => setRun({ name: "none" }), []);
  return { run, start, clear };
};

/** What all calendars that are being written have done, together. */
export const useWriting = () => {
  const targets = useDesk((state) => state.targets);
  const now = useNow(250);
  return useMemo(
    () =>
      progressOf(
        targets.flatMap(({ state }) => (state.name === "working" ? [state] : [])),
        now,
      ),
    [targets, now],
  );
};
