import type { GapCause } from "../../shared/connection.ts";
import { type Instant, instantOf } from "../../shared/instant.ts";
import type { Problem } from "../../shared/problem.ts";
import { backoff } from "../backoff.ts";
import { laterOf } from "../moment.ts";
import type { ProbeAnswer } from "../ports.ts";
import {
  type Alarm,
  type Alive,
  type Context,
  type Effect,
  type Event,
  refusals,
  type State,
  type Step,
  type Trouble,
} from "./connection-state.ts";

/*
 *                start, restart              opened               subscribed, then probed
 *  disabled  stopped ────────► connecting ──────────► subscribing ────────────────────────► live ◄───┐
 *      ▲        ▲                ▲   │                     │                                │  │      │ probed,
 *      │        │                │   │ failed, alarm       │ failed, alarm           failed │  │alarm │ heard
 *      │        │          alarm,│   ▼                     ▼                                │  ▼      │
 *      │        │          woke  │  reconnecting(n)  ◄───────────────────────────────────── ┴─ silent ┘
 *      │        │                └─ refused
 *   disable   stop; or REDIS_AUTO_RECONNECT=false
 *  (from any) (from any)
 *
 * A pure function: no link, timer or clock lives here. The driver (subscriber.ts) carries out the effects, arms the one
 * alarm that a state has, and brings back what happened. Links are numbered; news of any but the newest is stale.
 */

/** No wait between attempts is longer: Redis that is back is heard again within 5 s. */
export const longestWaitMs = 4000;
/** A subscription that lived shorter counts as one more failed attempt, so that a flapping server is not hammered. */
const steadyMs = 5000;
/** An alarm later than this means that this process did not run: asleep, or busy. The server is not to blame. */
const lateMs = 2000;

export const step = (state: State, event: Event, context: Context): Step => {
  if ("link" in event && event.link !== state.link) return { state, effects: [] };
  switch (event.kind) {
    case "start":
      return idle(state) ? start(state, context) : { state, effects: [] };
    case "restart":
      return restart(state, context);
    case "stop":
      return stop(state, event.cause, context);
    case "disable":
      return disable(state, context);
    case "woke":
      return woke(state, context);
    case "alarm":
      return alarm(state, context);
    case "opened":
      return opened(state, context);
    case "subscribed":
      return subscribed(state, event.channels, context);
    case "probed":
      return probed(state, event.answer, context);
    case "changed":
      return state.phase.name === "live" && state.phase.probe === null
        ? probe(state, state.phase, { afterSleep: false }, context)
        : { state, effects: [] };
    case "failed":
      return failed(state, event.problem, context);
  }
};

const idle = ({ phase }: State): boolean => phase.name === "disabled" || phase.name === "stopped";

const hasLink = ({ phase }: State): boolean =>
  phase.name === "connecting" || phase.name === "subscribing" || phase.name === "live" || phase.name === "silent";

const closing = (state: State): readonly Effect[] => (hasLink(state) ? [{ kind: "close", link: state.link }] : []);

/** What was lost begins at the last sign of life, not when the loss was noticed. */
const deafened = ({ phase }: State, cause: GapCause, { heardAt }: Context): readonly Effect[] =>
  phase.name === "live" || phase.name === "silent"
    ? [{ kind: "gap-began", from: laterOf(phase.provenAt, heardAt), cause }]
    : [];

const alarmIn = (afterMs: number, { now }: Context): Alarm => ({ afterMs, dueAt: now.elapsed + afterMs });

/** For people's eyes. */
const shownNow = ({ now }: Context): Instant => instantOf(now.wall);

const connect = (state: State, context: Context, before: readonly Effect[] = []): Step => {
  const link = state.link + 1;
  return {
    state: {
      ...state,
      phase: { name: "connecting" },
      link,
      attemptedAt: context.now.elapsed,
      alarm: alarmIn(context.settings.connectionTimeoutMs, context),
    },
    effects: [...before, { kind: "open", link }],
  };
};

const start = (state: State, context: Context): Step =>
  connect({ ...state, attempt: 1, since: shownNow(context) }, context, [
    { kind: "gap-began", from: context.now, cause: { kind: "not-running" } },
  ]);

