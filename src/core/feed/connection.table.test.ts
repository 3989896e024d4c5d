import { describe, expect, test } from "vitest";
import type { Problem } from "../../shared/problem.ts";
import type { Moment } from "../moment.ts";
import { step } from "./connection.ts";
import { type ConnectionSettings, type Effect, type Event, initialState, type State } from "./connection-state.ts";

/*
 * The whole machine: what every event does in every state. A state or an event that is added has to be entered here before
 * this compiles. What the numbers are is tested in connection.test.ts.
 */

const settings: ConnectionSettings = {
  connectionTimeoutMs: 5000,
  subscriptionTimeoutMs: 1000,
  socketTimeoutMs: 5000,
  healthCheckIntervalMs: 30_000,
  retryDelayMs: 1000,
  maxRetries: 3,
  autoReconnect: true,
  retryOnTimeout: true,
};
const closed: Problem = { kind: "redis-closed", message: "Redis closed the connection." };
const wrongPassword: Problem = { kind: "redis-auth-wrong", message: "Wrong password." };

/** A phase, with what in it makes a difference to what follows. */
type Case =
  | Exclude<State["phase"]["name"], "subscribing" | "live" | "silent" | "waiting">
  | "subscribing"
  | "confirmed"
  | "live"
  | "live, asked"
  | "live, asked after sleep"
  | "silent"
  | "silent after sleep"
  | "waiting"
  | "waiting for a person";

const caseOf = ({ phase }: State): Case => {
  switch (phase.name) {
    case "subscribing":
      return phase.confirmed === null ? "subscribing" : "confirmed";
    case "live":
      if (phase.probe === null) return "live";
      return phase.probe.afterSleep ? "live, asked after sleep" : "live, asked";
    case "silent":
      return phase.probe?.afterSleep === true ? "silent after sleep" : "silent";
    case "waiting":
      return phase.retryAt === null ? "waiting for a person" : "waiting";
    default:
      return phase.name;
  }
};

/** The kinds of event; an alarm may come on time or late, and a message may have come since. */
type Happening = Event["kind"] | "late alarm" | "alarm, heard since";

const happenings: Readonly<Record<Happening, (link: number) => Event>> = {
  start: () => ({ kind: "start" }),
  stop: () => ({ kind: "stop", cause: { kind: "not-running" } }),
  restart: () => ({ kind: "restart" }),
  disable: () => ({ kind: "disable" }),
  woke: () => ({ kind: "woke" }),
  alarm: () => ({ kind: "alarm" }),
  "late alarm": () => ({ kind: "alarm" }),
  "alarm, heard since": () => ({ kind: "alarm" }),
  opened: (link) => ({ kind: "opened", link }),
  subscribed: (link) => ({ kind: "subscribed", link, channels: ["updates"] }),
  probed: (link) => ({ kind: "probed", link, answer: { proof: "publish", trouble: null } }),
  changed: (link) => ({ kind: "changed", link }),
  failed: (link) => ({ kind: "failed", link, problem: closed }),
};

/** How each state is come to. */
const ways: Readonly<Record<Case, { readonly events: readonly Happening[]; readonly autoReconnect?: false }>> = {
  stopped: { events: [] },
  disabled: { events: ["disable"] },
  connecting: { events: ["start"] },
  subscribing: { events: ["start", "opened"] },
  confirmed: { events: ["start", "opened", "subscribed"] },
  live: { events: ["start", "opened", "subscribed", "probed"] },
  "live, asked": { events: ["start", "opened", "subscribed", "probed", "alarm"] },
  "live, asked after sleep": { events: ["start", "opened", "subscribed", "probed", "woke"] },
  silent: { events: ["start", "opened", "subscribed", "probed", "alarm", "alarm"] },
  "silent after sleep": { events: ["start", "opened", "subscribed", "probed", "woke", "alarm"] },
  waiting: { events: ["start", "failed"] },
  "waiting for a person": { events: ["start", "failed"], autoReconnect: false },
};

type Outcome = readonly [to: Case, ...does: readonly Effect["kind"][]];

