import { Button } from "@mantine/core";
import { IconBrandGoogle, IconCalendarEvent, IconCalendarPlus, IconServer } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import type { TargetName } from "../../../shared/calendar.ts";
import { stepTo } from "../../navigation.ts";
import { Panel } from "../../parts/Panel.tsx";
import { useSettings } from "../../settings.ts";
import { useWords } from "../../words.tsx";
import classes from "./AddCalendar.module.css";
import { SetupDialog } from "./setup/SetupDialog.tsx";

const icons = { ics: IconCalendarEvent, google: IconBrandGoogle, caldav: IconServer } as const;

type Addable = "google" | "caldav";
const isAddable = (name: TargetName): name is Addable => name !== "ics";

type AddCalendarProps = {
  /** The calendars that are not set up. */
  readonly names: readonly TargetName[];
  /** What of the page is asked for: `google` opens its set-up. */
  readonly asked: string | null;
};

/** What there could be besides: what each would give, and the way there. */
export const AddCalendar = ({ names, asked }: AddCalendarProps) => {
  const { texts } = useWords();
  const locked = useSettings().AVSPARK_CALENDARS?.locked ?? false;
  const [opened, setOpened] = useState<Addable | null>(null);
  const addable = names.filter(isAddable);
  const wanted = addable.find((name) => name === asked);
  useEffect(() => {
    if (wanted !== undefined) setOpened(wanted);
  }, [wanted]);
  const close = () => {
    setOpened(null);
    if (wanted !== undefined) stepTo("calendars");
  };
  return (
    <Panel title={texts.calendars.setUp.more} note={texts.calendars.setUp.moreAbout} padding="none">
      <ul className={classes.list}>
        {addable.map((name) => {
          const Icon = icons[name];
          return (
            <li key={name} className={classes.row}>
              <Icon size={24} stroke={1.5} aria-hidden="true" className={classes.icon} />
              <div className={classes.words}>
                <h3>{texts.match.target[name]}</h3>
                <p>{texts.calendars.setUp.about[name]}</p>
              </div>
              <Button
                leftSection={<IconCalendarPlus size={16} aria-hidden="true" />}
                disabled={locked}
                title={locked ? texts.app.lockedByEnvironment : undefined}
                aria-label={texts.calendars.setUp.runFor(texts.match.target[name])}
                onClick={() => setOpened(name)}
              >
                {texts.calendars.setUp.run}
              </Button>
            </li>
          );
        })}
      </ul>
      {opened !== null && <SetupDialog name={opened} opened onClose={close} />}
    </Panel>
  );
};
