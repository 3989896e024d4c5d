import { useMemo } from "react";
import type { Alert } from "../../shared/alert.ts";
import type { Instant } from "../../shared/instant.ts";
import { ok } from "../../shared/problem.ts";
import { useCall } from "../session.ts";
import { useWords } from "../words.tsx";
import { useToast } from "./useToast.tsx";

/**
 * What a person does with an alert. It leaves its place at once, so the answer is shown beside, with the way back.
 */
export const useAlertActions = () => {
  const { texts, format } = useWords();
  const call = useCall();
  const tell = useToast();
  return useMemo(() => {
    const reactivate = async ({ id }: Pick<Alert, "id">): Promise<void> => {
      const answer = await call("reactivate", { id });
      tell(answer.ok ? ok(texts.alertsView.reactivated) : answer, null);
    };
    const acknowledge = async ({ id }: Pick<Alert, "id">): Promise<void> => {
      const answer = await call("acknowledge", { id });
      tell(answer.ok ? ok(texts.app.results.acknowledged) : answer, () => void reactivate({ id }));
    };
    const snooze = async ({ id }: Pick<Alert, "id">, until: Instant): Promise<void> => {
      const answer = await call("snooze", { id, until });
      const shown = format.moment(until, Date.now());
      tell(answer.ok ? ok(texts.app.results.snoozed(shown)) : answer, () => void reactivate({ id }));
    };
    return { acknowledge, snooze, reactivate };
  }, [texts, format, call, tell]);
};
