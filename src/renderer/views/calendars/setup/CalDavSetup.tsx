import { IconPlugConnected } from "@tabler/icons-react";
import { useMemo } from "react";
import type { SettingName } from "../../../../shared/config.ts";
import { failed, ok } from "../../../../shared/problem.ts";
import { trialSentence } from "../../../../shared/text/sentences.ts";
import { ActionButton } from "../../../parts/ActionButton.tsx";
import type { Action } from "../../../parts/action.ts";
import { Callout } from "../../../parts/Callout.tsx";
import { useCall } from "../../../session.ts";
import { useSettings } from "../../../settings.ts";
import { useWords } from "../../../words.tsx";
import { CompactField } from "../../settings/CompactField.tsx";
import type { Values } from "../../settings/drafts.tsx";
import { draftProblem } from "../../settings/validity.ts";
import { useGoogleAccount } from "../google/useGoogle.ts";
import classes from "./Setup.module.css";

const names = ["CALDAV_URL", "CALDAV_USERNAME", "CALDAV_PASSWORD"] as const satisfies readonly SettingName[];

type CalDavSetupProps = { readonly values: Values; readonly onChange: (values: Values) => void };

/** Where the CalDAV calendar is and who may write to it, with a try on the spot. */
export const CalDavSetup = ({ values, onChange }: CalDavSetupProps) => {
  const { texts, language } = useWords();
  const call = useCall();
  const saved = useSettings().CALDAV_URL?.value ?? "";
  const keyring = useGoogleAccount().account?.keyring ?? true;
  const test = useMemo(
    (): Action => ({
      id: "test-caldav",
      label: texts.settings.test.caldav,
      icon: IconPlugConnected,
      run: async () => {
        for (const name of names) {
          const wrong = draftProblem(name, values[name] ?? "", { texts, language });
          if (wrong !== null) return failed("configuration-invalid", wrong, name);
        }
        const answer = await call("testSetting", { what: "caldav", values });
        if (!answer.ok) return answer;
        const { trial, problem, found } = answer.value;
        if (problem !== null) return { ok: false, problem };
        return ok(trial === null ? found : trialSentence(trial, { texts }));
      },
    }),
    [texts, language, call, values],
  );
  return (
    <div className={classes.form}>
      {names.map((name) => (
        <CompactField
          key={name}
          name={name}
          value={values[name]}
          {...(name === "CALDAV_URL" && { placeholder: texts.settings.example.CALDAV_URL })}
          onChange={(value) => onChange({ ...values, [name]: value })}
        />
      ))}
      {!keyring && (
        <Callout level="warning" title={texts.calendars.noKeyring} about={texts.calendars.noKeyringPassword} />
      )}
      <div className={classes.tools}>
        <ActionButton action={test} disabled={(values.CALDAV_URL ?? saved) === ""} />
      </div>
    </div>
  );
};
