import { ActionIcon, Loader, Tooltip } from "@mantine/core";
import { IconCircle, IconCircleMinus, IconRefresh } from "@tabler/icons-react";
import type { CheckId, CheckResult } from "../../../shared/checks.ts";
import { settingNameSchema } from "../../../shared/config.ts";
import { findingSentence } from "../../../shared/text/sentences.ts";
import { hrefOf } from "../../navigation.ts";
import { LevelMark } from "../../parts/Level.tsx";
import { VisuallyHidden } from "../../parts/VisuallyHidden.tsx";
import { useWords } from "../../words.tsx";
import classes from "./Checks.module.css";

type CheckRowProps = {
  readonly id: CheckId;
  readonly result: CheckResult | undefined;
  readonly running: boolean;
  readonly busy: boolean;
  readonly onRun: () => void;
};

const Mark = ({ result, running }: Pick<CheckRowProps, "result" | "running">) => {
  if (running) return <Loader size={16} color="gray" />;
  switch (result?.outcome) {
    case "passed":
      return <LevelMark level="ok" size={18} />;
    case "failed":
      return <LevelMark level="critical" size={18} />;
    case "skipped":
      return <IconCircleMinus size={18} className={classes.quiet} aria-hidden="true" />;
    case undefined:
      return <IconCircle size={18} stroke={1.5} className={classes.quiet} aria-hidden="true" />;
  }
};

const Failure = ({ result }: { readonly result: CheckResult }) => {
  const { texts } = useWords();
  if (result.problem === null) return null;
  const { what, remedy } = texts.advice[result.problem.kind];
  const setting = settingNameSchema.safeParse(result.problem.at);
  return (
    <>
      <p className={classes.what}>{what}</p>
      <p className={classes.remedy}>
        {remedy} {setting.success && <a href={hrefOf("settings", setting.data)}>{texts.checks.setting}</a>}
      </p>
      <p className={classes.technical}>{result.problem.message}</p>
    </>
  );
};

/** One item: what it is called, what was found, how long it took; when it failed, what to do. */
export const CheckRow = ({ id, result, running, busy, onRun }: CheckRowProps) => {
  const { texts, format } = useWords();
  const title = texts.checks.title[id];
  const outcome = running ? "running" : (result?.outcome ?? "none");
  return (
    <li className={classes.row} data-outcome={outcome}>
      <span className={classes.mark}>
        <Mark result={result} running={running} />
      </span>
      <div className={classes.words}>
        <h3 className={classes.title}>
          {title}
          <VisuallyHidden>: {texts.checks.outcome[outcome]}</VisuallyHidden>
        </h3>
        {result === undefined && <p className={classes.found}>{texts.checks.outcome.none}</p>}
        {result?.finding != null && (
          <p className={classes.found}>{findingSentence(result.finding, { texts, format })}</p>
        )}
        {result?.outcome === "failed" && <Failure result={result} />}
      </div>
      <span className={classes.time}>{result !== undefined && format.duration(result.durationMs)}</span>
      <Tooltip label={texts.checks.runOne(title)}>
        <ActionIcon aria-label={texts.checks.runOne(title)} size="sm" disabled={busy} onClick={onRun}>
          <IconRefresh size={15} />
        </ActionIcon>
      </Tooltip>
    </li>
  );
};
