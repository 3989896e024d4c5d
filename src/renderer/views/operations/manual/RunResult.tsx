import { IconCalendarPlus } from "@tabler/icons-react";
import { useEffect, useMemo, useRef } from "react";
import { calendarNames, type SyncResult } from "../../../../shared/calendar.ts";
import { matchTitle } from "../../../../shared/match.ts";
import type { RejectedMatch } from "../../../../shared/message.ts";
import { Badge } from "../../../parts/Badge.tsx";
import { Empty } from "../../../parts/Empty.tsx";
import { LevelMark } from "../../../parts/Level.tsx";
import { LongList } from "../../../parts/LongList.tsx";
import { ProblemNote } from "../../../parts/ProblemNote.tsx";
import { ProgressBar } from "../../../parts/ProgressBar.tsx";
import { useElapsed } from "../../../parts/useNow.ts";
import { useDesk } from "../../../session.ts";
import { useWords } from "../../../words.tsx";
import { outlineOf } from "./matchFile.ts";
import classes from "./RunResult.module.css";
import { byMatch, countOutcomes, type MatchResult } from "./results.ts";
import { type Run, useWriting } from "./useManualSync.ts";

const levels = {
  inserted: "ok",
  updated: "ok",
  cancelled: "ok",
  removed: "ok",
  unchanged: "off",
  skipped: "off",
  failed: "critical",
  waiting: "warning",
} as const satisfies Readonly<Record<SyncResult["outcome"], string>>;

const Running = ({ run }: { readonly run: Extract<Run, { name: "running" }> }) => {
  const { texts, format } = useWords();
  const progress = useWriting();
  const now = useElapsed(250);
  const say = texts.calendars;
  return (
    <div className={classes.running}>
      <p className={classes.headline} role="status">
        <LevelMark level="working" size={18} />
        {progress === null
          ? say.manual.sending(run.matches)
          : say.working({ done: format.number(progress.done), of: format.number(progress.of) })}
      </p>
      <ProgressBar label={say.manual.title} progress={progress ?? { done: 0, of: run.matches }} />
      <p className={classes.dim}>
        {progress?.leftMs == null
          ? texts.app.results.workingFor(format.duration(Math.max(0, now - run.since)))
          : say.left(format.duration(progress.leftMs))}
      </p>
    </div>
  );
};

const Outcome = ({ result }: { readonly result: SyncResult }) => {
  const { texts } = useWords();
  const why = (): string | undefined => {
    if (result.problem !== null) return texts.advice[result.problem.kind].what;
    return result.reason === null ? undefined : texts.match.placement.skipped[result.reason];
  };
  return (
    <span className={classes.outcome} title={why()}>
      <span className={classes.target}>{texts.match.target[result.target]}</span>
      <Badge level={levels[result.outcome]}>{texts.calendars.outcome[result.outcome]}</Badge>
    </span>
  );
};

const ResultRow = ({ result, title }: { readonly result: MatchResult; readonly title: string }) => {
  const { texts } = useWords();
  const bad = Object.values(result.targets).find(({ problem }) => problem !== null)?.problem ?? null;
  return (
    <>
      <span className={classes.title}>
        <span>{title}</span>
        {bad !== null && <span className={classes.why}>{texts.advice[bad.kind].what}</span>}
      </span>
      {calendarNames.map((name) => {
        const each = result.targets[name];
        return each === undefined ? null : <Outcome key={name} result={each} />;
      })}
    </>
  );
};

const Rejected = ({
  rejected,
  matches,
}: {
  readonly rejected: readonly RejectedMatch[];
  readonly matches: readonly unknown[];
}) => {
  const { texts, format } = useWords();
  return (
    <ul className={classes.rejections} aria-label={texts.calendars.manual.refused}>
      {rejected.map(({ index, path, reason }) => {
        const { title, id } = outlineOf(matches[index]);
        return (
          <li key={`${index} ${path}`}>
            <code>{path}</code>
            <span>{reason}</span>
            <span className={classes.dim}>
              {[texts.calendars.manual.nth(format.number(index + 1)), title, id]
                .filter((part) => part !== null)
                .join(" · ")}
            </span>
          </li>
        );
      })}
    </ul>
  );
};

