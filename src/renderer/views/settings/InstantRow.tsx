import { useEffect, useState } from "react";
import { configFields, type Setting, type SettingName } from "../../../shared/config.ts";
import { type Preference, useChoose, usePreference } from "../../preferences.tsx";
import { useCall } from "../../session.ts";
import { useWords } from "../../words.tsx";
import { SettingRow } from "./SettingRow.tsx";
import classes from "./Settings.module.css";

type State = { readonly name: "idle" | "saving" | "saved" } | { readonly name: "failed"; readonly text: string };

const shownMs = 4000;

const isPreference = (name: SettingName): name is Preference => name === "AVSPARK_LANGUAGE" || name === "AVSPARK_THEME";

/** A setting that is in force as soon as it is touched. */
export const InstantRow = ({ setting }: { readonly setting: Setting }) => {
  const { texts } = useWords();
  const call = useCall();
  const choose = useChoose();
  const { name } = setting;
  const preference = usePreference(isPreference(name) ? name : "AVSPARK_LANGUAGE");
  /** Shown until the service says the same, or refuses. */
  const [wanted, setWanted] = useState<{ readonly value: string; readonly before: string } | null>(null);
  const [state, setState] = useState<State>({ name: "idle" });

  useEffect(() => {
    if (state.name !== "saved") return;
    const timer = setTimeout(() => setState({ name: "idle" }), shownMs);
    return () => clearTimeout(timer);
  }, [state]);

  const save = async (value: string) => {
    setWanted({ value: value === "" ? configFields[name].default : value, before: setting.value });
    setState({ name: "saving" });
    const answer =
      isPreference(name) && value !== ""
        ? await choose(name, value)
        : await call("saveSettings", { values: { [name]: value } });
    const problem = answer === null || "kind" in answer ? answer : answer.ok ? null : answer.problem;
    if (problem !== null) setWanted(null);
    setState(problem === null ? { name: "saved" } : { name: "failed", text: texts.advice[problem.kind].what });
  };

  const pending = wanted !== null && setting.value === wanted.before;
  const shown = isPreference(name) ? { ...setting, value: preference } : setting;
  return (
    <SettingRow
      setting={pending ? { ...shown, value: wanted.value } : shown}
      draft={undefined}
      refused={state.name === "failed" ? state.text : null}
      status={state.name === "saved" && <span className={classes.saved}>{texts.settings.save.saved}</span>}
      onChange={(value) => void save(value)}
      onReset={() => void save("")}
    />
  );
};
