import { Moment } from "../../parts/Times.tsx";
import { useDesk } from "../../session.ts";
import { useWords } from "../../words.tsx";
import classes from "./Operations.module.css";

/** What has been counted since the start. */
export const Counters = () => {
  const { texts, format } = useWords();
  const counters = useDesk((state) => state.counters);
  const cycle = useDesk((state) => state.lastCycle);
  const label = texts.overview.counters;
  const figures = [
    { name: label.received, value: counters.received, bad: false },
    { name: label.valid, value: counters.valid, bad: false },
    { name: label.invalid, value: counters.invalid, bad: true },
    { name: label.duplicates, value: counters.duplicates, bad: false },
    { name: label.rejectedMatches, value: counters.rejectedMatches, bad: true },
    { name: label.changes, value: counters.changes, bad: false },
    { name: label.calendarWrites, value: counters.calendarWrites, bad: false },
    { name: label.calendarFailures, value: counters.calendarFailures, bad: true },
    { name: label.reconnects, value: counters.reconnects, bad: false },
  ];
  return (
    <dl className={classes.counters} aria-label={label.title}>
      <div className={classes.counter}>
        <dt>{label.title}</dt>
        <dd>
          <Moment at={counters.startedAt} />
        </dd>
      </div>
      {figures.map(({ name, value, bad }) => (
        <div key={name} className={classes.counter} data-bad={bad && value > 0 ? true : undefined}>
          <dt>{name}</dt>
          <dd>{format.number(value)}</dd>
        </div>
      ))}
      <div className={classes.counter}>
        <dt>{label.cycle}</dt>
        <dd>
          {cycle === null
            ? texts.app.none
            : cycle.durationMs === null
              ? texts.message.cycle[cycle.status](null)
              : format.duration(cycle.durationMs)}
        </dd>
      </div>
    </dl>
  );
};
