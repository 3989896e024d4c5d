import { join } from "node:path";
import { app, type BrowserWindow, powerMonitor, shell } from "electron";
import { type Notice, noticeKeyOf } from "../../core/alerts/notices.ts";
import type { Surroundings } from "../../core/config/layers.ts";
import type { ViewName, WindowEvent } from "../../shared/bridge.ts";
import type { CommandName, Input } from "../../shared/contract.ts";
import { type Language, languageFor } from "../../shared/language.ts";
import { readLink } from "../../shared/link.ts";
import { raise } from "../../shared/problem.ts";
import type { Delta, Health } from "../../shared/snapshot.ts";
import { formatFor } from "../../shared/text/format.ts";
import { alertNotice, matchesNotice, matchNotice, meanwhileNotice } from "../../shared/text/notice.ts";
import { overallStanding, type Wording } from "../../shared/text/sentences.ts";
import { textsFor } from "../../shared/text/texts.ts";
import { systemClock } from "../adapters/clock.ts";
import { type Logging, logFile } from "../adapters/log.ts";
import { callCommand } from "../doors/call.ts";
import { openIpcDoor } from "../doors/ipc.ts";
import { surviveUnforeseen } from "../unforeseen.ts";
import { notForRelease, version } from "../version.ts";
import { createBadge } from "./badge.ts";
import { chooseFolder } from "./choose-folder.ts";
import { createDesk } from "./desk.ts";
import { endWithin } from "./ending.ts";
import { setStartAtLogin } from "./login.ts";
import { setApplicationMenu } from "./menu.ts";
import { createNotifications } from "./notify.ts";
import { noticesOfPackage, updatable } from "./package.ts";
import { createRevival } from "./revive.ts";
import { save } from "./save.ts";
import { isOwnPage, secure } from "./security.ts";
import { isNewsToPerson } from "./told.ts";
import { createTray } from "./tray.ts";
import { createUpdates } from "./updates.ts";
import { assetsOf, createWindow, showWindow, wayToPage } from "./window.ts";

type AppOptions = {
  readonly folder: string;
  readonly environment: Surroundings;
  readonly logging: Logging;
  /** Begin in the tray. */
  readonly hidden: boolean;
};

/** What cannot end within this time, on a disk that answers no more, must not keep the machine from shutting down. */
const quitMs = 10_000;

/** A notice in words, and the page that a click on it opens. Of each key there is one at a time. */
const shownOf = (notice: Notice, wording: Wording) => {
  switch (notice.kind) {
    case "alert": {
      const { key, level, id } = notice.alert;
      return { key, level, ...alertNotice(notice.alert, wording), view: "alerts", id: String(id) } as const;
    }
    case "meanwhile": {
      const words = meanwhileNotice(notice.alerts, wording);
      return { key: "meanwhile", level: "warning", ...words, view: "alerts", id: null } as const;
    }
    case "match": {
      const { matchId } = notice.match;
      const words = matchNotice(notice.match, wording);
      return { key: noticeKeyOf(matchId), level: "warning", ...words, view: "matches", id: matchId } as const;
    }
    case "matches": {
      const words = matchesNotice(notice.matches, wording);
      return { key: "matches", level: "warning", ...words, view: "overview", id: null } as const;
    }
  }
};

