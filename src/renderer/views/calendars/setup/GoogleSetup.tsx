import { useMemo, useState } from "react";
import { ActionButton } from "../../../parts/ActionButton.tsx";
import type { Action } from "../../../parts/action.ts";
import { Callout } from "../../../parts/Callout.tsx";
import { useGoogleElsewhere } from "../../../parts/googleElsewhere.ts";
import { LevelMark } from "../../../parts/Level.tsx";
import { useCall } from "../../../session.ts";
import { useSettings } from "../../../settings.ts";
import { useWords } from "../../../words.tsx";
import { CompactField } from "../../settings/CompactField.tsx";
import type { Values } from "../../settings/drafts.tsx";
import { CalendarList } from "../google/CalendarList.tsx";
import { SignInButton } from "../google/SignInButton.tsx";
import { useSignIn } from "../google/useGoogle.ts";
import classes from "./Setup.module.css";

const clientNames = ["GOOGLE_OAUTH_CLIENT_ID", "GOOGLE_OAUTH_CLIENT_SECRET"] as const;

type GoogleSetupProps = {
  /** The calendar that is chosen; null: none yet. */
  readonly calendarId: string | null;
  readonly onCalendar: (id: string) => void;
};

/** The account is the service's, and so is its browser. */
const Elsewhere = ({ how }: { readonly how: Action }) => {
  const { texts } = useWords();
  const { title, about } = texts.attached.google;
  return (
    <Callout level="info" title={title} about={about}>
      <ActionButton action={how} variant="filled" />
    </Callout>
  );
};

export const GoogleSetup = (props: GoogleSetupProps) => {
  const how = useGoogleElsewhere();
  return how === null ? <SetupHere {...props} /> : <Elsewhere how={how} />;
};

/** From nothing to a calendar: whose client, who signs in, which calendar. Each part appears when the one before is done. */
const SetupHere = ({ calendarId, onCalendar }: GoogleSetupProps) => {
  const { texts } = useWords();
  const call = useCall();
  const settings = useSettings();
  const { signIn, account, keyring } = useSignIn();
  const [client, setClient] = useState<Values>({});
  const say = texts.calendars.google;
  const tokenFile = (settings.GOOGLE_CALENDAR_TOKEN_FILE?.value ?? "") !== "";
  const signedIn = account?.state === "signed-in";
  const clientId = (client.GOOGLE_OAUTH_CLIENT_ID ?? settings.GOOGLE_OAUTH_CLIENT_ID?.value ?? "").trim();

  const enter = useMemo(
    (): Action => ({
      ...signIn,
      run: async () => {
        if (Object.keys(client).length > 0) {
          const saved = await call("saveSettings", { values: client, sessionOnly: !keyring });
          if (!saved.ok) return saved;
          setClient({});
        }
        return signIn.run();
      },
    }),
    [signIn, call, client, keyring],
  );
  return (
    <div className={classes.form}>
      {!tokenFile && (
        <>
          <p className={classes.words}>{say.clientAbout}</p>
          <div className={classes.pair}>
            {clientNames.map((name) => (
              <CompactField
                key={name}
                name={name}
                value={client[name]}
                about={say.clientField[name]}
                onChange={(value) => setClient({ ...client, [name]: value })}
              />
            ))}
          </div>
          {!keyring && <Callout level="warning" title={texts.calendars.noKeyring} about={say.noKeyringAbout} />}
          <div className={classes.tools}>
            <SignInButton action={enter} main={!signedIn} disabled={clientId === ""} />
            {signedIn && (
              <span className={classes.done}>
                <LevelMark level="ok" size={15} />
                {say.kept[account.kept]}
              </span>
            )}
          </div>
        </>
      )}
      {tokenFile && (
        <span className={classes.done}>
          <LevelMark level="ok" size={15} />
          {say.tokenFile}
        </span>
      )}
      {(signedIn || tokenFile) && <CalendarList value={calendarId} onChange={onCalendar} />}
    </div>
  );
};
