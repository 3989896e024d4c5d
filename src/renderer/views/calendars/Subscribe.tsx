import { CopyButton } from "../../parts/CopyButton.tsx";
import { useDesk } from "../../session.ts";
import { useWords } from "../../words.tsx";
import classes from "./Calendars.module.css";

/** No other machine gets here by such an address. */
const isHere = (url: string): boolean => /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(new URL(url).hostname);

/** Where a calendar program can follow the calendar file, and which programs those are. */
export const Subscribe = () => {
  const { texts } = useWords();
  const url = useDesk((state) => state.calendarAddress);
  if (url === null) return null;
  const { here, network, secret } = texts.calendars.reach;
  return (
    <>
      <dt>{texts.calendars.subscribe}</dt>
      <dd>
        <span className={classes.address}>{url}</span>
        <CopyButton value={url} />
      </dd>
      <dd className={classes.reach}>
        {isHere(url) ? here : network} {secret}
      </dd>
    </>
  );
};
