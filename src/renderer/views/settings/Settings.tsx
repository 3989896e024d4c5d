import { Button, TextInput } from "@mantine/core";
import { IconFileExport, IconFileImport, IconRoute, IconSearch, IconSettingsSearch } from "@tabler/icons-react";
import { type SyntheticEvent, useEffect, useMemo, useState } from "react";
import { settingNameSchema } from "../../../shared/config.ts";
import { hrefOf, stepTo, useVisit } from "../../navigation.ts";
import { Empty } from "../../parts/Empty.tsx";
import { LevelMark } from "../../parts/Level.tsx";
import { Page } from "../../parts/Page.tsx";
import { useSettings } from "../../settings.ts";
import { useWords } from "../../words.tsx";
import { useDrafts } from "./drafts.tsx";
import { ExportDialog } from "./ExportDialog.tsx";
import { ImportDialog } from "./ImportDialog.tsx";
import { SaveBar } from "./SaveBar.tsx";
import { SectionPanel } from "./SectionPanel.tsx";
import classes from "./Settings.module.css";
import { namesIn, type Section, type SectionId, searchSections, sectionOf } from "./sections.ts";
import { useCurrentSection } from "./useCurrentSection.ts";
import { useSave } from "./useSave.ts";

/** Brings what was asked for into sight, and the keyboard to it. */
const useAsked = (id: string | null): void => {
  const visit = useVisit();
  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever asks a second time wants to see it again
  useEffect(() => {
    const section = sectionOf(id);
    if (section === null) return;
    const setting = settingNameSchema.safeParse(id);
    const frame = requestAnimationFrame(() => {
      const row = setting.success ? document.getElementById(`row-${setting.data}`) : null;
      (row ?? document.getElementById(`section-${section}`))?.scrollIntoView({
        block: row === null ? "start" : "center",
      });
      const field = setting.success ? document.getElementById(`setting-${setting.data}`) : null;
      field?.focus({ preventScroll: true });
      // What is typed takes its place.
      if (field instanceof HTMLInputElement) field.select();
    });
    return () => cancelAnimationFrame(frame);
  }, [id, visit]);
};

const Sections = ({ shown, asked }: { readonly shown: readonly Section[]; readonly asked: SectionId | null }) => {
  const { texts } = useWords();
  const settings = useSettings();
  const { values } = useDrafts();
  const current = useCurrentSection(shown, asked);
  return (
    <nav className={classes.sections} aria-label={texts.settings.sections}>
      <ul>
        {shown.map((section) => {
          const names = namesIn(section);
          const wrong = names.some((name) => settings[name]?.problem != null);
          const changed = names.some((name) => values[name] !== undefined);
          return (
            <li key={section.id}>
              <a
                href={hrefOf("settings", section.id)}
                className={classes.sectionLink}
                aria-current={section.id === current ? "true" : undefined}
              >
                {texts.settings.section[section.id]}
                {wrong && <LevelMark level="critical" size={14} />}
                {!wrong && changed && <span className={classes.dot} title={texts.settings.changed} />}
              </a>
            </li>
          );
        })}
      </ul>
    </nav>
  );
};

/** Every setting with its value, where it comes from and what is wrong with it; tried, saved, exported and imported. */
export const Settings = ({ id }: { readonly id: string | null }) => {
  const { texts, language } = useWords();
  const settings = useSettings();
  const save = useSave();
  const [search, setSearch] = useState("");
  const shown = useMemo(() => searchSections(search, { texts, language }), [search, texts, language]);
  useAsked(id);
  const close = () => stepTo("settings");
  /** Enter in a field saves, as the button does. */
  const onSubmit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (save.count > 0 && save.state.name !== "saving") void save.save(false);
  };
  return (
    <Page
      title={texts.app.views.settings}
      actions={
        <>
          <Button
            variant="subtle"
            color="gray"
            leftSection={<IconRoute size={16} aria-hidden="true" />}
            onClick={() => stepTo("settings", "welcome")}
          >
            {texts.settings.welcome}
          </Button>
          <Button
            leftSection={<IconFileImport size={16} aria-hidden="true" />}
            onClick={() => stepTo("settings", "import")}
          >
            {texts.settings.import.open}
          </Button>
          <Button
            leftSection={<IconFileExport size={16} aria-hidden="true" />}
            onClick={() => stepTo("settings", "export")}
          >
            {texts.settings.export.open}
          </Button>
        </>
      }
    >
      <div className={classes.layout}>
        <div className={classes.side}>
          <TextInput
            leftSection={<IconSearch size={15} aria-hidden="true" />}
            placeholder={texts.settings.search}
            aria-label={texts.settings.search}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
          <Sections shown={shown} asked={sectionOf(id)} />
        </div>
        <form className={classes.content} noValidate onSubmit={onSubmit}>
          <div className={classes.panels}>
            {shown.map((section) => (
              <SectionPanel key={section.id} section={section} settings={settings} refused={save.refused} asked={id} />
            ))}
          </div>
          {shown.length === 0 && (
            <Empty icon={IconSettingsSearch} title={texts.settings.nothing} about={texts.settings.nothingAbout} />
          )}
          <SaveBar save={save} />
        </form>
      </div>
      <ImportDialog opened={id === "import"} onClose={close} />
      <ExportDialog opened={id === "export"} onClose={close} />
    </Page>
  );
};
