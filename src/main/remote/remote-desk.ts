import { createNotices, type Notice, noticeKeyOf } from "../../core/alerts/notices.ts";
import type { Resolved } from "../../core/config/resolve.ts";
import { createRepeater } from "../../core/every.ts";
import type { Clock, Log } from "../../core/ports.ts";
import type { Desktop } from "../../core/service/desktop.ts";
import { appHandlers } from "../../core/service/handlers/app.ts";
import { settingsHandlers } from "../../core/service/handlers/settings.ts";
import { type TrySetting, trialHandlers } from "../../core/service/handlers/trials.ts";
import { strandedHandlers } from "../../core/service/stranded.ts";
import type { Attachment } from "../../shared/attachment.ts";
import type { Setting } from "../../shared/config.ts";
import { contract, type Handlers } from "../../shared/contract.ts";
import { matchesWaiting } from "../../shared/desk.ts";
import { instantOf } from "../../shared/instant.ts";
import { ProblemError } from "../../shared/problem.ts";
import type { Hello } from "../../shared/protocol.ts";
import { may } from "../../shared/role.ts";
import { type Delta, noNews, type Snapshot } from "../../shared/snapshot.ts";
import { formatFor } from "../../shared/text/format.ts";
import { windowSettings } from "../../shared/window-settings.ts";
import type { Behind } from "../behind.ts";
import { createCommands } from "./commands.ts";
import { createFollow } from "./follow.ts";
import { createLine, type LineState } from "./line.ts";
import { createMirror, type Mirror } from "./mirror.ts";
import { alertNews } from "./news.ts";
import type { TasteFile } from "./taste.ts";
import type { Way } from "./way.ts";

type RemoteOptions = {
  readonly way: Way;
  readonly resolved: Resolved;
  readonly clock: Clock;
  readonly log: Log;
  readonly desktop: Desktop;
  readonly taste: TasteFile;
  readonly trySetting: TrySetting;
  readonly onNotice: (notice: Notice) => void;
  readonly onNoticesOver: (keys: readonly string[]) => void;
};

const tickMs = 30_000;
/** A window shows that it loads for so long before it says that the service does not answer. */
const firstMs = 3000;
/** A service that has not begun anew by then says itself why. */
const anewMs = 20_000;
const stockholm = formatFor("sv");

/**
 * A window's service, elsewhere: the same shape as the one in this process. What it shows is mirrored here, so that the
 * window asks this process alone and sees how things stood last when the line is lost; what it does goes there.
 */
