import { Page } from "../../parts/Page.tsx";
import { Trouble } from "../../parts/ProblemNote.tsx";
import { useWords } from "../../words.tsx";
import { Changes } from "./Changes.tsx";
import { ComingMatches } from "./ComingMatches.tsx";
import classes from "./Overview.module.css";
import { StatusFacts } from "./StatusFacts.tsx";
import { Todo } from "./Todo.tsx";

/** What needs me, what changed since I last looked, what is played today and in the days to come? */
export const Overview = () => {
  const { texts } = useWords();
  return (
    <Page title={texts.app.views.overview} note={<StatusFacts />}>
      <Todo />
      <Trouble />
      <div className={classes.lists}>
        <Changes />
        <ComingMatches />
      </div>
    </Page>
  );
};