const restart = (state: State, context: Context): Step => {
  if (state.phase.name === "disabled") return { state, effects: [] };
  if (idle(state)) return start(state, context);
  const hearing = state.phase.name === "live" || state.phase.name === "silent";
  return connect({ ...state, attempt: 1, since: hearing ? shownNow(context) : state.since }, context, [
    ...closing(state),
    ...deafened(state, { kind: "restart" }, context),
  ]);
};

const stop = (state: State, cause: GapCause, context: Context): Step => {
  if (idle(state)) return { state, effects: [] };
  return {
    state: { ...state, phase: { name: "stopped", cause: null }, since: shownNow(context), alarm: null },
    effects: [...closing(state), ...deafened(state, cause, context)],
  };
};

/** Not to listen is now what is wanted: that is no gap. */
const disable = (state: State, context: Context): Step => {
  if (state.phase.name === "disabled") return { state, effects: [] };
  return {
    state: { ...state, phase: { name: "disabled" }, since: shownNow(context), alarm: null },
    effects: [...closing(state), { kind: "gap-ended" }],
  };
};

const opened = (state: State, context: Context): Step => {
  if (state.phase.name !== "connecting") return { state, effects: [] };
  return {
    state: {
      ...state,
      phase: { name: "subscribing", confirmed: null },
      alarm: alarmIn(context.settings.subscriptionTimeoutMs, context),
    },
    effects: [{ kind: "subscribe", link: state.link }],
  };
};

const subscribed = (state: State, channels: readonly string[], context: Context): Step => {
  if (state.phase.name !== "subscribing" || state.phase.confirmed !== null) return { state, effects: [] };
  return {
    state: {
      ...state,
      phase: { name: "subscribing", confirmed: { channels, at: context.now.elapsed } },
      alarm: alarmIn(context.settings.socketTimeoutMs, context),
    },
    effects: [{ kind: "probe", link: state.link }],
  };
};

const probed = (state: State, { proof, trouble: problem }: ProbeAnswer, context: Context): Step => {
  const { phase } = state;
  switch (phase.name) {
    case "subscribing":
      return phase.confirmed === null
        ? { state, effects: [] }
        : goLive(
            state,
            { proof, trouble: troubleOf(problem, null, context), channels: phase.confirmed.channels },
            context,
          );
    case "live":
    case "silent": {
      const trouble = troubleOf(problem, phase.trouble, context);
      return proven(state, { ...phase, provenAt: context.now, proof, trouble }, context);
    }
    default:
      return { state, effects: [] };
  }
};

/** The same trouble goes on since when it was told first. */
const troubleOf = (problem: Problem | null, before: Trouble | null, context: Context): Trouble | null => {
  if (problem === null) return null;
  return before?.problem.message === problem.message ? before : { problem, since: shownNow(context) };
};

const goLive = (state: State, alive: Pick<Alive, "proof" | "trouble" | "channels">, context: Context): Step => {
  const { now, settings } = context;
  return {
    state: {
      ...state,
      phase: { name: "live", liveSince: now.elapsed, provenAt: now, probe: null, ...alive },
      since: shownNow(context),
      alarm: alarmIn(settings.healthCheckIntervalMs, context),
    },
    effects: [{ kind: "gap-ended" }],
  };
};

const proven = (state: State, alive: Alive, context: Context): Step => {
  const { liveSince, provenAt, proof, trouble, channels, probe } = alive;
  return {
    state: {
      ...state,
      phase: { name: "live", liveSince, provenAt, proof, trouble, channels, probe: null },
      // The second answer of two comes while none is waited for: the next probe stays when it was.
      alarm: probe === null ? state.alarm : alarmIn(context.settings.healthCheckIntervalMs, context),
    },
    effects: [],
  };
};

const probe = (state: State, alive: Alive, options: { readonly afterSleep: boolean }, context: Context): Step => {
  const sent = { ...alive, probe: { sentAt: context.now.elapsed, afterSleep: options.afterSleep } };
  const { phase } = state;
  return {
    state: {
      ...state,
      phase:
        phase.name === "silent"
          ? { ...sent, name: "silent", silentSince: phase.silentSince }
          : { ...sent, name: "live" },
      alarm: alarmIn(
        phase.name === "silent" ? context.settings.socketTimeoutMs : context.settings.socketTimeoutMs / 2,
        context,
      ),
    },
    effects: [{ kind: "probe", link: state.link }],
  };
};

