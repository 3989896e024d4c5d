import type { Handlers } from "../../../shared/contract.ts";
import type { Problem } from "../../../shared/problem.ts";
import { ProblemError } from "../../../shared/problem.ts";
import { en } from "../../../shared/text/en.ts";
import { trialSentence } from "../../../shared/text/sentences.ts";
import { isOver } from "../../alerts/kinds.ts";
import { resolveConfig } from "../../config/resolve.ts";
import type { ServiceContext } from "../context.ts";
import { demandDesktop, pickChanged } from "./settings.ts";

type HouseHandlers = Pick<
  Handlers,
  | "health"
  | "ready"
  | "checks"
  | "logLevel"
  | "snapshot"
  | "alerts"
  | "acknowledge"
  | "snooze"
  | "reactivate"
  | "mute"
  | "markSeen"
  | "testSetting"
  | "googleAccount"
  | "googleSignIn"
  | "googleSignOut"
  | "googleCalendars"
  | "createGoogleCalendar"
>;

export const houseHandlers = (service: ServiceContext): HouseHandlers => ({
  health: async () => ({ status: "ok", version: service.version, mode: service.mode, health: service.health() }),
  ready: async () => {
    const reasons = unreadyReasons(service);
    return { ready: reasons.length === 0, reasons };
  },
  checks: async ({ phase, id }) => {
    const checks = await service.runChecks({ phase: phase ?? null, id: id ?? null });
    return { passed: checks.every((check) => check.outcome !== "failed"), checks };
  },
  logLevel: async ({ level, part }) => {
    service.setLogLevel(level, part ?? null);
    return { message: `Logging at ${level}${part === undefined ? "" : ` for ${part}`}` };
  },
  snapshot: async () => ({ snapshot: service.publisher.snapshot() }),
  alerts: async ({ all = false }) => ({
    alerts: service.alerts.alerts().filter((alert) => all || !isOver(alert)),
  }),
  acknowledge: async ({ id }) => {
    service.alerts.acknowledge(id ?? null);
    return { message: "Acknowledged" };
  },
  snooze: async ({ id, until }) => {
    service.alerts.snooze(id, until);
    return { message: "Snoozed" };
  },
  reactivate: async ({ id }) => {
    service.alerts.reactivate(id);
    return { message: "Active again" };
  },
  mute: async ({ muted }) => {
    service.mute(muted);
    return { message: muted ? "Notifications are off" : "Notifications are on" };
  },
  markSeen: async ({ changeId }) => {
    service.markSeen(changeId);
    return { message: "Remembered" };
  },
  testSetting: async ({ what, values }) => {
    const current = service.resolved();
    const { config, problems } = resolveConfig({
      environment: {},
      dotenv: {},
      settings: { ...plainValues(service), ...values },
      home: current.home,
    });
    const wrong = problems.find(({ variable }) => variable !== ".env" && values[variable] !== undefined);
    if (wrong !== undefined) {
      const problem: Problem = {
        kind: "configuration-invalid",
        message: `${wrong.variable} should be ${wrong.expected}.`,
        at: wrong.variable,
      };
      return { passed: false, found: problem.message, trial: null, problem };
    }
    try {
      const trial = await service.trySetting(what, { ...current.config, ...pickChanged(config, values) });
      return { passed: true, found: trialSentence(trial, { texts: en }), trial, problem: null };
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      return { passed: false, found: error.problem.message, trial: null, problem: error.problem };
    }
  },
  googleAccount: async () => {
    const desktop = demandDesktop(service.desktop);
    return { account: await desktop.google.account(), keyring: desktop.keyring() };
  },
  googleSignIn: async ({ sessionOnly }) => {
    const { expiresAt } = await demandDesktop(service.desktop).google.signIn(sessionOnly);
    // Signed in before the calendar is chosen, or in the demo: nothing waits.
    if (service.calendars.status().some(({ name, state }) => name === "google" && state.name !== "off"))
      service.calendars.retry("google");
    return { message: "Signed in to Google", expiresAt };
  },
  googleSignOut: async () => {
    await demandDesktop(service.desktop).google.signOut();
    // The calendar looks anew, and says that it needs a sign-in.
    service.calendars.retry("google");
    return { message: "Signed out of Google" };
  },
  googleCalendars: async () => ({ calendars: await demandDesktop(service.desktop).google.calendars() }),
  createGoogleCalendar: async ({ name }) => ({ id: await demandDesktop(service.desktop).google.create(name) }),
});

/** What the publisher complains of, and what asks for a person, does not keep matches from their calendars. */
const unreadyReasons = (service: ServiceContext): readonly Problem[] =>
  service.faults().flatMap(({ level, problem }) => (level === "warning" ? [] : [problem]));

const plainValues = (service: ServiceContext): Readonly<Record<string, string>> =>
  Object.fromEntries(
    service
      .resolved()
      .settings.filter(({ value }) => !value.includes("•••"))
      .map(({ name, value }) => [name, value]),
  );
