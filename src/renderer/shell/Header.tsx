import { ActionIcon, Button, Kbd, Menu, Tooltip } from "@mantine/core";
import { spotlight } from "@mantine/spotlight";
import { IconLanguage, IconMoon, IconSearch, IconSun, IconSunMoon } from "@tabler/icons-react";
import { useToast } from "../parts/useToast.tsx";
import { type Preference, useChoose, useLocked, usePreference } from "../preferences.tsx";
import { useDesk } from "../session.ts";
import { useWords } from "../words.tsx";
import { ServiceChip } from "./Attached.tsx";
import classes from "./Header.module.css";
import { HealthLine } from "./HealthLine.tsx";

type ChoiceProps = {
  readonly name: Preference;
  readonly title: string;
  readonly options: Readonly<Record<string, string>>;
  readonly children: React.ReactNode;
};

/** A setting with few values, at once in force. */
const Choice = ({ name, title, options, children }: ChoiceProps) => {
  const { texts } = useWords();
  const current = usePreference(name);
  const locked = useLocked(name);
  const choose = useChoose();
  const tell = useToast();
  const pick = async (value: string) => {
    const problem = await choose(name, value);
    if (problem !== null) tell({ ok: false, problem }, null);
  };
  return (
    <Menu>
      <Menu.Target>
        <Tooltip label={title}>
          <ActionIcon aria-label={title} size="md">
            {children}
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{locked ? texts.app.lockedByEnvironment : title}</Menu.Label>
        <Menu.RadioGroup value={current} onChange={(value) => void pick(value)}>
          {Object.entries(options).map(([value, label]) => (
            <Menu.RadioItem key={value} value={value} disabled={locked} closeMenuOnClick>
              {label}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
};

const themeIcons = { light: IconSun, dark: IconMoon } as const;

export const Header = () => {
  const { texts } = useWords();
  const demo = useDesk((state) => state.mode === "demo");
  const theme = usePreference("AVSPARK_THEME");
  const ThemeIcon = theme === "light" || theme === "dark" ? themeIcons[theme] : IconSunMoon;
  const { title: languageTitle, ...languages } = texts.app.language;
  const { title: themeTitle, ...themes } = texts.app.theme;
  return (
    <header className={classes.header}>
      <HealthLine />
      <div className={classes.tools}>
        <ServiceChip />
        {demo && (
          <Tooltip label={texts.app.demoAbout}>
            <span className={classes.demo}>{texts.app.demo}</span>
          </Tooltip>
        )}
        <Button
          className={classes.search}
          variant="default"
          size="compact-sm"
          leftSection={<IconSearch size={15} aria-hidden="true" />}
          rightSection={
            <Kbd size="xs" aria-hidden="true">
              {texts.app.palette.shortcut}
            </Kbd>
          }
          aria-keyshortcuts="Control+K Meta+K"
          onClick={spotlight.open}
        >
          <span className={classes.searchLabel}>{texts.app.palette.open}</span>
        </Button>
        <Choice name="AVSPARK_LANGUAGE" title={languageTitle} options={languages}>
          <IconLanguage size={18} />
        </Choice>
        <Choice name="AVSPARK_THEME" title={themeTitle} options={themes}>
          <ThemeIcon size={18} />
        </Choice>
      </div>
    </header>
  );
};
