import { IconCalendarX, IconPinned, IconRestore, IconTrash } from "@tabler/icons-react";
import { useMemo } from "react";
import { ok } from "../../../../shared/problem.ts";
import type { Action } from "../../../parts/action.ts";
import { useCall } from "../../../session.ts";
import { useWords } from "../../../words.tsx";

export type Decisions = Readonly<Record<"decline" | "reclaim" | "remove" | "keep" | "restore", Action>>;

/** What a person can decide about a match. Each can be taken back. */
export const useDecisions = (matchId: string): Decisions => {
  const { texts } = useWords();
  const call = useCall();
  return useMemo(() => {
    const words = texts.matches.page.decisions;
    const decline =
      (declined: boolean): Action["run"] =>
      async () => {
        const answer = await call("decline", { matchId, declined });
        return answer.ok ? ok(declined ? words.declined : words.reclaimed) : answer;
      };
    const remove =
      (removed: boolean): Action["run"] =>
      async () => {
        const answer = await call("remove", { matchId, removed });
        return answer.ok ? ok(removed ? words.removed : words.kept) : answer;
      };
    return {
      decline: { id: "decline", label: words.decline, icon: IconCalendarX, run: decline(true) },
      reclaim: { id: "reclaim", label: words.reclaim, icon: IconRestore, run: decline(false) },
      remove: { id: "remove", label: words.remove, icon: IconTrash, run: remove(true) },
      keep: { id: "keep", label: words.keep, icon: IconPinned, run: remove(false) },
      restore: { id: "restore", label: words.restore, icon: IconRestore, run: remove(false) },
    };
  }, [matchId, texts, call]);
};
