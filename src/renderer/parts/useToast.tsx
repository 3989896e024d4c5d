import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useCallback } from "react";
import type { Result } from "../../shared/problem.ts";
import { useWords } from "../words.tsx";

/** How long the way back is offered. */
const shownMs = 8000;

/** Says what came of something that leaves its place at once, with the way back where there is one. */
export const useToast = () => {
  const { texts } = useWords();
  return useCallback(
    (result: Result<string>, undo: (() => void) | null): void => {
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
    },
    [texts],
  );
};
