import { Button } from "@mantine/core";
import { IconChecklist, IconPlayerPlay } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { checkIdSchema, checkPhaseSchema } from "../../../shared/checks.ts";
import { minuteMs } from "../../../shared/duration.ts";
import { CopyButton } from "../../parts/CopyButton.tsx";
import { LevelMark, type LevelName } from "../../parts/Level.tsx";
import { Page } from "../../parts/Page.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { ProblemNote } from "../../parts/ProblemNote.tsx";
import { ProgressBar } from "../../parts/ProgressBar.tsx";
import { Ago } from "../../parts/Times.tsx";
import { useDesk } from "../../session.ts";
import { useWords } from "../../words.tsx";
import { CheckRow } from "./CheckRow.tsx";
import classes from "./Checks.module.css";
import { idsIn, supportText, type Tally, tallyOf } from "./summary.ts";
import { type Running, useChecks } from "./useChecks.ts";

const all = checkIdSchema.options;
/** What was found longer ago says little: the page runs the checks when it is opened. */
const freshMs = minuteMs;

const useSummary = (tally: Tally, running: Running | null): { readonly level: LevelName; readonly text: string } => {
  const { texts, format } = useWords();
  const say = texts.checks.summary;
  if (running !== null)
    return {
      level: "working",
      text: say.running({ done: format.number(running.done), all: format.number(running.of) }),
    };
  if (tally.unknown === tally.all) return { level: "off", text: say.never };
  if (tally.failed > 0)
    return { level: "critical", text: say.failed({ failed: tally.failed, all: format.number(tally.all) }) };
  if (tally.unknown > 0) return { level: "off", text: say.notAll };
  return { level: "ok", text: say.passed(tally.passed) };
};

/** The guide's deployment checklist, each item run for real: the same as `avspark check`. */
export const Checks = ({ id }: { readonly id: string | null }) => {
  const { texts, format } = useWords();
  const { results, at, running, problem, run } = useChecks();
  const version = useDesk((state) => state.version);
  const mode = useDesk((state) => state.mode);
  const tally = tallyOf(all, results);
  const summary = useSummary(tally, running);
  const busy = running !== null;

  const opened = useRef<string | null>("");
  useEffect(() => {
    if (opened.current === id) return;
    const first = opened.current === "";
    opened.current = id;
    const stale = at === null || Date.now() - Date.parse(at) > freshMs;
    if (id === "run" || (first && stale)) void run(all);
  }, [id, at, run]);

  return (
    <Page
      title={texts.app.views.checks}
      actions={
        <>
          {at !== null && <CopyButton value={supportText({ version, mode, at, results })} label={texts.checks.copy} />}
          <Button
            variant="filled"
            leftSection={<IconPlayerPlay size={15} aria-hidden="true" />}
            aria-disabled={busy}
            onClick={() => !busy && void run(all)}
          >
            {texts.checks.runAll}
          </Button>
        </>
      }
    >
      <div className={classes.summary} data-level={summary.level}>
        <LevelMark level={summary.level} size={20} />
        <p className={classes.sentence} role="status">
          {summary.text}
        </p>
        {tally.skipped > 0 && !busy && (
          <span className={classes.quiet}>{texts.checks.summary.skipped(tally.skipped)}</span>
        )}
        {at !== null && !busy && (
          <span className={classes.at}>
            {texts.checks.summary.at} <Ago at={at} />
          </span>
        )}
        <ProgressBar
          className={classes.bar}
          label={texts.app.views.checks}
          progress={running === null ? null : { done: running.done, of: running.of }}
        />
      </div>
      {problem !== null && <ProblemNote problem={problem} />}
      <div className={classes.phases}>
        {checkPhaseSchema.options.map((phase) => {
          const ids = idsIn(phase);
          const { passed, failed, skipped, unknown } = tallyOf(ids, results);
          return (
            <div key={phase} className={classes.phase} data-phase={phase}>
              <Panel
                title={texts.checks.phase[phase]}
                note={
                  unknown === ids.length ? undefined : (
                    <span className={classes.count} data-failed={failed > 0}>
                      {texts.checks.passedOf({
                        passed: format.number(passed),
                        of: format.number(ids.length - skipped),
                      })}
                    </span>
                  )
                }
                actions={
                  <Button
                    variant="subtle"
                    color="gray"
                    leftSection={<IconChecklist size={16} aria-hidden="true" />}
                    aria-disabled={busy}
                    onClick={() => !busy && void run(ids)}
                  >
                    {texts.checks.run(texts.checks.phase[phase])}
                  </Button>
                }
                padding="none"
              >
                <p className={classes.about}>{texts.checks.phaseAbout[phase]}</p>
                <ul className={classes.list} aria-label={texts.checks.list(texts.checks.phase[phase])}>
                  {ids.map((each) => (
                    <CheckRow
                      key={each}
                      id={each}
                      result={results[each]}
                      running={running?.id === each}
                      busy={busy}
                      onRun={() => void run([each])}
                    />
                  ))}
                </ul>
              </Panel>
            </div>
          );
        })}
      </div>
    </Page>
  );
};
