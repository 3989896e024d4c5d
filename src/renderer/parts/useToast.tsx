import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useCallback } from "react";
import { useWords } from "../words.tsx";
import type { Outcome } from "./action.ts";
import { useMending } from "./mending.ts";

/** How long the way back is offered. */
const shownMs = 8000;

type Offer = { readonly label: string; readonly act: () => void };

/** A message with a button beside it, which takes both away. */
const show = (color: "green" | "red", { title, text }: { title?: string; text: string }, offer: Offer | null): void => {
  const id = notifications.show({
    color,
    ...(title !== undefined && { title }),
    ...(color === "green" && { autoClose: shownMs }),
    message: (
      <span style={{ display: "flex", alignItems: "center", justifyContent: "space-between", gap: 12 }}>
        {text}
        {offer !== null && (
          <Button
            variant="subtle"
            size="compact-xs"
            onClick={() => {
              notifications.hide(id);
              offer.act();
            }}
          >
            {offer.label}
          </Button>
        )}
      </span>
    ),
  });
};

/** Says what came of something that leaves its place at once: with the way back, or with what mends it where it failed. */
export const useToast = () => {
  const { texts } = useWords();
  const mend = useMending();
  return useCallback(
    (outcome: Outcome, back: (() => void) | null): void => {
      const tell = (result: Outcome, undo: (() => void) | null): void => {
        if (result.ok) {
          if (result.value === "") return;
          show("green", { text: result.value }, undo && { label: texts.alertsView.undo, act: undo });
          return;
        }
        const { problem, target = null, what } = result;
        const advice = texts.advice[problem.kind];
        const action = mend(problem, target);
        const mended = (next: Outcome): void => tell(next, null);
        const offer = action && { label: action.label, act: () => void action.run().then(mended) };
        show("red", { title: what ?? advice.what, text: advice.remedy }, offer);
      };
      tell(outcome, back);
    },
    [texts, mend],
  );
};