const Ended = ({
  run,
  matches,
}: {
  readonly run: Extract<Run, { name: "ended" }>;
  readonly matches: readonly unknown[];
}) => {
  const { texts, format } = useWords();
  const known = useDesk((state) => state.matches);
  const say = texts.calendars;
  const titles = useMemo(() => {
    const sent = matches
      .map(outlineOf)
      .flatMap(({ id, title }) => (id === null || title === null ? [] : [[id, title] as const]));
    return new Map([...sent, ...known.map((match) => [match.id, matchTitle(match)] as const)]);
  }, [matches, known]);
  const rows = useMemo(() => byMatch(run.results), [run.results]);
  const counts = countOutcomes(run.results);
  const good = run.problem === null;
  const taken = good || rows.length > 0;
  return (
    <div className={classes.ended}>
      {taken ? (
        <div className={classes.summary}>
          <p className={classes.headline} role="status">
            <LevelMark level={good ? "ok" : "warning"} size={18} />
            {good ? say.manual.done(rows.length) : texts.advice["partly-failed"].what}
            <span className={classes.dim}>{format.duration(run.tookMs)}</span>
          </p>
          <p className={classes.counts}>
            {counts.map(({ outcome, count }) => (
              <Badge key={outcome} level={levels[outcome]}>
                {`${texts.calendars.outcome[outcome]} ${format.number(count)}`}
              </Badge>
            ))}
          </p>
          {run.problem !== null && <p className={classes.dim}>{texts.advice[run.problem.kind].why}</p>}
        </div>
      ) : (
        run.problem !== null && (
          <div className={classes.summary}>
            {run.rejected.length > 0 ? (
              <>
                <p className={classes.headline} role="alert">
                  <LevelMark level="critical" size={18} />
                  {say.manual.refusedTitle(run.rejected.length)}
                </p>
                <p className={classes.dim}>{say.manual.refusedAll}</p>
              </>
            ) : (
              <ProblemNote problem={run.problem} />
            )}
          </div>
        )
      )}
      {taken && run.rejected.length > 0 && (
        <div className={classes.summary}>
          <p className={classes.headline} role="alert">
            <LevelMark level="warning" size={18} />
            {say.manual.refusedTitle(run.rejected.length)}
          </p>
          <p className={classes.dim}>{say.manual.refusedSome}</p>
        </div>
      )}
      {run.rejected.length > 0 && <Rejected rejected={run.rejected} matches={matches} />}
      {rows.length > 0 && (
        <div className={classes.rows}>
          <LongList rows={rows} keyOf={(row) => row.matchId} rowHeight={46} label={say.manual.results}>
            {(row) => <ResultRow result={row} title={titles.get(row.matchId) ?? row.matchId} />}
          </LongList>
        </div>
      )}
    </div>
  );
};

/** How a manual sync goes and what came of each match; the room is there from the beginning. */
export const RunResult = ({ run, matches }: { readonly run: Run; readonly matches: readonly unknown[] }) => {
  const { texts } = useWords();
  const frame = useRef<HTMLDivElement>(null);
  const running = run.name === "running";
  useEffect(() => {
    // In a narrow window it stands below what was just pressed.
    if (running) frame.current?.scrollIntoView({ block: "nearest" });
  }, [running]);
  return (
    <div ref={frame} className={classes.frame}>
      {run.name === "none" && (
        <Empty icon={IconCalendarPlus} title={texts.calendars.manual.none} about={texts.calendars.manual.noneAbout} />
      )}
      {run.name === "running" && <Running run={run} />}
      {run.name === "ended" && <Ended run={run} matches={matches} />}
    </div>
  );
};