/** The app: one window, the tray, notifications, and the service behind them. Only after Electron is ready. */
export const runApp = ({ folder, environment, logging, hidden }: AppOptions) => {
  const { log } = logging;
  const assets = assetsOf();
  let window: BrowserWindow | null = null;
  let tellPage: (event: WindowEvent) => void = () => undefined;
  let quitting = false;
  let health: Health | null = null;
  let waiting = 0;
  let muted = false;
  let startFailed = false;
  /** The service is elsewhere, and not heard. */
  let lost = false;

  const language = (): Language => languageFor(desk.config().AVSPARK_LANGUAGE, app.getPreferredSystemLanguages());
  const wording = () => ({ texts: textsFor(language()), format: formatFor(language()), now: Date.now() });

  const open = (): void => {
    if (window !== null && !window.isDestroyed()) showWindow(window);
  };

  const openAt = (view: ViewName, id: string | null): void => {
    open();
    tellPage({ kind: "open", view, id });
  };

  /** What comes from outside shows something, and does nothing. What it says is no business of the log. */
  const openLink = (link: string): void => {
    const place = readLink(link);
    if (place === null) {
      log.part("app").warn("a link that leads nowhere was ignored");
      open();
    } else {
      openAt(place.view, place.id);
    }
  };

  const run = <N extends CommandName>(name: N, input: Input<N>): void => {
    void desk
      .handlers()
      .then((handlers) => callCommand(handlers, log, name, input))
      .catch((error: unknown) => log.warn("a command from the tray failed", { command: name, error }));
  };

  const revival = createRevival(systemClock.elapsed);
  const notifications = createNotifications({ icon: assets.icon("icon") });

  const notify = (notice: Notice): void => {
    const { view, id, ...shown } = shownOf(notice, wording());
    notifications.show({ ...shown, onClick: () => openAt(view, id) });
  };

  const tray = createTray({
    icon: assets.icon,
    texts: () => wording().texts,
    open,
    openTodo: () => openAt("overview", null),
    syncNow: () => run("syncNow", {}),
    restart: () => run("redisRestart", {}),
    mute: (wanted) => run("mute", { muted: wanted }),
    quit: () => app.quit(),
  });
  const badge = createBadge({ window: () => window, overlay: assets.icon("tray-warning") });
  const showTray = (): void => {
    const { texts } = wording();
    const common = { waiting: startFailed ? 0 : waiting, muted };
    if (startFailed) tray.show({ level: "critical", sentence: texts.desktop.cannotStart, ...common });
    else if (lost) tray.show({ level: "critical", sentence: texts.attached.start, ...common });
    else if (health === null) tray.show({ level: "working", sentence: texts.app.loading, ...common });
    else tray.show({ ...overallStanding({ health, waiting }, wording()), ...common });
    badge.show(common.waiting, texts.today.waiting(common.waiting));
  };

  const onDelta = (delta: Delta): void => {
    tellPage({ kind: "delta", delta });
    startFailed = false;
    health = delta.set.health ?? health;
    muted = delta.set.notificationsMuted ?? muted;
    waiting = delta.set.waiting ?? waiting;
    if (delta.set.attachment !== undefined) lost = delta.set.attachment?.line.state === "lost";
    showTray();
  };

  const updates = createUpdates({
    ...updatable(environment.environment),
    toldFile: join(folder, "update-told"),
    wanted: true,
    clock: systemClock,
    log: log.part("updates"),
    tell: (version) => {
      const { title, body } = wording().texts.desktop.update;
      const onClick = () => openAt("settings", "about");
      notifications.show({ key: "update", level: "info", title, body: body(version), onClick });
    },
  });

  const desk = createDesk({
    folder,
    environment,
    logging,
    preferredLanguages: app.getPreferredSystemLanguages(),
    save: (suggestedName, parts) => save({ window, title: wording().texts.desktop.saveTitle, suggestedName, parts }),
    chooseFolder: () => chooseFolder(window, wording().texts.migration.choose),
    pdf: async () =>
      window === null
        ? raise("not-found", "There is no window whose page could be printed.")
        : window.webContents.printToPDF({ pageSize: "A4", preferCSSPageSize: true, printBackground: true }),
    showLog: async () => shell.showItemInFolder(join(folder, "logs", logFile)),
    quit: () => app.quit(),
    about: {
      about: () => ({ version, forRelease: !notForRelease, updates: updates.state() }),
      notices: noticesOfPackage,
      lookForUpdates: updates.look,
    },
    onDelta,
    onNotice: notify,
    onNoticesOver: (keys) => keys.forEach(notifications.close),
    onResolved: ({ config }) => {
      setStartAtLogin(config.AVSPARK_START_AT_LOGIN, environment.environment);
      logging.setLevel(config.AVSPARK_LOG_LEVEL, null);
      updates.setWanted(config.AVSPARK_UPDATES);
      showTray();
    },
  });

  updates.setWanted(desk.config().AVSPARK_UPDATES);
  secure(assets.page);
  setApplicationMenu();
  showTray();
  openIpcDoor({ handlers: desk.handlers, isTrusted: isOwnPage, log: log.part("app") });
  window = createWindow({
    placeFile: join(folder, "window.json"),
    preload: assets.preload,
    icon: assets.icon("icon"),
    mark: notForRelease ? wording().texts.desktop.notForRelease : null,
    hidden,
    onDied: (reason) => {
      const again = revival.mayRevive();
      log.error("the window's page died", { reason, again });
      return again;
    },
    hangs: wording().texts.desktop.hangs,
    onSessionEnd: () => app.quit(),
    keepOnClose: () => !quitting,
    onKept: () => {
      const { title, body } = wording().texts.desktop.goesOn;
      if (isNewsToPerson(join(folder, "close-told"), "yes"))
        notifications.show({ key: "goes-on", level: "info", title, body, onClick: open });
    },
  });
  tellPage = wayToPage(window);
  void desk
    .start()
    .then(({ service }) => service.snapshot())
    .then(
      (snapshot) => {
        ({ health, notificationsMuted: muted } = snapshot);
        waiting = snapshot.waiting;
        showTray();
      },
      // The log has it, and the window says it. A service elsewhere that has not answered yet tells its deltas when it has.
      () => {
        startFailed = true;
        showTray();
      },
    );
  const stopSurviving = surviveUnforeseen({
    log: log.part("app"),
    tell: (problem) => void desk.current().then((running) => running?.service.unforeseen(problem)),
  });
  powerMonitor.on("shutdown", () => app.quit());
  powerMonitor.on("resume", () => void desk.current().then((running) => running?.service.woke()));

  return {
    /** Shows the window, and what was linked to. */
    open: (link: string | undefined): void => (link === undefined ? open() : openLink(link)),
    /** Ends everything. */
    quit: async (): Promise<void> => {
      quitting = true;
      updates.stop();
      notifications.closeAll();
      await endWithin(desk.stop().then(logging.close), quitMs);
      stopSurviving();
      tray.destroy();
    },
  };
};
export type RunningApp = ReturnType<typeof runApp>;
