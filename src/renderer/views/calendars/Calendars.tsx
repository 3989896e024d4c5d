import { useEffect } from "react";
import { calendarNames } from "../../../shared/calendar.ts";
import { useActions } from "../../actions.ts";
import { hrefOf, stepTo } from "../../navigation.ts";
import { ActionButton } from "../../parts/ActionButton.tsx";
import { Page } from "../../parts/Page.tsx";
import { useDesk } from "../../session.ts";
import { useWords } from "../../words.tsx";
import { AddCalendar } from "./AddCalendar.tsx";
import classes from "./Calendars.module.css";
import { TargetPanel } from "./TargetPanel.tsx";

/** Where the matches go: every calendar with its state, and what can be done with it. */
export const Calendars = ({ id }: { readonly id: string | null }) => {
  const { texts } = useWords();
  const { syncNow } = useActions();
  const targets = useDesk((state) => state.targets);
  const there = targets.filter(({ state }) => state.name !== "off" || state.reason === "demo");
  const missing = calendarNames.filter((name) => !there.some((target) => target.name === name));
  // Links of before lead on to where whole lists are put in now.
  useEffect(() => {
    if (id === "manual") stepTo("operations", id);
  }, [id]);
  return (
    <Page title={texts.app.views.calendars} actions={<ActionButton action={syncNow} variant="filled" />}>
      <div className={classes.targets}>
        {there.map((target) => (
          <TargetPanel key={target.name} target={target} asked={id} />
        ))}
        {missing.length > 0 && <AddCalendar names={missing} asked={id} />}
      </div>
      <p className={classes.elsewhere}>
        {texts.calendars.manual.elsewhere} <a href={hrefOf("operations", "manual")}>{texts.app.views.operations}</a>
      </p>
    </Page>
  );
};
