import { Button } from "@mantine/core";
import { IconChevronDown, IconChevronRight, IconLock, IconPlugConnected } from "@tabler/icons-react";
import { type ReactNode, useMemo, useState } from "react";
import type { SettingName } from "../../../shared/config.ts";
import { failed, ok } from "../../../shared/problem.ts";
import { trialSentence } from "../../../shared/text/sentences.ts";
import type { Texts } from "../../../shared/text/type.ts";
import { type Action, say } from "../../parts/action.ts";
import { Panel } from "../../parts/Panel.tsx";
import { useInlineAction } from "../../parts/useInlineAction.tsx";
import { useCall } from "../../session.ts";
import type { Settings } from "../../settings.ts";
import { useWords } from "../../words.tsx";
import { About } from "./About.tsx";
import { DraftRow } from "./DraftRow.tsx";
import { useDrafts, type Values } from "./drafts.tsx";
import { GoogleElsewhere } from "./GoogleElsewhere.tsx";
import { InstantRow } from "./InstantRow.tsx";
import classes from "./Settings.module.css";
import { namesIn, type Section, sections } from "./sections.ts";
import { Tokens } from "./Tokens.tsx";
import { draftProblem } from "./validity.ts";

type SectionPanelProps = {
  readonly section: Section;
  readonly settings: Settings;
  readonly refused: Readonly<Partial<Record<SettingName, string>>>;
  /** The setting that the page was opened for. */
  readonly asked: string | null;
};

const instant = new Set<Section["id"]>(["window", "notifications", "about"]);

/** Listening is tried on the channels that stand in the fields. */
const tried = (section: Section): readonly SettingName[] =>
  sections.filter(({ id }) => id === section.id || (section.id === "redis" && id === "channels")).flatMap(namesIn);

const pick = (values: Values, names: readonly SettingName[]): Values =>
  Object.fromEntries(names.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]])));

type Test = Exclude<Section["test"], null>;

/** The button that tries what stands in the fields. */
const useTest = (section: Section, test: Test): Action => {
  const { texts, language } = useWords();
  const call = useCall();
  const { values } = useDrafts();
  return useMemo(
    () => ({
      id: `test-${test}`,
      label: texts.settings.test[test],
      icon: IconPlugConnected,
      ...(test === "service" && { here: true as const }),
      run: async () => {
        const entered = pick(values, tried(section));
        for (const [name, value] of Object.entries(entered)) {
          const wrong = draftProblem(name as SettingName, value, { texts, language });
          if (wrong !== null) return failed("configuration-invalid", wrong, name);
        }
        const answer = await call("testSetting", { what: test, values: entered });
        if (!answer.ok) return answer;
        const { trial, problem, found } = answer.value;
        if (problem !== null) return { ok: false, problem };
        return ok(trial === null ? found : trialSentence(trial, { texts }));
      },
    }),
    [section, test, texts, language, call, values],
  );
};

type FrameProps = { readonly section: Section; readonly children: ReactNode };

const frame = (section: Section, texts: Texts) => ({
  title: texts.settings.section[section.id],
  note: texts.settings.sectionAbout[section.id],
  padding: "none" as const,
});

const PlainFrame = ({ section, children }: FrameProps) => {
  const { texts } = useWords();
  return <Panel {...frame(section, texts)}>{children}</Panel>;
};

const TestedFrame = ({ section, test, children }: FrameProps & { readonly test: Test }) => (
  <ActionFrame section={section} action={useTest(section, test)}>
    {children}
  </ActionFrame>
);

/** Nobody needs to think of a token, or to see it. */
const newToken = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(24)), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** Without a token every user of the computer gets in; one click gives it one. */
const DoorFrame = ({ section, closed, children }: FrameProps & { readonly closed: boolean }) => {
  const { texts } = useWords();
  const call = useCall();
  const close: Action = {
    id: "close-door",
    label: texts.settings.door.close,
    icon: IconLock,
    run: async () =>
      say(await call("saveSettings", { values: { AVSPARK_HTTP_TOKEN: newToken() } }), () => texts.settings.door.closed),
  };
  return (
    <ActionFrame section={section} action={close} disabled={closed}>
      {children}
    </ActionFrame>
  );
};

type ActionFrameProps = FrameProps & { readonly action: Action; readonly disabled?: boolean };

const ActionFrame = ({ section, action, disabled = false, children }: ActionFrameProps) => {
  const { texts } = useWords();
  const { button, outcome } = useInlineAction(action, { disabled });
  return (
    <Panel {...frame(section, texts)} actions={button}>
      {outcome}
      {children}
    </Panel>
  );
};

/** A group of settings; the seldom needed ones are folded away until asked for. */
export const SectionPanel = ({ section, settings, refused, asked }: SectionPanelProps) => {
  const { texts } = useWords();
  const { values } = useDrafts();
  const needed = section.more.some(
    (name) =>
      name === asked || values[name] !== undefined || refused[name] !== undefined || settings[name]?.problem != null,
  );
  const [opened, setOpened] = useState(false);
  const open = opened || needed;
  const Row = instant.has(section.id) ? InstantRow : DraftRow;
  const row = (name: SettingName) => {
    const setting = settings[name];
    return setting === undefined ? null : <Row key={name} setting={setting} refused={refused[name] ?? null} />;
  };
  const rows = (
    <>
      {section.id === "about" && <About />}
      {section.id === "access" && <Tokens />}
      {section.id === "google" && <GoogleElsewhere />}
      {section.first.map(row)}
      {section.more.length > 0 && (
        <>
          <div className={classes.fold}>
            <Button
              variant="subtle"
              color="gray"
              aria-expanded={open}
              disabled={needed}
              leftSection={open ? <IconChevronDown size={15} /> : <IconChevronRight size={15} />}
              onClick={() => setOpened(!opened)}
            >
              {texts.settings.more(section.more.length)}
            </Button>
          </div>
          {open && section.more.map(row)}
        </>
      )}
    </>
  );
  return (
    <div id={`section-${section.id}`} className={classes.section}>
      {section.test !== null && (
        <TestedFrame section={section} test={section.test}>
          {rows}
        </TestedFrame>
      )}
      {section.id === "http" && (
        <DoorFrame section={section} closed={(settings.AVSPARK_HTTP_TOKEN?.value ?? "") !== ""}>
          {rows}
        </DoorFrame>
      )}
      {section.test === null && section.id !== "http" && <PlainFrame section={section}>{rows}</PlainFrame>}
    </div>
  );
};
