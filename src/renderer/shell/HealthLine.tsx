import { useMemo } from "react";
import { minuteMs } from "../../shared/duration.ts";
import { overallStanding } from "../../shared/text/sentences.ts";
import { hrefOf } from "../navigation.ts";
import { useOffer } from "../offers.tsx";
import { ActionButton } from "../parts/ActionButton.tsx";
import { LevelMark } from "../parts/Level.tsx";
import { useHealthMending } from "../parts/mending.ts";
import { Moment } from "../parts/Times.tsx";
import { useNow } from "../parts/useNow.ts";
import { useDesk } from "../session.ts";
import { useWords } from "../words.tsx";
import classes from "./Header.module.css";

/** The one sentence that says how things are. */
export const HealthLine = () => {
  const { texts, format } = useWords();
  const now = useNow(minuteMs);
  const health = useDesk((state) => state.health);
  const waiting = useDesk((state) => state.waiting);
  const { level, sentence } = overallStanding({ health, waiting }, { texts, format, now });
  // It is not health that makes the difference, but what waits.
  const waits = level !== health.level;
  const mend = useHealthMending(health);
  useOffer(
    useMemo(
      () => (mend === null ? [] : [{ ...mend, id: "mend-health", label: `${mend.label} (${sentence})` }]),
      [mend, sentence],
    ),
  );
  return (
    <div className={classes.line} data-level={level}>
      <LevelMark level={level} size={18} />
      <p className={classes.sentence}>
        {waits ? (
          <a className={classes.waits} href={hrefOf("overview")}>
            {sentence}
          </a>
        ) : (
          sentence
        )}
      </p>
      {!waits && (
        <span className={classes.since}>
          {texts.health.since} <Moment at={health.since} />
        </span>
      )}
      {mend !== null && <ActionButton action={mend} variant="light" />}
    </div>
  );
};
