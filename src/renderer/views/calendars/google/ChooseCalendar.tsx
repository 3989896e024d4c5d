import { Button, Modal } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { ActionButton } from "../../../parts/ActionButton.tsx";
import type { Action } from "../../../parts/action.ts";
import { useSettings } from "../../../settings.ts";
import { useWords } from "../../../words.tsx";
import classes from "../Calendars.module.css";
import { CalendarList } from "./CalendarList.tsx";
import { useChooseCalendar } from "./useChooseCalendar.ts";

type ChooseCalendarProps = { readonly opened: boolean; readonly onClose: () => void };

const Content = ({ onClose }: Pick<ChooseCalendarProps, "onClose">) => {
  const { texts } = useWords();
  const saved = useSettings().GOOGLE_CALENDAR_ID?.value ?? "";
  const choose = useChooseCalendar();
  const [id, setId] = useState<string | null>(saved === "" ? null : saved);
  const save = useMemo(
    (): Action => ({
      id: "google-choose",
      label: texts.calendars.google.use,
      icon: IconCheck,
      run: async () => {
        const result = await choose(id ?? "");
        if (result.ok) onClose();
        return result;
      },
    }),
    [texts, choose, id, onClose],
  );
  return (
    <>
      <p className={classes.chooseAbout}>{texts.calendars.google.chooseAbout}</p>
      <CalendarList value={id} onChange={setId} />
      <div className={classes.chooseFoot}>
        <Button onClick={onClose}>{texts.app.actions.cancel}</Button>
        <ActionButton action={save} variant="filled" disabled={id === null || id === saved} />
      </div>
    </>
  );
};

/** Which of the account's calendars the matches go to. */
export const ChooseCalendar = ({ opened, onClose }: ChooseCalendarProps) => {
  const { texts } = useWords();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size={520}
      title={texts.calendars.google.choose}
      closeButtonProps={{ "aria-label": texts.app.actions.close }}
    >
      <Content onClose={onClose} />
    </Modal>
  );
};
