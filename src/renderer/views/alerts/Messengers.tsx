import { minuteMs } from "../../../shared/duration.ts";
import type { MessengerStatus } from "../../../shared/outward.ts";
import { hrefOf } from "../../navigation.ts";
import { LevelMark } from "../../parts/Level.tsx";
import { useNow } from "../../parts/useNow.ts";
import { useDesk } from "../../session.ts";
import { useWords } from "../../words.tsx";
import classes from "./Alerts.module.css";

const Status = ({ status: { name, server, waiting, lastSentAt, failure } }: { readonly status: MessengerStatus }) => {
  const { texts, format } = useWords();
  const now = useNow(minuteMs);
  const say = texts.outward.status;
  const sentences = [
    ...(failure === null
      ? []
      : [
          say.failing({
            what: texts.advice[failure.problem.kind].what,
            since: format.moment(failure.since, now),
            retry: format.moment(failure.retryAt, now),
          }),
        ]),
    lastSentAt === null ? say.never(server) : say.sent({ server, at: format.moment(lastSentAt, now) }),
    ...(waiting > 0 ? [say.waiting(waiting)] : []),
  ];
  return (
    <>
      <dt className={classes.ruleLevel}>
        <LevelMark level={failure === null ? "ok" : "warning"} />
        {texts.outward.name[name]}
      </dt>
      <dd className={classes.ruleText}>{sentences.join(" ")}</dd>
    </>
  );
};

/** Whether notices leave the computer, and where that is changed. */
export const Messengers = () => {
  const { texts } = useWords();
  const messengers = useDesk((state) => state.messengers);
  const say = texts.outward.status;
  return (
    <>
      <h3 className={classes.ruleTitle}>{say.title}</h3>
      {messengers.length === 0 && <p className={classes.ruleText}>{say.none}</p>}
      <dl className={classes.messengers}>
        {messengers.map((status) => (
          <Status key={status.name} status={status} />
        ))}
      </dl>
      <a className={classes.link} href={hrefOf("settings", "AVSPARK_NOTIFY_WEBHOOK")}>
        {say.change}
      </a>
    </>
  );
};
