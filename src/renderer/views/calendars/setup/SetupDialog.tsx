import { Button, Modal } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { ok } from "../../../../shared/problem.ts";
import { ActionButton } from "../../../parts/ActionButton.tsx";
import type { Action } from "../../../parts/action.ts";
import { useCall } from "../../../session.ts";
import { useSettings } from "../../../settings.ts";
import { useWords } from "../../../words.tsx";
import type { Values } from "../../settings/drafts.tsx";
import { withTarget } from "../google/useChooseCalendar.ts";
import { useGoogleAccount } from "../google/useGoogle.ts";
import { CalDavSetup } from "./CalDavSetup.tsx";
import { GoogleSetup } from "./GoogleSetup.tsx";
import classes from "./Setup.module.css";

type SetupDialogProps = {
  readonly name: "google" | "caldav";
  readonly opened: boolean;
  readonly onClose: () => void;
};

const Content = ({ name, onClose }: Omit<SetupDialogProps, "opened">) => {
  const { texts } = useWords();
  const call = useCall();
  const settings = useSettings();
  const [values, setValues] = useState<Values>({});
  const keyring = useGoogleAccount().account?.keyring ?? true;
  const needed = name === "google" ? "GOOGLE_CALENDAR_ID" : "CALDAV_URL";
  const ready = (values[needed] ?? settings[needed]?.value ?? "").trim() !== "";
  const save = useMemo(
    (): Action => ({
      id: `set-up-${name}`,
      label: texts.calendars.setUp.save,
      icon: IconCheck,
      run: async () => {
        const wanted = { ...values, ...withTarget(name, settings) };
        const answer = await call("saveSettings", { values: wanted, sessionOnly: !keyring });
        if (!answer.ok) return answer;
        onClose();
        return ok(texts.app.results.saved);
      },
    }),
    [call, keyring, name, onClose, settings, texts, values],
  );
  return (
    <>
      {name === "google" ? (
        <GoogleSetup
          calendarId={values.GOOGLE_CALENDAR_ID ?? null}
          onCalendar={(id) => setValues({ GOOGLE_CALENDAR_ID: id })}
        />
      ) : (
        <CalDavSetup values={values} onChange={setValues} />
      )}
      <div className={classes.foot}>
        <Button onClick={onClose}>{texts.app.actions.cancel}</Button>
        <ActionButton action={save} variant="filled" disabled={!ready} />
      </div>
    </>
  );
};

/** Adds a calendar beside the file. */
export const SetupDialog = ({ name, opened, onClose }: SetupDialogProps) => {
  const { texts } = useWords();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size={560}
      title={texts.calendars.setUp.title(texts.match.target[name])}
      closeButtonProps={{ "aria-label": texts.app.actions.close }}
    >
      <Content name={name} onClose={onClose} />
    </Modal>
  );
};
