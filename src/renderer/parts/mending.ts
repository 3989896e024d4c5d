import {
  IconActivity,
  IconAdjustments,
  IconBell,
  IconBrandGoogle,
  IconCalendarCheck,
  IconCalendarCog,
  IconCalendarQuestion,
  IconDownload,
  IconFileText,
  IconMailOff,
  IconRefresh,
} from "@tabler/icons-react";
import { useCallback, useMemo } from "react";
import type { TargetName } from "../../shared/calendar.ts";
import { configFields, type SettingName } from "../../shared/config.ts";
import { mendingOf } from "../../shared/mending.ts";
import type { Problem } from "../../shared/problem.ts";
import type { Health } from "../../shared/snapshot.ts";
import type { Texts } from "../../shared/text/type.ts";
import { useCall, useDesk } from "../session.ts";
import { useWords } from "../words.tsx";
import { type Action, going, say } from "./action.ts";
import { useGoogleElsewhere } from "./googleElsewhere.ts";

/** Those of the whole window's actions that mend something. */
export const useMendingActions = () => {
  const call = useCall();
  const { texts } = useWords();
  const elsewhere = useGoogleElsewhere();
  return useMemo(() => {
    const { actions: label, results } = texts.app;
    const restart: Action = {
      id: "restart",
      label: label.restart,
      icon: IconRefresh,
      run: async () =>
        say(await call("redisRestart", {}), ({ connection }) =>
          connection.state === "live" ? results.restarted(connection.channels.length) : results.restartPending,
        ),
    };
    const fetch: Action = {
      id: "fetch",
      label: label.fetch,
      icon: IconDownload,
      run: async () =>
        say(await call("fetchMatches", {}), ({ source }) =>
          source.state === "fetched" && !source.unchanged ? results.fetched(source.matches) : results.listUnchanged,
        ),
    };
    const signIn: Action = elsewhere ?? {
      id: "sign-in",
      label: label.signIn,
      icon: IconBrandGoogle,
      run: async () => say(await call("googleSignIn", {}), () => results.signedIn),
    };
    const openCalendars = going(
      { id: "open-calendars", label: label.openCalendars, icon: IconCalendarCheck },
      "calendars",
    );
    return { restart, fetch, signIn, openCalendars };
  }, [call, texts, elsewhere]);
};

/** Several settings are called the same: whose this one is. */
const ownerOf = (name: SettingName, { settings, match }: Texts): string | null => {
  const { group } = configFields[name];
  if (name.startsWith("GOOGLE_")) return match.target.google;
  if (name.startsWith("CALDAV_")) return match.target.caldav;
  if (name.startsWith("CARDDAV_")) return match.target.carddav;
  return group === "redis" || group === "source" || group === "http" ? settings.section[group] : null;
};

/** The action that mends a trouble or leads to where it is mended; null where there is nothing for a person to do. */
export const useMending = () => {
  const actions = useMendingActions();
  const call = useCall();
  const { texts } = useWords();
  const hasList = useDesk((state) => state.source.state !== "unconfigured");
  return useCallback(
    (problem: Pick<Problem, "kind" | "at">, target: TargetName | null): Action | null => {
      const words = texts.app.mend;
      const mending = mendingOf(problem, { target, hasList });
      switch (mending.act) {
        case "setting": {
          const label = words.setting(texts.settings.label[mending.name], ownerOf(mending.name, texts));
          return going({ id: "mend-setting", label, icon: IconAdjustments }, "settings", mending.name);
        }
        case "restart":
          return actions.restart;
        case "fetch":
          return actions.fetch;
        case "sign-in":
          return actions.signIn;
        case "choose-calendar": {
          const label = texts.calendars.google.choose;
          return going({ id: "mend-choice", label, icon: IconCalendarCog }, "calendars", "choose-calendar");
        }
        case "decide": {
          const place = target === null ? null : `decide-${target}`;
          return going({ id: "mend-decide", label: words.decide, icon: IconCalendarQuestion }, "calendars", place);
        }
        case "calendars":
          return actions.openCalendars;
        case "messages":
          return going({ id: "mend-messages", label: texts.alertsView.stream, icon: IconActivity }, "stream");
        case "quarantine":
          return going({ id: "mend-quarantine", label: words.quarantine, icon: IconMailOff }, "stream", "quarantine");
        case "log":
          return {
            id: "mend-log",
            label: texts.app.actions.showLog,
            icon: IconFileText,
            here: true,
            run: async () => say(await call("showLog", {}), () => ""),
          };
        case "wait":
        case "none":
          return null;
      }
    },
    [actions, call, texts, hasList],
  );
};

/** What mends what the sentence of health says; where nothing does, the alert that says it can be looked at. */
export const useHealthMending = (health: Health): Action | null => {
  const mend = useMending();
  const { texts } = useWords();
  return useMemo(() => {
    if (health.level === "ok" || health.level === "working") return null;
    const { problem, target, alert } = health;
    const look = { id: "look-at-alert", label: texts.app.actions.lookAtAlert, icon: IconBell };
    return mend(problem, target) ?? (alert && going(look, "alerts", String(alert.id)));
  }, [health, mend, texts]);
};