const table: Readonly<Record<Case, Readonly<Record<Happening, Outcome>>>> = {
  stopped: {
    start: ["connecting", "gap-began", "open"],
    stop: ["stopped"],
    restart: ["connecting", "gap-began", "open"],
    disable: ["disabled", "gap-ended"],
    woke: ["stopped"],
    alarm: ["stopped"],
    "late alarm": ["stopped"],
    "alarm, heard since": ["stopped"],
    opened: ["stopped"],
    subscribed: ["stopped"],
    probed: ["stopped"],
    changed: ["stopped"],
    failed: ["stopped"],
  },
  disabled: {
    start: ["connecting", "gap-began", "open"],
    stop: ["disabled"],
    restart: ["disabled"],
    disable: ["disabled"],
    woke: ["disabled"],
    alarm: ["disabled"],
    "late alarm": ["disabled"],
    "alarm, heard since": ["disabled"],
    opened: ["disabled"],
    subscribed: ["disabled"],
    probed: ["disabled"],
    changed: ["disabled"],
    failed: ["disabled"],
  },
  connecting: {
    start: ["connecting"],
    stop: ["stopped", "close"],
    restart: ["connecting", "close", "open"],
    disable: ["disabled", "close", "gap-ended"],
    woke: ["connecting"],
    alarm: ["waiting", "close"],
    "late alarm": ["waiting", "close"],
    "alarm, heard since": ["waiting", "close"],
    opened: ["subscribing", "subscribe"],
    subscribed: ["connecting"],
    probed: ["connecting"],
    changed: ["connecting"],
    failed: ["waiting", "close"],
  },
  subscribing: {
    start: ["subscribing"],
    stop: ["stopped", "close"],
    restart: ["connecting", "close", "open"],
    disable: ["disabled", "close", "gap-ended"],
    woke: ["subscribing"],
    alarm: ["waiting", "close"],
    "late alarm": ["waiting", "close"],
    "alarm, heard since": ["waiting", "close"],
    opened: ["subscribing"],
    subscribed: ["confirmed", "probe"],
    probed: ["subscribing"],
    changed: ["subscribing"],
    failed: ["waiting", "close"],
  },
  confirmed: {
    start: ["confirmed"],
    stop: ["stopped", "close"],
    restart: ["connecting", "close", "open"],
    disable: ["disabled", "close", "gap-ended"],
    woke: ["confirmed"],
    alarm: ["waiting", "close"],
    "late alarm": ["waiting", "close"],
    "alarm, heard since": ["live", "gap-ended"],
    opened: ["confirmed"],
    subscribed: ["confirmed"],
    probed: ["live", "gap-ended"],
    changed: ["confirmed"],
    failed: ["waiting", "close"],
  },
  live: {
    start: ["live"],
    stop: ["stopped", "close", "gap-began"],
    restart: ["connecting", "close", "gap-began", "open"],
    disable: ["disabled", "close", "gap-ended"],
    woke: ["live, asked after sleep", "probe"],
    alarm: ["live, asked", "probe"],
    "late alarm": ["live, asked after sleep", "probe"],
    "alarm, heard since": ["live, asked", "probe"],
    opened: ["live"],
    subscribed: ["live"],
    probed: ["live"],
    changed: ["live, asked", "probe"],
    failed: ["waiting", "close", "gap-began"],
  },
  "live, asked": {
    start: ["live, asked"],
    stop: ["stopped", "close", "gap-began"],
    restart: ["connecting", "close", "gap-began", "open"],
    disable: ["disabled", "close", "gap-ended"],
    woke: ["live, asked after sleep", "probe"],
    alarm: ["silent", "probe"],
    "late alarm": ["live, asked after sleep", "probe"],
    "alarm, heard since": ["live"],
    opened: ["live, asked"],
    subscribed: ["live, asked"],
    probed: ["live"],
    changed: ["live, asked"],
    failed: ["waiting", "close", "gap-began"],
  },
  "live, asked after sleep": {
    start: ["live, asked after sleep"],
    stop: ["stopped", "close", "gap-began"],
    restart: ["connecting", "close", "gap-began", "open"],
    disable: ["disabled", "close", "gap-ended"],
    woke: ["live, asked after sleep"],
    alarm: ["silent after sleep", "probe"],
    "late alarm": ["silent after sleep", "probe"],
    "alarm, heard since": ["live"],
    opened: ["live, asked after sleep"],
    subscribed: ["live, asked after sleep"],
    probed: ["live"],
    changed: ["live, asked after sleep"],
    failed: ["waiting", "close", "gap-began"],
  },
  silent: {
    start: ["silent"],
    stop: ["stopped", "close", "gap-began"],
    restart: ["connecting", "close", "gap-began", "open"],
    disable: ["disabled", "close", "gap-ended"],
    woke: ["silent after sleep", "probe"],
    alarm: ["waiting", "close", "gap-began"],
    "late alarm": ["silent after sleep", "probe"],
    "alarm, heard since": ["live"],
    opened: ["silent"],
    subscribed: ["silent"],
    probed: ["live"],
    changed: ["silent"],
    failed: ["waiting", "close", "gap-began"],
  },
  "silent after sleep": {
    start: ["silent after sleep"],
    stop: ["stopped", "close", "gap-began"],
    restart: ["connecting", "close", "gap-began", "open"],
    disable: ["disabled", "close", "gap-ended"],
    woke: ["silent after sleep"],
    alarm: ["waiting", "close", "gap-began"],
    "late alarm": ["waiting", "close", "gap-began"],
    "alarm, heard since": ["live"],
    opened: ["silent after sleep"],
    subscribed: ["silent after sleep"],
    probed: ["live"],
    changed: ["silent after sleep"],
    failed: ["waiting", "close", "gap-began"],
  },
  waiting: {
    start: ["waiting"],
    stop: ["stopped"],
    restart: ["connecting", "open"],
    disable: ["disabled", "gap-ended"],
    woke: ["connecting", "open"],
    alarm: ["connecting", "open"],
    "late alarm": ["connecting", "open"],
    "alarm, heard since": ["connecting", "open"],
    opened: ["waiting"],
    subscribed: ["waiting"],
    probed: ["waiting"],
    changed: ["waiting"],
    failed: ["waiting"],
  },
  "waiting for a person": {
    start: ["waiting for a person"],
    stop: ["stopped"],
    restart: ["connecting", "open"],
    disable: ["disabled", "gap-ended"],
    woke: ["waiting for a person"],
    alarm: ["waiting for a person"],
    "late alarm": ["waiting for a person"],
    "alarm, heard since": ["waiting for a person"],
    opened: ["waiting for a person"],
    subscribed: ["waiting for a person"],
    probed: ["waiting for a person"],
    changed: ["waiting for a person"],
    failed: ["waiting for a person"],
  },
};

