import { createContext, type ReactNode, useContext, useMemo, useState } from "react";
import { configFields, type Setting, type SettingName } from "../../../shared/config.ts";

/** What was entered and is not saved yet. Kept while another view is open; never written anywhere. */
export type Values = Readonly<Partial<Record<SettingName, string>>>;

type Drafts = {
  readonly values: Values;
  /** null takes the draft back. */
  readonly set: (name: SettingName, value: string | null) => void;
  readonly clear: (names?: readonly SettingName[]) => void;
};

const DraftsContext = createContext<Drafts | null>(null);

const without = (values: Values, names: ReadonlySet<string>): Values =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !names.has(name)));

export const DraftsProvider = ({ children }: { readonly children: ReactNode }) => {
  const [values, setValues] = useState<Values>({});
  const drafts = useMemo(
    (): Drafts => ({
      values,
      set: (name, value) =>
        setValues((before) => (value === null ? without(before, new Set([name])) : { ...before, [name]: value })),
      clear: (names) => setValues((before) => (names === undefined ? {} : without(before, new Set(names)))),
    }),
    [values],
  );
  return <DraftsContext value={drafts}>{children}</DraftsContext>;
};

export const useDrafts = (): Drafts => {
  const drafts = useContext(DraftsContext);
  if (drafts === null) throw new Error("There are no drafts around this part.");
  return drafts;
};

/** Whether a draft would change anything: the saved text, or the default where none is saved, is no change. */
export const isChange = (setting: Setting | undefined, draft: string): boolean => {
  if (setting === undefined) return true;
  const text = draft.trim();
  if (configFields[setting.name].secret === true) return text !== "" || setting.value !== "";
  if (text === setting.value) return false;
  return !(text === "" && setting.source === "default");
};
