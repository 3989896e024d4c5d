import { Button, Modal, Skeleton } from "@mantine/core";
import { IconCalendarCheck, IconRefresh } from "@tabler/icons-react";
import { useState } from "react";
import {
  isAddressBook,
  type PlannedOperation,
  type Preview,
  type TargetName,
  type TargetStatus,
} from "../../../shared/calendar.ts";
import { targetTexts } from "../../../shared/text/target.ts";
import { ActionButton } from "../../parts/ActionButton.tsx";
import type { Action } from "../../parts/action.ts";
import { Badge } from "../../parts/Badge.tsx";
import { Callout } from "../../parts/Callout.tsx";
import { Empty } from "../../parts/Empty.tsx";
import { LongList } from "../../parts/LongList.tsx";
import { ProblemNote } from "../../parts/ProblemNote.tsx";
import { useQuery } from "../../parts/useQuery.ts";
import { rowHeight } from "../../theme/tokens.ts";
import { useWords } from "../../words.tsx";
import classes from "./PreviewDialog.module.css";
import { countKinds, operationsOf, type ShownKind } from "./preview.ts";
import type { useTargetActions } from "./useTargetActions.ts";

type PreviewProps = {
  readonly target: TargetStatus;
  readonly actions: ReturnType<typeof useTargetActions>["actions"];
  readonly onClose: () => void;
};

const levels = { insert: "ok", update: "info", cancel: "warning", remove: "critical", leave: "off" } as const;

type OperationProps = { readonly operation: PlannedOperation; readonly target: TargetName };

const Operation = ({ operation, target }: OperationProps) => {
  const { texts, format } = useWords();
  return (
    <>
      <span className={classes.kind}>
        <Badge level={levels[operation.kind]}>{texts.calendars.preview.kind[operation.kind]}</Badge>
      </span>
      <span className={classes.title}>{operation.title}</span>
      <span className={classes.kickoff}>
        {operation.kickoff !== null && format.kickoff(operation.kickoff)}
        {operation.kickoff === null && !isAddressBook(target) && texts.match.noKickoff}
      </span>
    </>
  );
};

/** The one button that fits the state: begin, or sync as usual. Removals that wait are decided on where they are listed. */
const useGoAhead = ({ target, actions, onClose }: PreviewProps): Action => {
  const { texts } = useWords();
  const say = texts.calendars;
  const closing = (action: Action, label: string): Action => ({
    ...action,
    label,
    run: async () => {
      const result = await action.run();
      if (result.ok) onClose();
      return result;
    },
  });
  return target.state.name === "needs-preview"
    ? closing(actions.begin, say.first.begin)
    : closing({ ...actions.sync, icon: IconCalendarCheck }, texts.app.actions.syncNow);
};

const Plan = ({ preview }: { readonly preview: Preview }) => {
  const { texts } = useWords();
  const own = targetTexts(texts, preview.target);
  const say = own.preview;
  const [kind, setKind] = useState<ShownKind | null>(null);
  const counts = countKinds(preview);
  const rows = operationsOf(preview, kind);
  const rest = say.rest({ unchanged: preview.unchanged, skipped: preview.skipped });
  return (
    <>
      {(counts.length > 0 || rest !== "") && (
        <div className={classes.summary}>
          {counts.map((each) => (
            <Button
              key={each.kind}
              size="compact-xs"
              variant={kind === each.kind ? "light" : "default"}
              aria-pressed={kind === each.kind}
              onClick={() => setKind(kind === each.kind ? null : each.kind)}
            >
              {say.count[each.kind](each.count)}
            </Button>
          ))}
          <span className={classes.rest}>{rest}</span>
        </div>
      )}
      {preview.held > 0 && (
        <div className={classes.held}>
          <Callout level="warning" title={own.confirm.title(preview.held)} about={own.confirm.about} />
        </div>
      )}
      {preview.otherTags.map((other) => (
        <div key={other.tag} className={classes.held}>
          <Callout level="warning" title={say.otherTag(other)} about={say.otherTagAbout} />
        </div>
      ))}
      {preview.undone > 0 && rows.length > 0 && <p className={classes.rest}>{say.undone(preview.undone)}</p>}
      {rows.length === 0 ? (
        <Empty
          icon={IconCalendarCheck}
          title={say.nothing}
          about={preview.undone > 0 ? say.undone(preview.undone) : say.nothingAbout}
        />
      ) : (
        <LongList rows={rows} keyOf={(row) => row.matchId} rowHeight={rowHeight.normal} label={say.list}>
          {(row) => <Operation operation={row} target={preview.target} />}
        </LongList>
      )}
    </>
  );
};

const Waiting = ({ target }: { readonly target: TargetName }) => {
  const { texts } = useWords();
  const { reading } = targetTexts(texts, target).preview;
  return (
    <div className={classes.waiting} role="status" aria-label={reading}>
      <p className={classes.rest}>{reading}</p>
      {[1, 2, 3, 4, 5, 6].map((row) => (
        <Skeleton key={row} height={20} />
      ))}
    </div>
  );
};

const Content = (props: PreviewProps) => {
  const { texts } = useWords();
  const { again, ...query } = useQuery("preview", { target: props.target.name });
  const goAhead = useGoAhead(props);
  const preview = query.state === "ready" ? query.value.previews[0] : undefined;
  const idle =
    preview !== undefined &&
    preview.operations.length === 0 &&
    preview.undone === 0 &&
    props.target.state.name === "idle";
  return (
    <div className={classes.content}>
      <p className={classes.about}>{texts.calendars.preview.about}</p>
      <div className={classes.plan}>
        {query.state === "loading" && <Waiting target={props.target.name} />}
        {query.state === "failed" && (
          <div className={classes.waiting}>
            <ProblemNote problem={query.problem}>
              <Button leftSection={<IconRefresh size={16} aria-hidden="true" />} onClick={again}>
                {texts.app.actions.retry}
              </Button>
            </ProblemNote>
          </div>
        )}
        {preview !== undefined && <Plan preview={preview} />}
      </div>
      <div className={classes.foot}>
        <Button onClick={props.onClose}>{texts.app.actions.close}</Button>
        {!idle && <ActionButton action={goAhead} variant="filled" disabled={preview === undefined} />}
      </div>
    </div>
  );
};

/** What a sync would do with one calendar, as a list to read, before anything is done. */
export const PreviewDialog = ({ opened, ...props }: PreviewProps & { readonly opened: boolean }) => {
  const { texts } = useWords();
  return (
    <Modal
      opened={opened}
      onClose={props.onClose}
      size={680}
      title={texts.calendars.preview.title(texts.match.target[props.target.name])}
      closeButtonProps={{ "aria-label": texts.app.actions.close }}
    >
      <Content {...props} />
    </Modal>
  );
};
