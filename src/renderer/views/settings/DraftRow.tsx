import { configFields, type Setting } from "../../../shared/config.ts";
import { controls } from "./controls.ts";
import { isChange, useDrafts } from "./drafts.tsx";
import { SettingRow } from "./SettingRow.tsx";

type DraftRowProps = { readonly setting: Setting; readonly refused: string | null };

/** Fields in which text is typed may stand empty; the others show what the default would be. */
const typed = new Set(["code", "secret", "number", "list"]);

/** A setting that is saved together with the others. */
export const DraftRow = ({ setting, refused }: DraftRowProps) => {
  const drafts = useDrafts();
  const { name } = setting;
  const draft = drafts.values[name];
  const fallback = configFields[name].default;
  const enter = (value: string) => drafts.set(name, isChange(setting, value) ? value : null);
  const shown = draft === "" && !typed.has(controls[name]) ? fallback : draft;
  return (
    <SettingRow
      setting={setting}
      draft={shown}
      refused={refused}
      onChange={enter}
      onReset={() => (draft === undefined ? enter("") : drafts.set(name, null))}
    />
  );
};
