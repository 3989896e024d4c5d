import type { Config } from "../../shared/config.ts";
import type { Connection, GapCause } from "../../shared/connection.ts";
import type { Problem } from "../../shared/problem.ts";
import { createAbort } from "../abort.ts";
import { errorTrail } from "../error-name.ts";
import { laterOf, type Moment, momentOf } from "../moment.ts";
import { problemFrom } from "../port-problem.ts";
import type { Clock, Link, LinkEvents, Log, StreamLink, SubscribedChannels, Subscription } from "../ports.ts";
import { step } from "./connection.ts";
import { connectionLog } from "./connection-log.ts";
import {
  type Alarm,
  type ConnectionSettings,
  connectionOf,
  type Effect,
  type Event,
  initialState,
} from "./connection-state.ts";
import type { GapEvent } from "./gaps.ts";

export const subscribedChannels = (config: Config): SubscribedChannels => {
  // Where the channels are not wanted, a stream may be all that is listened to.
  if (!config.REDIS_PUBSUB_ENABLED) return { required: [], extra: [] };
  const required = [
    config.REDIS_MATCH_UPDATES_CHANNEL,
    config.REDIS_PROCESSOR_STATUS_CHANNEL,
    config.REDIS_SYSTEM_ALERTS_CHANNEL,
  ];
  return {
    required: [...new Set(required)],
    extra: config.AVSPARK_EXTRA_MATCH_CHANNELS.filter((channel) => !required.includes(channel)),
  };
};

export type SubscriberOptions = {
  readonly subscription: Subscription;
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: ConnectionSettings;
  readonly channels: SubscribedChannels;
  /** On the receive path: it must only take the message and return. */
  readonly onMessage: (channel: string, payload: Uint8Array, receivedAt: number) => void;
  readonly onMark?: LinkEvents["onMark"];
  /** The stream of the link that is subscribed; null when that is gone. */
  readonly onStream?: (stream: StreamLink | null) => void;
  readonly onState: (connection: Connection) => void;
  readonly onGap: (event: GapEvent) => void;
};

export type Subscriber = {
  readonly start: () => void;
  readonly stop: (cause?: GapCause) => void;
  /** Redis is not wanted: nothing is heard, and that is no gap. */
  readonly disable: () => void;
  /** Resolves when the first attempt has come to something: live, or not. */
  readonly restart: () => Promise<Connection>;
  /** The machine was asleep. */
  readonly woke: () => void;
  readonly state: () => Connection;
  /** Until when nothing can have been missed; null while deaf. Worth keeping for the next run. */
  readonly provenAt: () => number | null;
};

type Attempt = { readonly id: number; readonly abort: () => void; link: Link | null };

/** Carries out what the state machine (connection.ts) decides, over the Subscription port. */
export const createSubscriber = (options: SubscriberOptions): Subscriber => {
  const { subscription, clock, log, settings } = options;
  let state = initialState(momentOf(clock));
  let seen = connectionOf(state);
  let heardAt: Moment | null = null;
  let attempt: Attempt | null = null;
  let cancelAlarm: (() => void) | null = null;
  const waiters: ((connection: Connection) => void)[] = [];
  const tell = connectionLog(log);
  const events: Event[] = [];
  let busy = false;

  /** One event at a time, whatever the callbacks do. */
  const dispatch = (event: Event): void => {
    events.push(event);
    if (busy) return;
    busy = true;
    try {
      for (let next = events.shift(); next !== undefined; next = events.shift()) take(next);
    } finally {
      busy = false;
    }
  };

  const take = (event: Event): void => {
    const before = state;
    const result = step(state, event, { now: momentOf(clock), random: clock.random(), heardAt, settings });
    state = result.state;
    if (state.alarm !== before.alarm) arm(state.alarm);
    for (const effect of result.effects) carryOut(effect);
    show(connectionOf(state));
  };

  const arm = (alarm: Alarm | null): void => {
    cancelAlarm?.();
    cancelAlarm = alarm === null ? null : clock.after(alarm.afterMs, () => dispatch({ kind: "alarm" }));
  };

  const carryOut = (effect: Effect): void => {
    switch (effect.kind) {
      case "open":
        open(effect.link);
        return;
      case "close":
        close();
        return;
      case "subscribe":
        report(
          effect.link,
          (link) => link.subscribe(options.channels),
          (channels) => {
            const stream = attempt?.id === effect.link ? attempt.link?.stream : null;
            dispatch({ kind: "subscribed", link: effect.link, channels });
            if (stream) options.onStream?.(stream);
          },
        );
        return;
      case "probe":
        report(
          effect.link,
          (link) => link.probe(),
          (answer) => {
            dispatch({ kind: "probed", link: effect.link, answer });
          },
        );
        return;
      case "gap-began":
      case "gap-ended":
        options.onGap(effect);
        return;
    }
  };

  const open = (id: number): void => {
    const abort = createAbort();
    const mine: Attempt = { id, abort: abort.abort, link: null };
    attempt = mine;
    const onMessage = (channel: string, payload: Uint8Array): void => {
      if (attempt !== mine) return;
      heardAt = momentOf(clock);
      try {
        options.onMessage(channel, payload, heardAt.wall);
      } catch (error) {
        log.error("A message could not be taken.", { channel, error: errorTrail(error) });
      }
    };
    const onMark = (mark: string): void => {
      if (attempt === mine) options.onMark?.(mark);
    };
    const onLost = (problem: Problem): void => dispatch({ kind: "failed", link: id, problem });
    const onChanged = (): void => dispatch({ kind: "changed", link: id });
    subscription.open({ onMessage, onMark, onChanged, onLost }, abort.signal).then(
      (link) => {
        if (attempt !== mine) return link.close();
        mine.link = link;
        dispatch({ kind: "opened", link: id });
      },
      (error: unknown) => dispatch({ kind: "failed", link: id, problem: problemOf(error, log) }),
    );
  };

  const close = (): void => {
    const closing = attempt;
    attempt = null;
    options.onStream?.(null);
    closing?.abort();
    closing?.link?.close();
  };

  const report = <T>(id: number, act: (link: Link) => Promise<T>, done: (value: T) => void): void => {
    if (attempt?.id !== id || attempt.link === null) return;
    act(attempt.link).then(done, (error: unknown) => {
      dispatch({ kind: "failed", link: id, problem: problemOf(error, log) });
    });
  };

  const show = (connection: Connection): void => {
    if (!settling.has(connection.state)) for (const done of waiters.splice(0)) done(connection);
    if (JSON.stringify(connection) === JSON.stringify(seen)) return;
    tell(seen, connection);
    seen = connection;
    options.onState(connection);
  };

  return {
    start: () => dispatch({ kind: "start" }),
    stop: (cause = { kind: "not-running" }) => dispatch({ kind: "stop", cause }),
    disable: () => dispatch({ kind: "disable" }),
    restart: () =>
      new Promise((resolve) => {
        waiters.push(resolve);
        dispatch({ kind: "restart" });
      }),
    woke: () => dispatch({ kind: "woke" }),
    state: () => seen,
    provenAt: () => {
      const { phase } = state;
      return phase.name === "live" || phase.name === "silent" ? laterOf(phase.provenAt, heardAt).wall : null;
    },
  };
};

/** States that come to something by themselves, and soon: each has its timeout. */
const settling: ReadonlySet<Connection["state"]> = new Set(["connecting", "subscribing"]);

const problemOf = (error: unknown, log: Log): Problem =>
  problemFrom(["subscription"], error, log) ?? {
    kind: "internal",
    message: "The Redis connection failed in an unexpected way.",
  };
