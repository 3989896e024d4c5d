import { Checkbox } from "@mantine/core";
import { IconBrandGoogle, IconCalendarEvent, IconServer } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { CalendarName } from "../../../shared/calendar.ts";
import { useSettings } from "../../settings.ts";
import { useWords } from "../../words.tsx";
import { CalDavSetup } from "../calendars/setup/CalDavSetup.tsx";
import { GoogleSetup } from "../calendars/setup/GoogleSetup.tsx";
import type { WelcomeState } from "./useWelcome.ts";
import classes from "./Welcome.module.css";

const icons = { ics: IconCalendarEvent, google: IconBrandGoogle, caldav: IconServer } as const;

type OptionProps = {
  readonly name: CalendarName;
  readonly checked: boolean;
  readonly onChange: ((on: boolean) => void) | null;
  readonly children?: ReactNode;
};

const Option = ({ name, checked, onChange, children }: OptionProps) => {
  const { texts } = useWords();
  const Icon = icons[name];
  return (
    <div className={classes.option} data-checked={checked}>
      <Checkbox
        size="sm"
        checked={checked}
        disabled={onChange === null}
        label={
          <span className={classes.optionName}>
            <Icon size={18} stroke={1.6} aria-hidden="true" />
            {texts.match.target[name]}
          </span>
        }
        description={name === "ics" ? texts.settings.calendarsAbout.ics : texts.calendars.setUp.about[name]}
        onChange={(event) => onChange?.(event.currentTarget.checked)}
      />
      {checked && children !== undefined && <div className={classes.optionBody}>{children}</div>}
    </div>
  );
};

/** Where the matches go. */
export const CalendarStep = ({ welcome }: { readonly welcome: WelcomeState }) => {
  const { choice, choose, entered, enter } = welcome;
  const locked = useSettings().AVSPARK_CALENDARS?.locked ?? false;
  return (
    <div className={classes.form}>
      <Option name="ics" checked onChange={null} />
      <Option name="google" checked={choice.google} onChange={locked ? null : (on) => choose("google", on)}>
        <GoogleSetup calendarId={choice.calendarId} onCalendar={(id) => enter({ GOOGLE_CALENDAR_ID: id })} />
      </Option>
      <Option name="caldav" checked={choice.caldav} onChange={locked ? null : (on) => choose("caldav", on)}>
        <CalDavSetup values={entered} onChange={enter} />
      </Option>
    </div>
  );
};
