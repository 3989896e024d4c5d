import { IconArrowBackUp, IconCalendarCheck, IconCalendarSearch, IconCheck, IconTool } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import type { TargetName } from "../../../shared/calendar.ts";
import type { Output } from "../../../shared/contract.ts";
import { ok } from "../../../shared/problem.ts";
import { targetTexts } from "../../../shared/text/target.ts";
import { partOutcome, syncOutcome } from "../../actions.ts";
import type { Action } from "../../parts/action.ts";
import { useCall } from "../../session.ts";
import { useWords } from "../../words.tsx";

export type Audit = Pick<Output<"audit">, "missing" | "different" | "surplus">;

/** What can be done with one calendar. */
export const useTargetActions = (target: TargetName) => {
  const call = useCall();
  const { texts } = useWords();
  /** What the last comparison found; null: none was made since the page was opened. */
  const [audit, setAudit] = useState<Audit | null>(null);

  const actions = useMemo(() => {
    const say = targetTexts(texts, target);
    const compare = async (repair: boolean) => {
      const answer = await call("audit", { target, repair });
      if (!answer.ok) {
        setAudit(null);
        return answer;
      }
      setAudit(repair ? null : answer.value);
      const { missing, different, surplus, repaired } = answer.value;
      if (repair) return ok(say.audit.repaired(repaired));
      return ok(missing + different + surplus === 0 ? say.audit.same : say.audit.drift(missing + different + surplus));
    };
    const sync: Action = {
      id: `sync-${target}`,
      label: texts.app.actions.syncNow,
      icon: IconCalendarCheck,
      run: async () => {
        setAudit(null);
        return syncOutcome(await call("syncNow", { target }), texts);
      },
    };
    const check: Action = {
      id: `audit-${target}`,
      label: say.audit.run,
      icon: IconCalendarSearch,
      run: () => compare(false),
    };
    const repair: Action = {
      id: `repair-${target}`,
      label: say.audit.repair,
      icon: IconTool,
      run: () => compare(true),
    };
    const begin: Action = {
      id: `begin-${target}`,
      label: say.first.begin,
      icon: IconCheck,
      run: async () => {
        const answer = await call("confirm", { target });
        return answer.ok ? ok(say.confirm.done) : answer;
      },
    };
    const undo: Action = {
      id: `undo-${target}`,
      label: say.undo.run,
      icon: IconArrowBackUp,
      run: async () => {
        setAudit(null);
        const answer = await call("undo", { target });
        return answer.ok ? ok(say.undo.done(answer.value.restored)) : partOutcome(answer, say.undo.notDone);
      },
    };
    return { sync, check, repair, begin, undo };
  }, [call, texts, target]);
  return { actions, audit };
};
