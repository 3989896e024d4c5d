import { ActionIcon, Tooltip } from "@mantine/core";
import { IconArrowBackUp, IconLock } from "@tabler/icons-react";
import { type ReactNode, useId } from "react";
import { configFields, type Setting } from "../../../shared/config.ts";
import { windowSettings } from "../../../shared/window-settings.ts";
import { Badge } from "../../parts/Badge.tsx";
import { LevelMark } from "../../parts/Level.tsx";
import { useAttachment } from "../../session.ts";
import { useWords } from "../../words.tsx";
import { SettingControl } from "./SettingControl.tsx";
import classes from "./Settings.module.css";
import { draftProblem, settingProblem } from "./validity.ts";

type SettingRowProps = {
  readonly setting: Setting;
  /** What was entered and is not in force yet. */
  readonly draft: string | undefined;
  /** What the service said when it refused to save. */
  readonly refused: string | null;
  /** "Saved", "working": what happens to the field now. */
  readonly status?: ReactNode;
  readonly onChange: (value: string) => void;
  readonly onReset: () => void;
};

const Source = ({ setting, changed }: { readonly setting: Setting; readonly changed: boolean }) => {
  const { texts } = useWords();
  const { source, locked, from } = setting;
  const about = from.length === 0 ? texts.settings.sourceAbout[source] : texts.settings.inherited(from.join(", "));
  return (
    <Tooltip label={about}>
      <span className={classes.source}>
        {locked && <IconLock size={13} aria-hidden="true" />}
        <Badge level={changed ? "warning" : source === "settings" ? "info" : "off"}>
          {changed ? texts.settings.changed : texts.settings.source[source]}
        </Badge>
      </span>
    </Tooltip>
  );
};

/** One setting: what it is, its field, where its value comes from, and what is wrong with it. */
export const SettingRow = (props: SettingRowProps) => {
  const { setting, draft, refused, status, onChange, onReset } = props;
  const { texts, language } = useWords();
  const labelId = useId();
  const aboutId = useId();
  const { name } = setting;
  const field = configFields[name];
  const label = texts.settings.label[name];
  const secret = field.secret === true;
  const wrong =
    draft === undefined
      ? (refused ?? settingProblem(setting, { texts, language }))
      : (draftProblem(name, draft, { texts, language }) ?? refused);
  const attachment = useAttachment();
  const isTheirs = attachment !== null && !windowSettings.has(name);
  const theirs = attachment?.role === "administer" ? texts.attached.theirs : texts.attached.administrators;
  const canReset = !setting.locked && (setting.source === "settings" || draft !== undefined);
  return (
    <div className={classes.row} data-locked={setting.locked} data-wrong={wrong !== null} id={`row-${name}`}>
      <div className={classes.about}>
        <label id={labelId} htmlFor={`setting-${name}`} className={classes.label}>
          {label}
        </label>
        <p className={classes.words}>{field[language]}</p>
        <code className={classes.variable}>{name}</code>
      </div>
      <div className={classes.value}>
        <div className={classes.control}>
          <SettingControl
            name={name}
            value={draft ?? (secret ? "" : setting.value)}
            isSet={secret && setting.value !== "" && draft === undefined}
            locked={setting.locked}
            invalid={wrong !== null}
            labelId={labelId}
            describedBy={aboutId}
            onChange={onChange}
          />
        </div>
        <div className={classes.meta}>
          <Tooltip label={texts.settings.reset(label)}>
            <ActionIcon
              size="sm"
              aria-label={texts.settings.reset(label)}
              className={classes.reset ?? ""}
              data-hidden={!canReset}
              disabled={!canReset}
              onClick={onReset}
            >
              <IconArrowBackUp size={15} />
            </ActionIcon>
          </Tooltip>
          <Source setting={setting} changed={draft !== undefined} />
        </div>
        <p id={aboutId} className={classes.wrong} role={wrong === null ? undefined : "alert"}>
          {wrong !== null && (
            <>
              <LevelMark level="critical" size={14} />
              {wrong}
            </>
          )}
          {wrong === null && setting.locked && (isTheirs ? theirs : texts.settings.sourceAbout[setting.source])}
          {wrong === null && !setting.locked && status}
        </p>
      </div>
    </div>
  );
};
