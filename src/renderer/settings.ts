import { useMemo } from "react";
import type { Setting, SettingName } from "../shared/config.ts";
import { useDesk } from "./session.ts";

export type Settings = Readonly<Partial<Record<SettingName, Setting>>>;

/** Every setting by its name. */
export const useSettings = (): Settings => {
  const settings = useDesk((state) => state.settings);
  return useMemo(() => Object.fromEntries(settings.map((setting) => [setting.name, setting])), [settings]);
};
