import { useDebouncedValue } from "@mantine/hooks";
import { useMemo } from "react";
import { minuteMs } from "../../shared/duration.ts";
import { alertSentence, overallStanding } from "../../shared/text/sentences.ts";
import { activeAlerts } from "../parts/alerts.ts";
import { useNow } from "../parts/useNow.ts";
import { VisuallyHidden } from "../parts/VisuallyHidden.tsx";
import { useDesk } from "../session.ts";
import { useWords } from "../words.tsx";

/** A state that comes and goes within this is not worth a word. */
const settledMs = 1500;

/**
 * How things are and the worst of what is wrong, for screen readers alone: spoken once it stays, and not again for a time or
 * a count beside it.
 */
export const Spoken = () => {
  const { texts, format } = useWords();
  const now = useNow(minuteMs);
  const health = useDesk((state) => state.health);
  const waiting = useDesk((state) => state.waiting);
  const alerts = useDesk((state) => state.alerts);
  const worst = useMemo(() => activeAlerts(alerts)[0], [alerts]);
  const words = { texts, format, now };
  const sentences = [
    overallStanding({ health, waiting }, words).sentence,
    ...(worst === undefined ? [] : [`${texts.alerts.level[worst.level]}: ${alertSentence(worst.cause, words)}`]),
  ];
  const [said] = useDebouncedValue(sentences.map((sentence) => `${sentence.replace(/\.$/, "")}.`).join(" "), settledMs);
  return <VisuallyHidden role="status">{said}</VisuallyHidden>;
};
