import { Button } from "@mantine/core";
import { IconCalendarCog } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import type { TargetStatus } from "../../../../shared/calendar.ts";
import { dayMs, minuteMs } from "../../../../shared/duration.ts";
import type { Instant } from "../../../../shared/instant.ts";
import { openView, stepTo } from "../../../navigation.ts";
import { Confirm } from "../../../parts/Confirm.tsx";
import { useNow } from "../../../parts/useNow.ts";
import { useAttachment } from "../../../session.ts";
import { useSettings } from "../../../settings.ts";
import { useWords } from "../../../words.tsx";
import classes from "../Calendars.module.css";
import { ChooseCalendar } from "./ChooseCalendar.tsx";
import { SignInButton } from "./SignInButton.tsx";
import { useSignIn } from "./useGoogle.ts";

/** Sign-ins that end sooner than this are spoken of as a warning. */
const soonMs = 2 * dayMs;

const Expiry = ({ at }: { readonly at: Instant }) => {
  const { texts, format } = useWords();
  const now = useNow(minuteMs);
  const left = Date.parse(at) - now;
  const say = texts.calendars.google;
  return (
    <span className={left < soonMs ? classes.warn : classes.dim} title={say.expiresAbout}>
      {left < 0
        ? say.expired(format.dateTime(at, now))
        : say.expires(format.dateTime(at, now), format.relative(at, now))}
    </span>
  );
};

const Account = ({ target }: { readonly target: TargetStatus }) => {
  const { texts } = useWords();
  const { account } = useSignIn();
  const tokenFile = useSettings().GOOGLE_CALENDAR_TOKEN_FILE?.value ?? "";
  const isElsewhere = useAttachment() !== null;
  const say = texts.calendars.google;
  const who = (): string => {
    if (isElsewhere) return texts.attached.google.account;
    if (account?.state === "signed-in") return say.kept[account.kept];
    return tokenFile === "" ? say.nobody : say.tokenFile;
  };
  const expiresAt = account?.state === "signed-in" ? account.expiresAt : target.signInExpiresAt;
  return (
    <>
      <span>{who()}</span>
      {expiresAt !== null && <Expiry at={expiresAt} />}
    </>
  );
};

/** The account behind the Google calendar, and which calendar it is. */
export const GoogleFacts = ({ target, asked }: { readonly target: TargetStatus; readonly asked: string | null }) => {
  const { texts } = useWords();
  const { signIn, signOut, account, keyring } = useSignIn();
  const [choosing, setChoosing] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const isElsewhere = useAttachment() !== null;
  const chosen = useSettings().GOOGLE_CALENDAR_ID;
  const say = texts.calendars.google;
  const signedIn = account?.state === "signed-in";
  // Then the button stands above, where the panel says so.
  const asking = target.state.name === "needs-person" && target.state.problem.kind === "calendar-sign-in";
  useEffect(() => {
    if (asked === "choose-calendar" && isElsewhere) openView("settings", "GOOGLE_CALENDAR_ID");
    else if (asked === "choose-calendar") setChoosing(true);
    if (asked === "sign-out") setLeaving(true);
  }, [asked, isElsewhere]);
  const close = (set: (opened: boolean) => void) => () => {
    set(false);
    if (asked !== null) stepTo("calendars");
  };
  return (
    <>
      <dt>{say.account}</dt>
      <dd>
        <Account target={target} />
        {!keyring && !signedIn && <span className={classes.dim}>{texts.calendars.noKeyring}</span>}
        {!asking && <SignInButton action={signIn} />}
        {signedIn && <Button onClick={() => setLeaving(true)}>{signOut.label}</Button>}
      </dd>
      <dt>{say.calendar}</dt>
      <dd>
        <span title={chosen?.value}>{chosen === undefined || chosen.value === "" ? say.noCalendar : target.label}</span>
        <Button
          leftSection={<IconCalendarCog size={16} aria-hidden="true" />}
          disabled={chosen?.locked ?? false}
          title={chosen?.locked ? texts.app.lockedByEnvironment : undefined}
          onClick={() => (isElsewhere ? openView("settings", "GOOGLE_CALENDAR_ID") : setChoosing(true))}
        >
          {say.choose}
        </Button>
        <ChooseCalendar opened={choosing} onClose={close(setChoosing)} />
        <Confirm
          action={signOut}
          title={say.signOutTitle}
          about={say.signOutAbout}
          opened={leaving}
          onClose={close(setLeaving)}
        />
      </dd>
    </>
  );
};
