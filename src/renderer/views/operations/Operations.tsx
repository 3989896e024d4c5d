import { useActions } from "../../actions.ts";
import { ActionButton } from "../../parts/ActionButton.tsx";
import { Page } from "../../parts/Page.tsx";
import { Trouble } from "../../parts/ProblemNote.tsx";
import { useWords } from "../../words.tsx";
import { Counters } from "./Counters.tsx";
import { ManualSync } from "./ManualSync.tsx";
import classes from "./Operations.module.css";
import { AlertsTile, CalendarsTile, FeedTile } from "./Tiles.tsx";

/** Whether everything on the way works, for whoever looks after it. */
export const Operations = ({ id }: { readonly id: string | null }) => {
  const { texts } = useWords();
  const { restart, syncNow } = useActions();
  return (
    <Page
      title={texts.app.views.operations}
      actions={
        <>
          <ActionButton action={restart} />
          <ActionButton action={syncNow} variant="filled" />
        </>
      }
    >
      <Trouble />
      <div className={classes.tiles}>
        <FeedTile />
        <CalendarsTile />
        <AlertsTile />
      </div>
      <Counters />
      <ManualSync asked={id === "manual"} />
    </Page>
  );
};