export const createRemoteDesk = async (options: RemoteOptions): Promise<Behind> => {
  const { way, clock, log, desktop, taste } = options;
  const listeners = new Set<(delta: Delta) => void>();
  let { resolved } = options;
  let mirror: Mirror | null = null;
  let service: Hello["service"] | null = null;
  let role: Hello["role"] = null;
  /** Which of the service's runs is followed. */
  let run: Hello["run"] = "";
  /** They wait for the service to begin anew. */
  const waitingForRun = new Set<() => void>();
  let lineState: Attachment["line"] | null = null;
  /** Whether the service, of the version that it has, has said what only a newer window can read. */
  let newer = false;
  let version: Hello["version"] | null = null;
  let muted = false;
  let settled: () => void = () => undefined;
  // A window that was on another service before finds no number that follows.
  let seq = Math.floor(clock.random() * 2 ** 40);

  const attachment = (): Attachment => ({
    address: line.address() ?? way.addresses[0] ?? "",
    line: lineState ?? { state: "lost", since: instantOf(clock.now()), problem: line.problem() },
    role,
    newer,
    unsent: commands.unsent(),
  });
  const seenChangeId = (): number => {
    const { seen } = taste.get();
    return seen !== null && seen.service === service ? seen.changeId : 0;
  };
  const settings = (): readonly Setting[] => {
    const own = resolved.settings.filter(({ name }) => windowSettings.has(name));
    const theirs = (mirror?.settings() ?? []).filter(({ name }) => !windowSettings.has(name));
    // A service that says nothing of roles has its settings where it runs alone.
    const isTheirs = role === null || !may(role, contract.saveSettings.role);
    return [...own, ...theirs.map((setting) => ({ ...setting, locked: isTheirs || setting.locked }))];
  };
  /** Nobody need see the moment before the first word. */
  const first = new Promise<void>((resolve) => {
    settled = resolve;
  });

  /** What the service says of such things is another window's. */
  const ownParts = () => ({ settings: settings(), seenChangeId: seenChangeId(), notificationsMuted: muted });

  const tell = (delta: Partial<Delta>): void => {
    seq += 1;
    for (const listener of listeners) listener({ ...noNews, ...delta, seq });
  };
  const tellAttachment = (): void => tell({ set: { attachment: attachment() } });

  const notices = createNotices({
    rules: () => ({
      notify: resolved.config.AVSPARK_NOTIFY,
      matchHours: resolved.config.AVSPARK_NOTIFY_MATCHES,
      quietHours: resolved.config.AVSPARK_QUIET_HOURS,
      muted,
      stockholmTime: stockholm.time(clock.now()),
    }),
    alerts: () => mirror?.alerts() ?? [],
    waiting: () => matchesWaiting(mirror?.items() ?? []),
    now: clock.now,
    putOff: taste.get().putOff,
    noticed: taste.noticed(),
    onPutOff: (putOff) => taste.set({ putOff }),
    onNoticed: (noticed) => taste.set({ noticed: JSON.stringify(noticed) }),
    show: options.onNotice,
    onMatchesOver: (matchIds) => options.onNoticesOver(matchIds.map(noticeKeyOf)),
  });
  /** `before`: the alerts that were known; null: nobody knows what of them is news. */
  const notice = (before: ReturnType<Mirror["alerts"]> | null): void => {
    if (mirror === null) return;
    const { news, over } = before === null ? { news: [], over: [] } : alertNews(before, mirror.alerts());
    for (const alert of news) notices.news(alert);
    if (over.length > 0) options.onNoticesOver(over);
    notices.matches();
  };

  const line = createLine({
    addresses: way.addresses,
    follow: createFollow(way),
    clock,
    onWhole: (snapshot, { hello, unread }) => {
      const before = service === hello.service ? (mirror?.alerts() ?? null) : null;
      // What one version of it says is nothing against the next.
      if (hello.version !== version) newer = false;
      noteUnread(unread);
      ({ service, role, run, version } = hello);
      mirror = createMirror(snapshot);
      // No delta has this number: the window finds a hole, and takes a snapshot.
      seq += 1;
      const { health, waiting } = snapshot;
      tell({ set: { health, waiting, ...ownParts(), attachment: attachment() } });
      notice(before);
      for (const look of waitingForRun) look();
    },
    onDelta: (delta, unread) => {
      const before = mirror?.alerts() ?? null;
      if (mirror?.take(delta) !== true) return;
      if (unread > 0 && !newer) {
        noteUnread(unread);
        tellAttachment();
      }
      const { settings: told, seenChangeId: _, notificationsMuted: __, attachment: ___, ...set } = delta.set;
      tell({ ...delta, set: { ...set, ...(told !== undefined && { settings: settings() }) } });
      if (delta.set.alerts !== undefined || delta.todo.length > 0) notice(before);
    },
    onState: (state) => {
      settled();
      if (!note(state)) return;
      if (state.state === "lost") commands.lost();
      tellAttachment();
    },
  });

  /** Whether that is another state than before. A line that stays lost is so since it was lost. */
  const note = (state: LineState): boolean => {
    const before = lineState;
    if (state.state === "live") {
      lineState = { state: "live", since: instantOf(clock.now()) };
      log.info("the service elsewhere is followed");
      return true;
    }
    const { problem } = state;
    const since = before?.state === "lost" ? before.since : instantOf(clock.now());
    lineState = { state: "lost", since, problem };
    const isSame = before?.state === "lost" && before.problem.message === problem.message;
    if (!isSame) log.warn("the service elsewhere is not heard", { kind: problem.kind });
    return !isSame;
  };
  const noteUnread = (unread: number): void => {
    if (unread > 0 && !newer) log.warn("the service says things that only a newer version can read");
    newer ||= unread > 0;
  };

  const commands = createCommands({ way, line, taste, clock, onUnsent: tellAttachment });
  const own = settingsHandlers({ resolved: () => resolved, save: desktop.saveSettings });
  /** A service that begins anew is waited for: what is asked next is for the one that has the new settings. */
  const begunAnew = (before: Hello["run"]): Promise<void> =>
    new Promise((resolve) => {
      const over = (): void => {
        cancel();
        waitingForRun.delete(look);
        resolve();
      };
      const look = (): void => {
        if (run !== before) over();
      };
      const cancel = clock.after(anewMs, over);
      waitingForRun.add(look);
    });
  const trials = trialHandlers({ resolved: () => resolved, trySetting: options.trySetting });
  const handlers: Handlers = {
    ...commands.handlers,
    ...appHandlers({ desktop }),
    snapshot: async () => ({ snapshot: snapshot() }),
    mute: async (input) => {
      ({ muted } = input);
      tell({ set: { notificationsMuted: muted } });
      return { message: muted ? "Notifications are off" : "Notifications are on" };
    },
    markSeen: async ({ changeId }) => {
      if (service !== null) taste.set({ seen: { service, changeId: Math.max(changeId, seenChangeId()) } });
      tell({ set: { seenChangeId: seenChangeId() } });
      return { message: "Remembered" };
    },
    saveSettings: async ({ values: wanted, sessionOnly }) => {
      const entries = Object.entries(wanted);
      const isOwn = ([name]: readonly [string, unknown]): boolean => [...windowSettings].some((one) => one === name);
      const theirs = entries.filter((entry) => !isOwn(entry));
      const before = run;
      const values = Object.fromEntries(theirs);
      const given = theirs.length > 0 ? await commands.give("saveSettings", { values, sessionOnly }) : null;
      if (given?.beginsAnew === true) await begunAnew(before);
      const ours = Object.fromEntries(entries.filter(isOwn));
      if (Object.keys(ours).length > 0) await own.saveSettings({ values: ours, sessionOnly });
      return { message: "Saved", settings: settings(), beginsAnew: false };
    },
    testSetting: (input) =>
      input.what === "service" ? trials.testSetting(input) : commands.give("testSetting", input),
  };
  /** Before anything is known of the service, all that can be done is to mend the way to it. */
  const stranded = (): Handlers => ({
    ...strandedHandlers({ problem: line.problem(), resolved: () => resolved, desktop }),
    ...trials,
  });

  const snapshot = (): Snapshot => {
    if (mirror === null) throw new ProblemError(line.problem());
    return { ...mirror.snapshot(), ...ownParts(), seq, attachment: attachment() };
  };

  const repeater = createRepeater(clock);
  repeater.every(tickMs, notices.matches);
  line.start();
  const stopWaiting = clock.after(firstMs, settled);
  await first;
  stopWaiting();
  return {
    service: {
      get handlers() {
        return mirror === null ? stranded() : handlers;
      },
      snapshot,
      subscribe: (listener) => {
        listeners.add(listener);
        // What was said before nobody heard: with a number that does not follow, it finds a hole.
        seq += 1;
        tellAttachment();
        return () => void listeners.delete(listener);
      },
      setResolved: (next) => {
        resolved = next;
        tell({ set: { settings: settings() } });
      },
      unforeseen: (problem) => log.error("something failed that nobody had thought of", { kind: problem.kind }),
      woke: line.anew,
    },
    stop: async () => {
      repeater.stop();
      line.stop();
      commands.lost();
      taste.stop();
    },
  };
};
