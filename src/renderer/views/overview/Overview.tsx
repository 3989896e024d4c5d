import { useActions } from "../../actions.ts";
import { ActionButton } from "../../parts/ActionButton.tsx";
import { Page } from "../../parts/Page.tsx";
import { useWords } from "../../words.tsx";
import { Changes } from "./Changes.tsx";
import { ComingMatches } from "./ComingMatches.tsx";
import { Counters } from "./Counters.tsx";
import classes from "./Overview.module.css";
import { AlertsTile, CalendarsTile, FeedTile } from "./Tiles.tsx";
import { Trouble } from "./Trouble.tsx";

/** Is everything working, what changed since I last looked, is it in the calendar, do I have to do something? */
export const Overview = () => {
  const { texts } = useWords();
  const { restart, syncNow } = useActions();
  return (
    <Page
      title={texts.app.views.overview}
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
      <div className={classes.lists}>
        <Changes />
        <ComingMatches />
      </div>
    </Page>
  );
};
