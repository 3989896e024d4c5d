import { useCallback, useState } from "react";
import type { SettingName } from "../../../shared/config.ts";
import type { Input } from "../../../shared/contract.ts";
import type { Problem } from "../../../shared/problem.ts";
import { useCall } from "../../session.ts";
import { useSettings } from "../../settings.ts";
import { useGoogleAccount } from "../calendars/google/useGoogle.ts";
import type { Values } from "../settings/drafts.tsx";
import {
  type CalendarChoice,
  calendarGate,
  feedGate,
  type PlaceName,
  type ServerValues,
  type StepName,
  serverGate,
  type Trial,
  trialKey,
  valuesOf,
} from "./steps.ts";

/** What was entered so far, what was tried, and the way from step to step. */
export const useWelcome = () => {
  const call = useCall();
  const settings = useSettings();
  const keyring = useGoogleAccount().account?.keyring ?? true;
  const [step, setStep] = useState<StepName>("feed");
  const [place, setPlace] = useState<PlaceName>("here");
  const [entered, setEntered] = useState<Values>({});
  const [chosen, setChosen] = useState({ google: false, caldav: false });
  const [trials, setTrials] = useState<readonly Trial[]>([]);
  const [working, setWorking] = useState(false);
  const [saveProblem, setSaveProblem] = useState<Problem | null>(null);

  const current = useCallback(
    (name: keyof Values): string => (entered[name] ?? settings[name]?.value ?? "").trim(),
    [entered, settings],
  );
  const enter = useCallback((values: Values) => {
    setEntered((before) => ({ ...before, ...values }));
    setSaveProblem(null);
  }, []);

  const feed = { redis: current("REDIS_URL"), list: current("AVSPARK_MATCHES_URL") };
  const server: ServerValues = {
    url: current("AVSPARK_SERVICE_URL"),
    token: (entered.AVSPARK_SERVICE_TOKEN ?? "").trim(),
    ca: current("AVSPARK_SERVICE_CA_FILE"),
  };
  const choice: CalendarChoice = {
    ...chosen,
    calendarId: current("GOOGLE_CALENDAR_ID") || null,
    server: {
      url: current("CALDAV_URL"),
      user: current("CALDAV_USERNAME"),
      password: entered.CALDAV_PASSWORD ?? "",
    },
  };

  const attempt = useCallback(
    async (input: Input<"testSetting">, key: string): Promise<Problem | null> => {
      const answer = await call("testSetting", input);
      const problem = answer.ok ? answer.value.problem : answer.problem;
      setTrials((before) => [...before.filter((trial) => trial.key !== key), { key, problem }]);
      return problem;
    },
    [call],
  );

  const tryFeed = async (): Promise<boolean> => {
    const { redis, list } = feed;
    const problems = [
      redis === "" ? null : await attempt({ what: "redis", values: { REDIS_URL: redis } }, trialKey("redis", redis)),
      list === ""
        ? null
        : await attempt({ what: "source", values: { AVSPARK_MATCHES_URL: list } }, trialKey("source", list)),
    ];
    return problems.every((problem) => problem === null);
  };

  const tryCalendar = async (): Promise<boolean> => {
    if (!choice.caldav) return true;
    const { url, user, password } = choice.server;
    const values = { CALDAV_URL: url, CALDAV_USERNAME: user, ...(password !== "" && { CALDAV_PASSWORD: password }) };
    return (await attempt({ what: "caldav", values }, trialKey("caldav", url, user, password))) === null;
  };

  const serverSettings: Values = {
    AVSPARK_SERVICE_URL: server.url,
    AVSPARK_SERVICE_CA_FILE: server.ca,
    ...(server.token !== "" && { AVSPARK_SERVICE_TOKEN: server.token }),
  };
  const tryServer = async (): Promise<boolean> => {
    const key = trialKey("service", server.url, server.token, server.ca);
    return (await attempt({ what: "service", values: serverSettings }, key)) === null;
  };

  const save = async (given: Values): Promise<void> => {
    const wanted = Object.entries(given);
    // What the environment fixes was shown as fixed, and stays.
    const values = Object.fromEntries(wanted.filter(([name]) => settings[name as SettingName]?.locked !== true));
    const answer = await call("saveSettings", { values, sessionOnly: !keyring });
    setSaveProblem(answer.ok ? null : answer.problem);
    if (answer.ok) setStep("done");
  };

  /** `anyway`: what was tried does not work, and the person goes on all the same. */
  const next = async (anyway: boolean): Promise<void> => {
    if (working) return;
    setWorking(true);
    try {
      if (step === "feed" && place === "server") {
        if (await tryServer()) await save(serverSettings);
      } else if (step === "feed") {
        if (anyway || (await tryFeed())) setStep("calendar");
      } else if (step === "calendar" && (anyway || (await tryCalendar()))) await save(valuesOf(feed, choice));
    } finally {
      setWorking(false);
    }
  };

  const gates = {
    feed: place === "server" ? serverGate(server, trials) : feedGate(feed, trials),
    calendar: calendarGate(choice, trials),
  };
  return {
    step,
    goTo: setStep,
    entered,
    enter,
    place,
    setPlace,
    feed,
    server,
    choice,
    choose: (name: "google" | "caldav", on: boolean) => setChosen((before) => ({ ...before, [name]: on })),
    gates,
    working,
    next,
    saveProblem,
    keyring,
  };
};
export type WelcomeState = ReturnType<typeof useWelcome>;