const play = (name: Case) => {
  const { events, autoReconnect = true } = ways[name];
  let state = initialState({ elapsed: 0, wall: 0 });
  let now: Moment = { elapsed: 0, wall: 0 };
  const send = (what: Happening, link = state.link): readonly Effect[] => {
    const due = state.alarm?.dueAt ?? now.elapsed;
    const isAlarm = happenings[what](0).kind === "alarm";
    const elapsed = (isAlarm ? due : now.elapsed) + (what === "late alarm" ? 10_000 : 0);
    now = { elapsed, wall: elapsed };
    const heardAt = what === "alarm, heard since" ? now : null;
    const event = happenings[what](link);
    // Without reconnecting, a refusal waits for a person.
    const said: Event = event.kind === "failed" && !autoReconnect ? { ...event, problem: wrongPassword } : event;
    const result = step(state, said, { now, random: 0.5, heardAt, settings: { ...settings, autoReconnect } });
    state = result.state;
    return result.effects;
  };
  for (const event of events) send(event);
  return { send, state: () => state };
};
// Object.keys knows the names only as text.
const cases = Object.keys(table) as readonly Case[];
const events = Object.keys(happenings) as readonly Happening[];

describe.each(cases)("%s", (from) => {
  test.each(events)("%s", (what) => {
    const run = play(from);
    expect(caseOf(run.state())).toBe(from);
    const does = run.send(what).map(({ kind }) => kind);
    expect([caseOf(run.state()), ...does]).toEqual(table[from][what]);
  });

  test.each(["opened", "subscribed", "probed", "failed"] as const)("%s, of an older link: nothing", (what) => {
    const run = play(from);
    const before = run.state();
    expect(run.send(what, before.link - 1)).toEqual([]);
    expect(run.state()).toBe(before);
  });
});
