import { useMemo } from "react";
import type { Attachment } from "../../shared/attachment.ts";
import { minuteMs } from "../../shared/duration.ts";
import { overallStanding } from "../../shared/text/sentences.ts";
import { hrefOf } from "../navigation.ts";
import { ActionButton } from "../parts/ActionButton.tsx";
import { hostOf } from "../parts/Held.tsx";
import { LevelMark } from "../parts/Level.tsx";
import { useHealthMending, useMending } from "../parts/mending.ts";
import { useOffer } from "../parts/offers.tsx";
import { Moment } from "../parts/Times.tsx";
import { useNow } from "../parts/useNow.ts";
import { useAttachment, useDesk } from "../session.ts";
import { useWords } from "../words.tsx";
import classes from "./Header.module.css";

/** Of a service that is not heard nobody knows how things are. */
const Lost = ({
  address,
  line,
}: {
  readonly address: string;
  readonly line: Extract<Attachment["line"], { state: "lost" }>;
}) => {
  const { texts } = useWords();
  const mend = useMending();
  const mending = useMemo(() => mend(line.problem, null), [mend, line.problem]);
  return (
    <div className={classes.line} data-level="critical">
      <LevelMark level="critical" size={18} />
      <p className={classes.sentence}>{texts.attached.lost(hostOf(address))}</p>
      <span className={classes.since}>
        {texts.health.since} <Moment at={line.since} />
      </span>
      {line.problem.kind !== "service-unreachable" && <span>{texts.advice[line.problem.kind].what}</span>}
      {mending !== null && <ActionButton action={mending} variant="light" />}
    </div>
  );
};

/** The one sentence that says how things are. */
export const HealthLine = () => {
  const attachment = useAttachment();
  if (attachment?.line.state === "lost") return <Lost address={attachment.address} line={attachment.line} />;
  return <Standing />;
};

const Standing = () => {
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
