import { Button, Loader, Modal, SegmentedControl } from "@mantine/core";
import { IconArrowLeft, IconArrowRight, IconBallFootball, IconCheck } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { configFields } from "../../../shared/config.ts";
import { type FoundMigration, isBlocked } from "../../../shared/migration.ts";
import { openView, stepTo, usePlace } from "../../navigation.ts";
import { LevelMark } from "../../parts/Level.tsx";
import { Logo } from "../../parts/Logo.tsx";
import { ProblemNote } from "../../parts/ProblemNote.tsx";
import { useChoose, useLocked } from "../../preferences.tsx";
import { useCall, useDesk } from "../../session.ts";
import { useSettings } from "../../settings.ts";
import { useWords } from "../../words.tsx";
import { CalendarStep } from "./CalendarStep.tsx";
import { DoneStep } from "./DoneStep.tsx";
import { FeedStep } from "./FeedStep.tsx";
import { MigrationOffer, MigrationStep } from "./MigrationStep.tsx";
import { stepNames } from "./steps.ts";
import { type MigrationState, useMigration } from "./useMigration.ts";
import { useWelcome, type WelcomeState } from "./useWelcome.ts";
import classes from "./Welcome.module.css";

const LanguageChoice = () => {
  const { texts, language } = useWords();
  const choose = useChoose();
  const locked = useLocked("AVSPARK_LANGUAGE");
  const { title, sv, en } = texts.app.language;
  return (
    <SegmentedControl
      aria-label={title}
      disabled={locked}
      data={[
        { value: "sv", label: sv },
        { value: "en", label: en },
      ]}
      value={language}
      onChange={(value) => void choose("AVSPARK_LANGUAGE", value)}
    />
  );
};

const Progress = ({ step, place }: Pick<WelcomeState, "step" | "place">) => {
  const { texts } = useWords();
  // The calendars of a service elsewhere are its own matter.
  const names = stepNames.filter((name) => place === "here" || name !== "calendar");
  const at = names.indexOf(step);
  return (
    <ol className={classes.steps} aria-label={texts.welcome.steps}>
      {names.map((name, index) => (
        <li
          key={name}
          className={classes.step}
          data-state={index < at ? "past" : index === at ? "now" : "coming"}
          aria-current={index === at ? "step" : undefined}
        >
          <span className={classes.number} aria-hidden="true">
            {index < at ? <IconCheck size={14} stroke={2.4} /> : index + 1}
          </span>
          {name === "feed" && place === "server" ? texts.welcome.server.step : texts.welcome.step[name]}
        </li>
      ))}
    </ol>
  );
};

const Foot = ({ welcome, onClose }: { readonly welcome: WelcomeState; readonly onClose: () => void }) => {
  const { texts } = useWords();
  const { step, place, gates, working, next, goTo } = welcome;
  const say = texts.welcome;
  if (step === "done")
    return (
      <div className={classes.foot}>
        <Button
          size="sm"
          leftSection={<IconArrowLeft size={16} />}
          onClick={() => goTo(place === "server" ? "feed" : "calendar")}
        >
          {say.back}
        </Button>
        <Button size="sm" variant="filled" className={classes.next ?? ""} onClick={onClose}>
          {say.open}
        </Button>
      </div>
    );
  const gate = gates[step];
  const label = gate.kind === "open" ? say.next : say.tryAndNext;
  return (
    <div className={classes.foot}>
      {step === "calendar" && (
        <Button size="sm" leftSection={<IconArrowLeft size={16} />} onClick={() => goTo("feed")}>
          {say.back}
        </Button>
      )}
      <p className={classes.why} role="status">
        {working ? say.trying : gate.kind === "blocked" ? say.blocked[gate.why] : ""}
      </p>
      {gate.kind === "failed" && !working && place === "here" && (
        <Button size="sm" onClick={() => void next(true)}>
          {say.anyway}
        </Button>
      )}
      <Button
        size="sm"
        variant="filled"
        aria-busy={working}
        disabled={gate.kind === "blocked"}
        rightSection={
          working ? <Loader size={14} color="currentColor" /> : <IconArrowRight size={16} aria-hidden="true" />
        }
        onClick={() => void next(false)}
      >
        {gate.kind === "failed" ? say.tryAgain : label}
      </Button>
    </div>
  );
};

const MigrationFoot = ({
  migration,
  found,
}: {
  readonly migration: MigrationState;
  readonly found: FoundMigration;
}) => {
  const { texts } = useWords();
  const say = texts.migration.window;
  const { working, choose, take, leave } = migration;
  return (
    <div className={classes.foot}>
      <Button size="sm" leftSection={<IconArrowLeft size={16} />} onClick={leave}>
        {texts.welcome.back}
      </Button>
      <Button size="sm" onClick={() => void choose()}>
        {say.another}
      </Button>
      <p className={classes.why} role="status">
        {working ? say.taking : ""}
      </p>
      <Button
        size="sm"
        variant="filled"
        aria-busy={working}
        disabled={isBlocked(found)}
        rightSection={working ? <Loader size={14} color="currentColor" /> : null}
        onClick={() => void take()}
      >
        {say.take}
      </Button>
    </div>
  );
};

