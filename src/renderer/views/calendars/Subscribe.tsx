import { CopyButton } from "../../parts/CopyButton.tsx";
import { useDesk } from "../../session.ts";
import { useWords } from "../../words.tsx";
import classes from "./Calendars.module.css";

/** Where a calendar program can follow the calendar file. */
export const Subscribe = () => {
  const { texts } = useWords();
  const address = useDesk((state) => state.httpAddress);
  if (address === null) return null;
  const url = `${address}/calendar.ics`;
  return (
    <>
      <dt>{texts.calendars.subscribe}</dt>
      <dd>
        <span className={classes.dim}>{url}</span>
        <CopyButton value={url} />
      </dd>
    </>
  );
};
