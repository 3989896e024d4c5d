import {
  IconBell,
  IconBellOff,
  IconBellRinging,
  IconBrandGoogle,
  IconCalendarCheck,
  IconChecks,
  IconDownload,
  IconEyeCheck,
  IconPlugConnected,
  IconRefresh,
  IconSettings,
} from "@tabler/icons-react";
import { useMemo } from "react";
import type { SyncResult } from "../shared/calendar.ts";
import { failed, ok, type Result } from "../shared/problem.ts";
import type { Health } from "../shared/snapshot.ts";
import type { Texts } from "../shared/text/type.ts";
import { openView } from "./navigation.ts";
import { type Action, immediate } from "./parts/action.ts";
import { useCall, useDesk } from "./session.ts";
import { useWords } from "./words.tsx";

const say = <T>(result: Result<T>, sentence: (value: T) => string): Result<string> =>
  result.ok ? ok(sentence(result.value)) : result;

const written: ReadonlySet<SyncResult["outcome"]> = new Set(["inserted", "updated", "cancelled", "removed"]);

export const countResults = (results: readonly SyncResult[]) => ({
  written: results.filter((result) => written.has(result.outcome)).length,
  unchanged: results.filter((result) => result.outcome === "unchanged").length,
  failed: results.filter((result) => result.outcome === "failed").length,
});

/** What the whole window can do, whichever view is open: on buttons and in the command palette. */
export const useActions = () => {
  const call = useCall();
  const { texts } = useWords();
  const muted = useDesk((state) => state.notificationsMuted);
  const newest = useDesk((state) => state.changes[0]?.id ?? state.seenChangeId);

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
    const syncNow: Action = {
      id: "sync-now",
      label: label.syncNow,
      icon: IconCalendarCheck,
      run: async () => say(await call("syncNow", {}), (value) => results.synced(countResults(value.results))),
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
    const test: Action = {
      id: "test",
      label: label.testConnection,
      icon: IconPlugConnected,
      run: async () => {
        const answer = await call("redisTest", {});
        if (!answer.ok || answer.value.test_results.overall_success) return say(answer, () => results.testPassed);
        const problem = answer.value.test_results.connection_test ? "redis-frozen" : "redis-unreachable";
        return failed(problem, answer.value.test_results.errors.join(" "));
      },
    };
    const signIn: Action = {
      id: "sign-in",
      label: label.signIn,
      icon: IconBrandGoogle,
      run: async () => say(await call("googleSignIn", {}), () => results.signedIn),
    };
    const acknowledgeAll: Action = {
      id: "acknowledge-all",
      label: label.acknowledgeAll,
      icon: IconChecks,
      run: async () => say(await call("acknowledge", {}), () => results.acknowledged),
    };
    const markSeen: Action = {
      id: "mark-seen",
      label: label.markSeen,
      icon: IconEyeCheck,
      run: async () => say(await call("markSeen", { changeId: newest }), () => results.marked),
    };
    const mute: Action = {
      id: "mute",
      label: muted ? label.unmute : label.mute,
      icon: muted ? IconBellRinging : IconBellOff,
      run: async () => say(await call("mute", { muted: !muted }), () => (muted ? results.unmuted : results.muted)),
    };
    const openSettings: Action = {
      id: "open-settings",
      label: label.openSettings,
      icon: IconSettings,
      run: async () => {
        openView("settings");
        return ok(results.done);
      },
    };
    const openCalendars: Action = {
      id: "open-calendars",
      label: label.openCalendars,
      icon: IconCalendarCheck,
      run: async () => {
        openView("calendars");
        return ok(results.done);
      },
    };
    return { restart, syncNow, fetch, test, signIn, acknowledgeAll, markSeen, mute, openSettings, openCalendars };
  }, [call, texts, muted, newest]);
};

export type Actions = ReturnType<typeof useActions>;

/** The action that mends what is wrong; null where only waiting helps. */
export const mendingAction = (health: Health, actions: Actions, texts: Texts): Action | null => {
  if (health.level === "ok") return null;
  switch (health.action) {
    case "restart":
      return actions.restart;
    case "settings":
      return actions.openSettings;
    case "sign-in":
      return actions.signIn;
    case "fetch":
      return actions.fetch;
    case "confirm":
      return actions.openCalendars;
    case "look":
      return health.alert === null ? null : lookAt(health.alert.id, texts);
    case "wait":
    case "none":
      return null;
  }
};

const lookAt = (alert: number, texts: Texts): Action =>
  immediate({
    id: "look-at-alert",
    label: texts.app.actions.lookAtAlert,
    icon: IconBell,
    does: () => openView("alerts", String(alert)),
    said: texts.app.results.done,
  });
