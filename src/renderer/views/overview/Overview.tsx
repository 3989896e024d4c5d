import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { hrefOf } from "../../navigation.ts";
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
    <Page
      title={texts.app.views.overview}
      note={<StatusFacts />}
      actions={
        <Button component="a" href={hrefOf("matches", "enter")} leftSection={<IconPlus size={16} aria-hidden="true" />}>
          {texts.matches.entry.title}
        </Button>
      }
    >
      <div className={classes.sides}>
        <div className={classes.waiting}>
          <Todo />
          <Trouble />
        </div>
        <div className={classes.lists}>
          <Changes />
          <ComingMatches />
        </div>
      </div>
    </Page>
  );
};
