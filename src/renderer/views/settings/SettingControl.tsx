import { Checkbox, NativeSelect, PasswordInput, SegmentedControl, Switch, Textarea, TextInput } from "@mantine/core";
import { calendarNames } from "../../../shared/calendar.ts";
import { configFields, type SettingName } from "../../../shared/config.ts";
import type { Texts } from "../../../shared/text/type.ts";
import { useWords } from "../../words.tsx";
import { type ControlProps, controls } from "./controls.ts";
import { QuietHours } from "./QuietHours.tsx";
import classes from "./Settings.module.css";
import { TemplatesControl } from "./TemplatesControl.tsx";

const choicesOf = (name: SettingName, texts: Texts): Readonly<Record<string, string>> => {
  const { title: _language, ...languages } = texts.app.language;
  const { title: _theme, ...themes } = texts.app.theme;
  const all: Readonly<Partial<Record<SettingName, Readonly<Record<string, string>>>>> = {
    AVSPARK_LANGUAGE: languages,
    AVSPARK_THEME: themes,
    ...texts.settings.choice,
  };
  return all[name] ?? {};
};

const common = ({ labelId, describedBy, invalid, locked, name }: ControlProps) => ({
  id: `setting-${name}`,
  "aria-labelledby": labelId,
  "aria-describedby": describedBy,
  "aria-invalid": invalid,
  error: invalid,
  readOnly: locked,
  spellCheck: false,
  autoComplete: "off",
});

const Choice = (props: ControlProps) => {
  const { texts } = useWords();
  const { name, value, locked, labelId, describedBy, onChange } = props;
  const choices = Object.entries(choicesOf(name, texts)).map(([each, label]) => ({ value: each, label }));
  if (choices.length > 4)
    return (
      <NativeSelect
        id={`setting-${name}`}
        aria-labelledby={labelId}
        aria-describedby={describedBy}
        size="xs"
        disabled={locked}
        data={choices}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  return (
    <SegmentedControl
      id={`setting-${name}`}
      aria-labelledby={labelId}
      aria-describedby={describedBy}
      disabled={locked}
      data={choices}
      value={value}
      onChange={onChange}
    />
  );
};

const OnOff = ({ name, value, locked, labelId, describedBy, onChange }: ControlProps) => {
  const { texts } = useWords();
  const on = configFields.REDIS_PUBSUB_ENABLED.schema.safeParse(value).data ?? false;
  return (
    <Switch
      // No wider than what is seen of it: nobody switches by pressing beside it.
      className={classes.switch ?? ""}
      classNames={{ track: classes.track ?? "" }}
      id={`setting-${name}`}
      aria-labelledby={labelId}
      aria-describedby={describedBy}
      size="sm"
      disabled={locked}
      checked={on}
      label={on ? texts.settings.on : texts.settings.off}
      onChange={(event) => onChange(String(event.currentTarget.checked))}
    />
  );
};

const Targets = ({ name, value, locked, labelId, describedBy, onChange }: ControlProps) => {
  const { texts } = useWords();
  const chosen = new Set(value.split(",").map((each) => each.trim()));
  const toggle = (target: string, on: boolean): void =>
    onChange(calendarNames.filter((each) => (each === target ? on : chosen.has(each))).join(","));
  return (
    <fieldset
      id={`setting-${name}`}
      className={classes.targets}
      aria-labelledby={labelId}
      aria-describedby={describedBy}
    >
      {calendarNames.map((target) => (
        <Checkbox
          key={target}
          size="xs"
          // The file stays on beside the others.
          checked={target === "ics" || chosen.has(target)}
          disabled={locked || target === "ics"}
          label={texts.match.target[target]}
          description={texts.settings.calendarsAbout[target]}
          onChange={(event) => toggle(target, event.currentTarget.checked)}
        />
      ))}
    </fieldset>
  );
};

/** The field of a setting, by its kind. What it is called and what is wrong with it stand beside it. */
export const SettingControl = (props: ControlProps) => {
  const { texts } = useWords();
  const { name, value, isSet, onChange } = props;
  const field = configFields[name];
  switch (controls[name]) {
    case "switch":
      return <OnOff {...props} />;
    case "choice":
      return <Choice {...props} />;
    case "targets":
      return <Targets {...props} />;
    case "quiet":
      return <QuietHours {...props} />;
    case "templates":
      return <TemplatesControl {...props} />;
    case "secret":
      return (
        <PasswordInput
          {...common(props)}
          size="xs"
          placeholder={isSet ? texts.settings.isSet : texts.settings.notSet}
          value={value}
          visibilityToggleButtonProps={{ "aria-label": texts.settings.reveal, tabIndex: 0 }}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case "list":
      return (
        <Textarea
          {...common(props)}
          size="xs"
          autosize
          minRows={2}
          maxRows={6}
          classNames={{ input: classes.code ?? "" }}
          placeholder={field.default}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case "number":
      return (
        <TextInput
          {...common(props)}
          className={classes.number ?? ""}
          inputMode="decimal"
          placeholder={field.default}
          rightSection={
            field.unit === null ? undefined : <span className={classes.unit}>{texts.settings.unit[field.unit]}</span>
          }
          rightSectionWidth={72}
          rightSectionPointerEvents="none"
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case "text":
    case "code":
      return (
        <TextInput
          {...common(props)}
          {...(controls[name] === "code" && { classNames: { input: classes.code ?? "" } })}
          placeholder={field.default === "" ? texts.settings.notSet : field.default}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
  }
};
