import type { Handlers } from "../../../shared/contract.ts";
import type { Problem } from "../../../shared/problem.ts";
import { ProblemError, raise } from "../../../shared/problem.ts";
import { en } from "../../../shared/text/en.ts";
import { trialSentence } from "../../../shared/text/sentences.ts";
import { combinations, resolveConfig } from "../../config/resolve.ts";
import type { Desktop, ServiceContext } from "../context.ts";

type HouseHandlers = Pick<
  Handlers,
  | "health"
  | "ready"
  | "checks"
  | "logLevel"
  | "snapshot"
  | "acknowledge"
  | "snooze"
  | "reactivate"
  | "mute"
  | "markSeen"
  | "saveSettings"
  | "exportSettings"
  | "testSetting"
  | "googleAccount"
  | "googleSignIn"
  | "googleSignOut"
  | "googleCalendars"
  | "createGoogleCalendar"
  | "openExternal"
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
  saveSettings: async ({ values, sessionOnly }) => {
    const { settings, config: before } = service.resolved();
    const locked = settings.find(({ name, locked }) => locked && values[name] !== undefined);
    if (locked !== undefined) {
      raise(
        "setting-locked",
        `${locked.name} is set in the ${locked.source === "dotenv" ? ".env file" : "environment"}; change it there.`,
        locked.name,
      );
    }
    const { problems, config } = resolveConfig({ environment: {}, dotenv: {}, settings: values });
    const known = new Set(combinations(before).map(({ variable }) => variable));
    const wrong =
      problems.find(({ variable, kind }) => kind === "form" && values[variable] !== undefined) ??
      // What was wrong before may be mended one setting at a time; nothing new may go wrong.
      combinations({ ...before, ...pickChanged(config, values) }).find(({ variable }) => !known.has(variable));
    if (wrong !== undefined)
      raise("configuration-invalid", `${wrong.variable} should be ${wrong.expected}.`, wrong.variable);
    const saved = await desktopOf(service).saveSettings(values, sessionOnly);
    return { message: "Saved", settings: saved.settings };
  },
  exportSettings: async () => ({
    text: service
      .resolved()
      .settings.filter(({ source, value }) => source !== "default" && !value.includes("•••"))
      .map(({ name, value }) => `${name}=${quoted(value)}\n`)
      .join(""),
  }),
  testSetting: async ({ what, values }) => {
    const current = service.resolved();
    const { config, problems } = resolveConfig({
      environment: {},
      dotenv: {},
      settings: { ...plainValues(service), ...values },
    });
    const wrong = problems.find(({ variable }) => values[variable] !== undefined);
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
    const desktop = desktopOf(service);
    return { account: await desktop.google.account(), keyring: desktop.keyring() };
  },
  googleSignIn: async ({ sessionOnly }) => {
    const { expiresAt } = await desktopOf(service).google.signIn(sessionOnly);
    // Signed in before the calendar is chosen, or in the demo: nothing waits.
    if (service.calendars.status().some(({ name, state }) => name === "google" && state.name !== "off"))
      service.calendars.retry("google");
    return { message: "Signed in to Google", expiresAt };
  },
  googleSignOut: async () => {
    await desktopOf(service).google.signOut();
    // The calendar looks anew, and says that it needs a sign-in.
    service.calendars.retry("google");
    return { message: "Signed out of Google" };
  },
  googleCalendars: async () => ({ calendars: await desktopOf(service).google.calendars() }),
  createGoogleCalendar: async ({ name }) => ({ id: await desktopOf(service).google.create(name) }),
  openExternal: async ({ url }) => {
    await desktopOf(service).openExternal(url);
    return { message: "Opened" };
  },
});

const desktopOf = (service: ServiceContext): Desktop =>
  service.desktop ?? raise("not-found", "This needs the app's window; the service runs without one here.");

const unreadyReasons = (service: ServiceContext): readonly Problem[] => {
  const health = service.health();
  return health.level === "ok" || health.level === "warning" ? [] : [health.problem];
};

/** A .env line survives spaces and # only in quotes. */
const quoted = (value: string): string => (/[\s#"']/.test(value) ? JSON.stringify(value) : value);

const plainValues = (service: ServiceContext): Readonly<Record<string, string>> =>
  Object.fromEntries(
    service
      .resolved()
      .settings.filter(({ value }) => !value.includes("•••"))
      .map(({ name, value }) => [name, value]),
  );

const pickChanged = <C extends object>(config: C, values: object): Partial<C> =>
  Object.fromEntries(Object.entries(config).filter(([name]) => name in values)) as Partial<C>;
