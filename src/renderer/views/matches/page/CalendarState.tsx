import { IconCalendarCheck, IconCalendarOff } from "@tabler/icons-react";
import { useMemo } from "react";
import {
  isAddressBook,
  type Placement,
  type SyncResult,
  type TargetName,
  type TargetStatus,
} from "../../../../shared/calendar.ts";
import type { Instant } from "../../../../shared/instant.ts";
import { ok } from "../../../../shared/problem.ts";
import type { MatchView } from "../../../../shared/snapshot.ts";
import type { Texts } from "../../../../shared/text/type.ts";
import { syncOutcome } from "../../../actions.ts";
import { ActionButton } from "../../../parts/ActionButton.tsx";
import type { Action } from "../../../parts/action.ts";
import { Empty } from "../../../parts/Empty.tsx";
import { Panel } from "../../../parts/Panel.tsx";
import { PlacementIcon, placementText } from "../../../parts/PlacementMarks.tsx";
import { Moment } from "../../../parts/Times.tsx";
import { useCall, useDesk } from "../../../session.ts";
import { useWords } from "../../../words.tsx";
import classes from "./MatchPage.module.css";

const outcomeText = ({ outcome, reason }: SyncResult, texts: Texts): string =>
  outcome === "skipped" && reason !== null
    ? texts.match.placement.skipped[reason]
    : texts.matches.page.outcome[outcome];

/** What came of it: one sentence for each calendar, with its name where there are several. */
const resultText = (results: readonly SyncResult[], texts: Texts): string => {
  const [first] = results;
  if (first === undefined) return texts.matches.page.noOutcome;
  if (results.length === 1) return outcomeText(first, texts);
  return results.map((result) => `${texts.match.target[result.target]}: ${outcomeText(result, texts)}`).join("\n");
};

/** Brings this one match up to date, in one calendar or in all of them. */
export const useSyncMatch = (matchId: string, target: TargetName | null): Action => {
  const { texts } = useWords();
  const call = useCall();
  return useMemo(
    () => ({
      id: `sync-${matchId}-${target ?? "all"}`,
      label: target === null ? texts.app.actions.syncNow : texts.matches.page.syncTarget(texts.match.target[target]),
      icon: IconCalendarCheck,
      run: async () => {
        const answer = await call("syncNow", { matchId, ...(target !== null && { target }) });
        return answer.ok ? ok(resultText(answer.value.results, texts)) : syncOutcome(answer, texts);
      },
    }),
    [matchId, target, texts, call],
  );
};

const when = (placement: Placement): Instant | null => ("at" in placement ? placement.at : null);

const Target = ({ match, target }: { readonly match: MatchView; readonly target: TargetStatus }) => {
  const { texts } = useWords();
  const sync = useSyncMatch(match.id, target.name);
  const placement = match.placements[target.name];
  const { state } = target;
  const off = state.name === "off";
  const at = placement === undefined ? null : when(placement);
  const text = () => {
    if (off) return texts.match.targetState.off[state.reason];
    return placement === undefined ? texts.match.placement.none : placementText(placement, texts);
  };
  return (
    <li className={classes.target} data-state={off ? "off" : (placement?.state ?? "none")}>
      <PlacementIcon state={off ? null : (placement?.state ?? null)} />
      <span className={classes.targetMain}>
        <span className={classes.targetName}>
          {texts.match.target[target.name]} <span className={classes.dim}>{target.label}</span>
        </span>
        <span className={classes.targetState}>
          {text()}
          {at !== null && !off && (
            <span className={classes.dim}>
              {" · "}
              <Moment at={at} />
            </span>
          )}
        </span>
        {placement?.state === "failed" && !off && (
          <span className={classes.dim}>{texts.advice[placement.problem.kind].remedy}</span>
        )}
      </span>
      {!off && <ActionButton action={sync} variant="subtle" />}
    </li>
  );
};

/** Is it in the calendar? Each one's answer, and a button that makes it so. */
export const CalendarState = ({ match }: { readonly match: MatchView }) => {
  const { texts } = useWords();
  const all = useDesk((state) => state.targets);
  // People stand in an address book, not matches.
  const targets = all.filter(({ name }) => !isAddressBook(name));
  const words = texts.matches.page;
  return (
    <Panel title={words.calendars} padding="none">
      {targets.length === 0 && (
        <Empty icon={IconCalendarOff} title={words.noCalendars} about={words.noCalendarsAbout} />
      )}
      <ul className={classes.list}>
        {targets.map((target) => (
          <Target key={target.name} match={match} target={target} />
        ))}
      </ul>
    </Panel>
  );
};
