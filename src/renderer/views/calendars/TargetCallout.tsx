import { Button } from "@mantine/core";
import { IconListSearch } from "@tabler/icons-react";
import type { TargetStatus } from "../../../shared/calendar.ts";
import { heldSentences } from "../../../shared/text/sentences.ts";
import { adviceFor, targetTexts } from "../../../shared/text/target.ts";
import { ActionButton } from "../../parts/ActionButton.tsx";
import { Callout } from "../../parts/Callout.tsx";
import { CopyButton } from "../../parts/CopyButton.tsx";
import { useMending } from "../../parts/mending.ts";
import { Ago } from "../../parts/Times.tsx";
import { useWords } from "../../words.tsx";
import { SignInButton } from "./google/SignInButton.tsx";
import { useSignIn } from "./google/useGoogle.ts";
import { useHeld } from "./HeldDialog.tsx";

type TargetCalloutProps = {
  readonly target: TargetStatus;
  readonly onPreview: () => void;
  readonly onHeld: () => void;
};

type HeldCalloutProps = Pick<TargetCalloutProps, "target" | "onHeld"> & { readonly removals: number };

const PreviewButton = ({ onPreview }: Pick<TargetCalloutProps, "onPreview">) => {
  const { texts } = useWords();
  return (
    <Button variant="filled" leftSection={<IconListSearch size={16} aria-hidden="true" />} onClick={onPreview}>
      {texts.calendars.preview.look}
    </Button>
  );
};

const Trouble = ({ target }: Pick<TargetCalloutProps, "target">) => {
  const { texts, format } = useWords();
  const { signIn } = useSignIn();
  const mend = useMending();
  const { state } = target;
  if (state.name !== "needs-person" && state.name !== "waiting") return null;
  const { kind, message } = state.problem;
  const advice = adviceFor(texts, kind, target.name);
  const mending = mend(state.problem, target.name);
  return (
    <Callout
      level={state.name === "waiting" ? "warning" : "critical"}
      title={advice.why}
      about={
        <>
          <p>{advice.remedy}</p>
          {state.name === "waiting" && state.until !== null && (
            <p>
              {texts.calendars.nextTry} <Ago at={state.until} />
            </p>
          )}
        </>
      }
    >
      {(target.name === "google" || target.name === "google-contacts") && kind === "calendar-sign-in" ? (
        <SignInButton action={signIn} main />
      ) : (
        mending !== null && mending.id !== "open-calendars" && <ActionButton action={mending} variant="filled" />
      )}
      <CopyButton
        value={`Avspark\n${target.name}: ${kind}\n${message}\n${format.full(state.since)}`}
        label={texts.app.actions.copyDetails}
      />
    </Callout>
  );
};

/** What would be removed is decided on where it is listed. */
const HeldCallout = ({ target, removals, onHeld }: HeldCalloutProps) => {
  const words = useWords();
  const say = targetTexts(words.texts, target.name);
  const query = useHeld(target);
  const held = query.state === "ready" ? query.value.held[0] : undefined;
  const why = held === undefined ? [] : heldSentences(held, words);
  return (
    <Callout level="warning" title={say.confirm.title(removals)} about={[...why, say.confirm.about].join(" ")}>
      <Button variant="filled" leftSection={<IconListSearch size={16} aria-hidden="true" />} onClick={onHeld}>
        {say.held.open}
      </Button>
    </Callout>
  );
};

/** What a calendar asks of a person, if anything, with the buttons that answer. */
export const TargetCallout = ({ target, onPreview, onHeld }: TargetCalloutProps) => {
  const { texts } = useWords();
  const say = targetTexts(texts, target.name);
  const demo = adviceFor(texts, "calendar-demo", target.name);
  switch (target.state.name) {
    case "needs-person":
    case "waiting":
      return <Trouble target={target} />;
    case "needs-preview":
      return (
        <Callout level="info" title={say.first.title} about={say.first.about}>
          <PreviewButton onPreview={onPreview} />
        </Callout>
      );
    case "needs-confirmation":
      return <HeldCallout target={target} removals={target.state.removals} onHeld={onHeld} />;
    case "off":
      return <Callout level="info" title={demo.what} about={demo.remedy} />;
    case "idle":
    case "working":
      return null;
  }
};