const woke = (state: State, context: Context): Step => {
  switch (state.phase.name) {
    case "live":
    case "silent":
      // However often it is said, it does not put off what the first such probe will prove.
      if (state.phase.probe?.afterSleep === true) return { state, effects: [] };
      return probe(state, state.phase, { afterSleep: true }, context);
    case "waiting":
      return state.phase.retryAt === null ? { state, effects: [] } : connect(state, context);
    default:
      return { state, effects: [] };
  }
};

const alarm = (state: State, context: Context): Step => {
  const { phase } = state;
  if (state.alarm === null) return { state, effects: [] };
  const late = context.now.elapsed - state.alarm.dueAt > lateMs;
  const seconds = (ms: number): string => `${Math.round(ms / 100) / 10} seconds`;
  const { settings, heardAt } = context;
  switch (phase.name) {
    case "connecting":
      return failed(state, timeout(`Redis did not answer within ${seconds(settings.connectionTimeoutMs)}.`), context);
    case "subscribing": {
      if (phase.confirmed === null) {
        const waited = seconds(settings.subscriptionTimeoutMs);
        return failed(state, timeout(`Redis did not confirm the subscription within ${waited}.`), context);
      }
      // A message that came is a proof as good as ours, which may still stand in the queue behind many.
      if (heardAt !== null && heardAt.elapsed > phase.confirmed.at)
        return goLive(state, { proof: "publish", trouble: null, channels: phase.confirmed.channels }, context);
      return failed(
        state,
        frozen(`Redis did not return the first probe within ${seconds(settings.socketTimeoutMs)}.`),
        context,
      );
    }
    case "live":
    case "silent": {
      if (phase.probe !== null && heardAt !== null && heardAt.elapsed > phase.probe.sentAt)
        return proven(state, { ...phase, provenAt: heardAt }, context);
      if (phase.probe === null || (late && !phase.probe.afterSleep))
        return probe(state, phase, { afterSleep: late }, context);
      if (phase.name === "live") return fallSilent(state, phase, context);
      return failed(state, frozen(`Redis has not answered for ${seconds(settings.socketTimeoutMs)}.`), context);
    }
    case "waiting":
      return connect(state, context);
    default:
      return { state, effects: [] };
  }
};

const fallSilent = (state: State, alive: Alive, context: Context): Step => ({
  state: {
    ...state,
    phase: { ...alive, name: "silent", silentSince: shownNow(context) },
    alarm: alarmIn(context.settings.socketTimeoutMs / 2, context),
  },
  effects: context.settings.retryOnTimeout ? [{ kind: "probe", link: state.link }] : [],
});

const failed = (state: State, problem: Problem, context: Context): Step => {
  if (!hasLink(state)) return { state, effects: [] };
  const { phase } = state;
  const { now, settings } = context;
  const alive = phase.name === "live" || phase.name === "silent" ? phase : null;
  const attempt = alive !== null && now.elapsed - alive.liveSince >= steadyMs ? 1 : state.attempt + 1;
  const effects = [
    ...closing(state),
    ...deafened(state, alive?.probe?.afterSleep === true ? { kind: "asleep" } : { kind: "lost", problem }, context),
  ];
  const after: State = { ...state, attempt, since: alive === null ? state.since : shownNow(context), alarm: null };
  if (!settings.autoReconnect) {
    if (refusals.has(problem.kind))
      return { state: { ...after, phase: { name: "waiting", cause: problem, retryAt: null } }, effects };
    if (alive !== null || attempt > settings.maxRetries + 1)
      return { state: { ...after, phase: { name: "stopped", cause: problem }, since: shownNow(context) }, effects };
  }
  const wait = backoff({
    baseMs: settings.retryDelayMs,
    capMs: longestWaitMs,
    failures: Math.max(1, attempt - 1),
    random: context.random,
  });
  // An attempt that ran into its timeout has waited already: a server that comes back is not kept waiting twice.
  const waited = alive === null ? Math.max(0, now.elapsed - state.attemptedAt) : 0;
  const next = alarmIn(Math.max(0, wait - waited), context);
  return {
    state: {
      ...after,
      phase: { name: "waiting", cause: problem, retryAt: instantOf(now.wall + next.afterMs) },
      alarm: next,
    },
    effects,
  };
};

const timeout = (message: string): Problem => ({ kind: "redis-timeout", message });
const frozen = (message: string): Problem => ({ kind: "redis-frozen", message });
