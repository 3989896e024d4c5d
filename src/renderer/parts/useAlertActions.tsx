import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMemo } from "react";
import type { Alert } from "../../shared/alert.ts";
import type { Instant } from "../../shared/instant.ts";
import { ok, type Result } from "../../shared/problem.ts";
import { useCall } from "../session.ts";
import { useWords } from "../words.tsx";

/** How long the way back is offered. */
const shownMs = 8000;

/**
 * What a person does with an alert. It leaves its place at once, so the answer is shown beside, with the way back.
 */
export const useAlertActions = () => {
  const { texts, format } = useWords();
  const call = useCall();
  return useMemo(() => {
    const tell = (result: Result<string>, undo: (() => void) | null): void => {
      if (!result.ok) {
        const { what, remedy } = texts.advice[result.problem.kind];
        notifications.show({ color: "red", title: what, message: remedy });
        return;
      }
      const id = notifications.show({
        color: "green",
        autoClose: shownMs,
        message: (
          <span style={{ display: "flex", alignItems: "center", justifyContent: "space-between", gap: 12 }}>
            {result.value}
            {undo !== null && (
              <Button
                variant="subtle"
                size="compact-xs"
                onClick={() => {
                  notifications.hide(id);
                  undo();
                }}
              >
                {texts.alertsView.undo}
              </Button>
            )}
          </span>
        ),
      });
    };
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
  }, [texts, format, call]);
};
