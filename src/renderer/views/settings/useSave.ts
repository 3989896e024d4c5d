import { useCallback, useMemo, useState } from "react";
import { type SettingName, settingNameSchema } from "../../../shared/config.ts";
import type { Problem } from "../../../shared/problem.ts";
import { useCall, useSession } from "../../session.ts";
import { useWords } from "../../words.tsx";
import { useDrafts } from "./drafts.tsx";
import { draftProblem, refusedProblem } from "./validity.ts";

export type SaveState =
  | { readonly name: "idle" }
  | { readonly name: "saving" }
  | { readonly name: "saved" }
  | { readonly name: "failed"; readonly problem: Problem };

/** Saves every draft at once, so that settings that belong together arrive together. */
export const useSave = () => {
  const { texts, language } = useWords();
  const call = useCall();
  const { connect } = useSession();
  const drafts = useDrafts();
  const [state, setState] = useState<SaveState>({ name: "idle" });
  const [refused, setRefused] = useState<Readonly<Partial<Record<SettingName, string>>>>({});

  const wrong = useMemo(
    () =>
      settingNameSchema.options.filter((name) => {
        const draft = drafts.values[name];
        return draft !== undefined && draftProblem(name, draft, { texts, language }) !== null;
      }),
    [drafts.values, texts, language],
  );

  const save = useCallback(
    async (sessionOnly: boolean): Promise<void> => {
      setState({ name: "saving" });
      setRefused({});
      const values = Object.fromEntries(Object.entries(drafts.values).map(([name, value]) => [name, value.trim()]));
      const answer = await call("saveSettings", { values, sessionOnly });
      if (answer.ok) {
        drafts.clear();
        setState({ name: "saved" });
        return;
      }
      const at = settingNameSchema.safeParse(answer.problem.at);
      const text = at.success ? refusedProblem(at.data, values[at.data], { texts, language }) : null;
      if (at.success && text !== null) setRefused({ [at.data]: text });
      setState({ name: "failed", problem: answer.problem });
      // What was saved may have stopped the service; then the window says so, and offers the way back.
      if (!at.success) await connect();
    },
    [call, connect, drafts, texts, language],
  );

  const discard = useCallback(() => {
    drafts.clear();
    setRefused({});
    setState({ name: "idle" });
  }, [drafts]);

  return { state, wrong, refused, save, discard, count: Object.keys(drafts.values).length };
};
export type Save = ReturnType<typeof useSave>;
