import { useCallback } from "react";
import type { TargetName } from "../../../../shared/calendar.ts";
import type { SettingName } from "../../../../shared/config.ts";
import { ok, type Result } from "../../../../shared/problem.ts";
import { useCall } from "../../../session.ts";
import { type Settings, useSettings } from "../../../settings.ts";
import { useWords } from "../../../words.tsx";

type Values = Readonly<Partial<Record<SettingName, string>>>;

/** The list of calendars with one more in it. */
export const withTarget = (target: TargetName, settings: Settings): Values => {
  const names = (settings.AVSPARK_CALENDARS?.value ?? "").split(",").map((name) => name.trim());
  if (names.includes(target)) return {};
  return { AVSPARK_CALENDARS: [...names.filter((name) => name !== ""), target].join(",") };
};

/** Saves which Google calendar it is, and that there is one. */
export const useChooseCalendar = () => {
  const call = useCall();
  const settings = useSettings();
  const { texts } = useWords();
  return useCallback(
    async (id: string): Promise<Result<string>> => {
      const answer = await call("saveSettings", {
        values: { GOOGLE_CALENDAR_ID: id, ...withTarget("google", settings) },
      });
      return answer.ok ? ok(texts.calendars.google.chosen) : answer;
    },
    [call, settings, texts],
  );
};
