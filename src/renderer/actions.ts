import {
  IconBellOff,
  IconBellRinging,
  IconCalendarCheck,
  IconChecks,
  IconEyeCheck,
  IconPlugConnected,
  IconSettings,
} from "@tabler/icons-react";
import { useMemo } from "react";
import { z } from "zod";
import { type SyncResult, syncResultSchema } from "../shared/calendar.ts";
import type { Output } from "../shared/contract.ts";
import { rejectedMatchSchema } from "../shared/message.ts";
import { failed, ok } from "../shared/problem.ts";
import type { Texts } from "../shared/text/type.ts";
import type { Answer } from "./bridge.ts";
import { type Action, going, type Outcome, say } from "./parts/action.ts";
import { useMendingActions } from "./parts/mending.ts";
import { useCall, useDesk } from "./session.ts";
import { useWords } from "./words.tsx";

const written: ReadonlySet<SyncResult["outcome"]> = new Set(["inserted", "updated", "cancelled", "removed"]);

const countResults = (results: readonly SyncResult[]) => ({
  written: results.filter((result) => written.has(result.outcome)).length,
  unchanged: results.filter((result) => result.outcome === "unchanged").length,
  failed: results.filter((result) => result.outcome === "failed").length,
});

/** What came back beside a problem: each match's result, and the matches that were refused. */
const besideSchema = z.object({
  results: z.array(syncResultSchema).optional().catch(undefined),
  rejected: z.array(rejectedMatchSchema).optional().catch(undefined),
});

export const besideProblem = (data: unknown) => {
  const beside = besideSchema.safeParse(data);
  return { results: beside.data?.results ?? [], rejected: beside.data?.rejected ?? [] };
};

/** What came of a sync. */
export const syncOutcome = (answer: Answer<Output<"syncNow">>, texts: Texts): Outcome => {
  if (answer.ok) return ok(texts.app.results.synced(countResults(answer.value.results)));
  return partOutcome(answer, texts.app.results.notSynced);
};

/** Work on many matches that failed in part is told by why its first match did. */
export const partOutcome = (
  answer: Extract<Answer<unknown>, { readonly ok: false }>,
  what: (counts: { readonly late: number; readonly of: number }) => string,
): Outcome => {
  const { results } = besideProblem(answer.data);
  const late = results.filter(({ outcome }) => outcome === "failed" || outcome === "waiting");
  const [first] = late;
  if (answer.problem.kind !== "partly-failed" || first === undefined) return answer;
  return {
    ok: false,
    problem: first.problem ?? answer.problem,
    target: first.target,
    what: what({ late: late.length, of: results.length }),
  };
};

/** What the whole window can do, whichever view is open: on buttons and in the command palette. */
export const useActions = () => {
  const call = useCall();
  const { texts } = useWords();
  const muted = useDesk((state) => state.notificationsMuted);
  const newest = useDesk((state) => state.changes[0]?.id ?? state.seenChangeId);

  const mending = useMendingActions();

  return useMemo(() => {
    const { actions: label, results } = texts.app;
    const syncNow: Action = {
      id: "sync-now",
      label: label.syncNow,
      icon: IconCalendarCheck,
      run: async () => syncOutcome(await call("syncNow", {}), texts),
    };
    const test: Action = {
      id: "test",
      label: label.testConnection,
      icon: IconPlugConnected,
      run: async () => {
        const answer = await call("redisTest", {});
        if (!answer.ok || answer.value.test_results.overall_success) return say(answer, () => results.testPassed);
        const problem = answer.value.test_results.connection_test ? "redis-frozen" : "redis-unreachable";
        return failed(problem, answer.value.test_results.errors.join(" "));
      },
    };
    const acknowledgeAll: Action = {
      id: "acknowledge-all",
      label: label.acknowledgeAll,
      icon: IconChecks,
      run: async () => say(await call("acknowledge", {}), () => results.acknowledged),
    };
    const markSeen: Action = {
      id: "mark-seen",
      label: label.markSeen,
      icon: IconEyeCheck,
      here: true,
      run: async () => say(await call("markSeen", { changeId: newest }), () => results.marked),
    };
    const mute: Action = {
      id: "mute",
      label: muted ? label.unmute : label.mute,
      icon: muted ? IconBellRinging : IconBellOff,
      here: true,
      run: async () => say(await call("mute", { muted: !muted }), () => (muted ? results.unmuted : results.muted)),
    };
    const openSettings = going({ id: "open-settings", label: label.openSettings, icon: IconSettings }, "settings");
    return { ...mending, syncNow, test, acknowledgeAll, markSeen, mute, openSettings };
  }, [call, texts, muted, newest, mending]);
};