const Steps = ({ onClose }: { readonly onClose: () => void }) => {
  const { texts } = useWords();
  const welcome = useWelcome();
  const { step, gates, working, saveProblem } = welcome;
  const migration = useMigration({ keyring: welcome.keyring, onTaken: () => welcome.goTo("done") });
  const preview = migration.found?.state === "found" ? migration.found : null;
  const at = preview === null ? step : "migration";
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef<typeof at>(at);
  useEffect(() => {
    if (shown.current === at) return;
    shown.current = at;
    heading.current?.focus();
  }, [at]);
  const gate = step === "done" || preview !== null ? null : gates[step];
  const atServer = step === "feed" && welcome.place === "server";
  const problem = migration.problem ?? (gate?.kind === "failed" && !working ? gate.problem : saveProblem);
  const words = atServer
    ? texts.welcome.server
    : { title: texts.welcome.title[step], about: texts.welcome.about[step] };
  const leave = (view: "calendars" | "checks", id: string) => {
    onClose();
    openView(view, id);
  };
  return (
    <div className={classes.main}>
      <div className={classes.top}>
        <Progress step={step} place={welcome.place} />
        <LanguageChoice />
      </div>
      <div className={classes.scroll}>
        <h2 ref={heading} tabIndex={-1} className={classes.title}>
          {preview === null ? words.title : texts.migration.window.title}
        </h2>
        <p className={classes.about}>{preview === null ? words.about : texts.migration.window.about}</p>
        {preview !== null && <MigrationStep found={preview} keyring={welcome.keyring} />}
        {preview === null && step === "feed" && <FeedStep welcome={welcome} />}
        {preview === null && step === "feed" && !atServer && <MigrationOffer migration={migration} />}
        {preview === null && step === "calendar" && <CalendarStep welcome={welcome} />}
        {preview === null && step === "done" && <DoneStep onBack={() => welcome.goTo("feed")} onLeave={leave} />}
        {problem !== null && (
          <div className={classes.problem}>
            <ProblemNote problem={problem} inPlace />
          </div>
        )}
      </div>
      {preview === null ? (
        <Foot welcome={welcome} onClose={onClose} />
      ) : (
        <MigrationFoot migration={migration} found={preview} />
      )}
    </div>
  );
};

const Aside = ({
  demo,
  onDemo,
  onClose,
}: {
  readonly demo: boolean;
  readonly onDemo: () => void;
  readonly onClose: () => void;
}) => {
  const { texts } = useWords();
  const say = texts.welcome;
  return (
    <aside className={classes.aside}>
      <div className={classes.brand}>
        <Logo size={44} />
        <h1>{say.hello}</h1>
      </div>
      <p className={classes.lead}>{say.lead}</p>
      <ul className={classes.promises}>
        {say.promises.map((promise) => (
          <li key={promise}>
            <LevelMark level="ok" size={16} />
            {promise}
          </li>
        ))}
      </ul>
      <div className={classes.demo}>
        {demo ? (
          <>
            <Button size="sm" leftSection={<IconBallFootball size={17} aria-hidden="true" />} onClick={onDemo}>
              {say.demo}
            </Button>
            <p>{say.demoAbout}</p>
          </>
        ) : (
          <Button size="sm" onClick={onClose}>
            {texts.app.actions.close}
          </Button>
        )}
      </div>
    </aside>
  );
};

/**
 * The first steps: shown over the demo when nothing tells where matches come from and nobody has chosen the demo yet,
 * and again from Settings. The demo runs behind it; nothing is changed before the last step.
 */
export const Welcome = () => {
  const { texts } = useWords();
  const call = useCall();
  const demo = useDesk((state) => state.mode === "demo");
  const setting = useSettings().AVSPARK_WELCOME;
  const wanted = configFields.AVSPARK_WELCOME.schema.safeParse(setting?.value ?? "true").data ?? true;
  const place = usePlace();
  const asked = place.view === "settings" && place.id === "welcome";
  const [opened, setOpened] = useState(demo && wanted);
  const shown = useRef(`${place.view} ${place.id}`);
  useEffect(() => {
    const here = `${place.view} ${place.id}`;
    if (asked) setOpened(true);
    // A notification, say, has opened something else.
    else if (here !== shown.current) setOpened(false);
    shown.current = here;
  }, [asked, place.view, place.id]);

  const close = () => {
    setOpened(false);
    if (asked) stepTo("overview");
  };
  const chooseDemo = () => {
    close();
    if (setting?.locked !== true) void call("saveSettings", { values: { AVSPARK_WELCOME: "false" } });
  };
  return (
    // Not the whole Modal at once: that would put the name on its root, which is no dialog and has none.
    <Modal.Root opened={opened} onClose={close} fullScreen padding={0} transitionProps={{ duration: 0 }}>
      <Modal.Content aria-label={texts.welcome.hello}>
        <Modal.Body>
          <div className={classes.welcome}>
            <Aside demo={demo} onDemo={chooseDemo} onClose={close} />
            <Steps onClose={close} />
          </div>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
};
