import { PasswordInput, TextInput } from "@mantine/core";
import { configFields, type SettingName } from "../../../shared/config.ts";
import { useSettings } from "../../settings.ts";
import { useWords } from "../../words.tsx";
import classes from "./Settings.module.css";
import { draftProblem } from "./validity.ts";

type CompactFieldProps = {
  readonly name: SettingName;
  /** What was entered; undefined: what is saved stands. */
  readonly value: string | undefined;
  readonly onChange: (value: string) => void;
  readonly label?: string;
  readonly about?: string;
  readonly placeholder?: string;
  readonly error?: string | null;
  /** Where the keyboard is when the form appears. */
  readonly first?: boolean;
};

/** A setting as one field of a short form: its words above, what is wrong below. */
export const CompactField = ({
  name,
  value,
  onChange,
  label,
  about,
  placeholder,
  error,
  first = false,
}: CompactFieldProps) => {
  const { texts, language } = useWords();
  const setting = useSettings()[name];
  const secret = configFields[name].secret === true;
  const wrong = value === undefined ? null : draftProblem(name, value, { texts, language });
  const locked = setting?.locked ?? false;
  const props = {
    label: label ?? texts.settings.label[name],
    description: locked ? texts.app.lockedByEnvironment : (about ?? configFields[name][language]),
    error: error ?? wrong,
    readOnly: locked,
    value: value ?? (secret ? "" : (setting?.value ?? "")),
    "data-autofocus": first || undefined,
    classNames: { description: classes.description ?? "" },
    inputWrapperOrder: ["label", "input", "description", "error"] as ("label" | "input" | "description" | "error")[],
    spellCheck: false,
    autoComplete: "off",
    onChange: (event: { readonly currentTarget: { readonly value: string } }) => onChange(event.currentTarget.value),
  };
  if (!secret) return <TextInput {...props} size="sm" placeholder={placeholder} />;
  const isSet = setting !== undefined && setting.value !== "";
  return (
    <PasswordInput
      {...props}
      size="sm"
      placeholder={isSet ? texts.settings.isSet : texts.settings.notSet}
      visibilityToggleButtonProps={{ "aria-label": texts.settings.reveal, tabIndex: 0 }}
    />
  );
};
