import { Button, Modal, Skeleton } from "@mantine/core";
import { IconCalendarCheck, IconCalendarX, IconPinned } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import {
  type Held,
  type HeldRemoval,
  isAddressBook,
  type TargetName,
  type TargetStatus,
} from "../../../shared/calendar.ts";
import { ok, type Result } from "../../../shared/problem.ts";
import { stockholmInstant } from "../../../shared/text/format.ts";
import { heldSentences } from "../../../shared/text/sentences.ts";
import { targetTexts } from "../../../shared/text/target.ts";
import { ActionButton } from "../../parts/ActionButton.tsx";
import type { Action } from "../../parts/action.ts";
import { Empty } from "../../parts/Empty.tsx";
import { LongList } from "../../parts/LongList.tsx";
import { ProblemNote } from "../../parts/ProblemNote.tsx";
import { useQuery } from "../../parts/useQuery.ts";
import { useCall } from "../../session.ts";
import { rowHeight } from "../../theme/tokens.ts";
import { useWords } from "../../words.tsx";
import classes from "./PreviewDialog.module.css";

/** The removals that wait in one calendar; asked for again when they have become others. */
export const useHeld = ({ name, state }: TargetStatus) => {
  const query = useQuery("held", { target: name });
  const token = state.name === "needs-confirmation" ? state.token : null;
  const seen = useRef(token);
  const { again } = query;
  useEffect(() => {
    if (seen.current === token) return;
    seen.current = token;
    again();
  }, [token, again]);
  return query;
};

type HeldProps = { readonly target: TargetStatus; readonly onClose: () => void };

type RemovalProps = { readonly removal: HeldRemoval; readonly target: TargetName };

const Removal = ({ removal, target }: RemovalProps) => {
  const { texts, format } = useWords();
  return (
    <>
      <span className={classes.title}>{removal.title}</span>
      <span className={classes.kickoff}>{removal.competition}</span>
      <span className={classes.kickoff}>
        {removal.kickoff !== null && format.kickoff(removal.kickoff)}
        {removal.kickoff === null && !isAddressBook(target) && texts.match.noKickoff}
      </span>
    </>
  );
};

/** So many of what the target keeps. */
const useCounted = ({ name }: TargetStatus) => {
  const { matches, contacts } = useWords().texts.calendars.held;
  return isAddressBook(name) ? contacts : matches;
};

/** Both answers are about the removals that are shown, and are refused when they have become others. */
const useAnswers = ({ target, onClose, held }: HeldProps & { readonly held: Held | undefined }) => {
  const { texts } = useWords();
  const call = useCall();
  const say = targetTexts(texts, target.name).held;
  const countOf = useCounted(target);
  const removals = held?.removals.length ?? 0;
  const choice = { target: target.name, token: held?.token ?? "" };
  const closing = (result: Result<string>): Result<string> => {
    if (result.ok) onClose();
    return result;
  };
  const remove: Action = {
    id: `remove-held-${target.name}`,
    label: say.remove({ what: countOf(removals), calendar: target.label }),
    icon: IconCalendarX,
    run: async () => {
      const answer = await call("confirm", choice);
      return closing(answer.ok ? ok(say.removing(countOf(answer.value.removals))) : answer);
    },
  };
  const keep: Action = {
    id: `keep-held-${target.name}`,
    label: say.keep(removals),
    icon: IconPinned,
    run: async () => {
      const answer = await call("keep", choice);
      return closing(answer.ok ? ok(say.kept(countOf(answer.value.kept))) : answer);
    },
  };
  return { remove, keep };
};

/** So many days and competitions are named; the list below has them all. */
const named = 4;

const Shares = ({ title, shares }: { readonly title: string; readonly shares: Held["days"] }) => {
  const { texts } = useWords();
  const say = texts.calendars.held;
  if (shares.length === 0) return null;
  const rest = shares.length - named;
  return (
    <div>
      <dt>{title}</dt>
      <dd>{[...shares.slice(0, named).map(say.share), ...(rest > 0 ? [say.more(rest)] : [])].join(" · ")}</dd>
    </div>
  );
};

const Content = (props: HeldProps) => {
  const words = useWords();
  const say = targetTexts(words.texts, props.target.name).held;
  const dayName = (day: string): string => words.format.weekday(stockholmInstant(day, "12:00"));
  const query = useHeld(props.target);
  const held = query.state === "ready" ? query.value.held[0] : undefined;
  const { remove, keep } = useAnswers({ ...props, held });
  return (
    <div className={classes.content}>
      {held !== undefined && (
        <>
          <p className={classes.about}>{[...heldSentences(held, words), say.undoable].join(" ")}</p>
          <dl className={classes.shares}>
            <Shares title={say.days} shares={held.days.map((day) => ({ ...day, name: dayName(day.name) }))} />
            <Shares title={say.competitions} shares={held.competitions} />
          </dl>
        </>
      )}
      <div className={classes.plan}>
        {query.state === "loading" && <Skeleton height={20} role="status" aria-label={say.reading} />}
        {query.state === "failed" && <ProblemNote problem={query.problem} />}
        {query.state === "ready" && held === undefined && (
          <Empty icon={IconCalendarCheck} title={say.nothing} about={say.nothingAbout} />
        )}
        {held !== undefined && (
          <LongList rows={held.removals} keyOf={(row) => row.matchId} rowHeight={rowHeight.normal} label={say.list}>
            {(row) => <Removal removal={row} target={props.target.name} />}
          </LongList>
        )}
      </div>
      <div className={classes.foot}>
        <Button onClick={props.onClose}>{words.texts.app.actions.close}</Button>
        {held !== undefined && (
          <>
            <ActionButton action={keep} side="top" />
            <ActionButton action={remove} variant="filled" danger side="top" />
          </>
        )}
      </div>
    </div>
  );
};

/** The removals that wait for a person's word: which they are and why, to remove them or to keep them. */
export const HeldDialog = ({ opened, ...props }: HeldProps & { readonly opened: boolean }) => {
  const { texts } = useWords();
  const say = texts.calendars.held;
  const { state, label } = props.target;
  const countOf = useCounted(props.target);
  return (
    <Modal
      opened={opened}
      onClose={props.onClose}
      size={680}
      title={
        state.name === "needs-confirmation"
          ? say.title({ what: countOf(state.removals), calendar: label })
          : say.nothing
      }
      closeButtonProps={{ "aria-label": texts.app.actions.close }}
    >
      <Content {...props} />
    </Modal>
  );
};
