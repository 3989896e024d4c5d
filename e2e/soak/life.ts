import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { chromium, type Page } from "@playwright/test";
import { launchApp, type RunningApp } from "../fixtures/app.ts";
import { signalTree } from "./processes.ts";

/** A disk that is full, or a server that does not answer, holds up an app that quits for ten seconds at most. */
const quitWithinMs = 20_000;

/** A machine with much else to do takes its time. */
const connectWithinMs = 120_000;

/**
 * The window whose page has died and was opened anew. Playwright never speaks again with a page that it has seen die, so it
 * looks at the window through a line of its own, which ends with the app.
 */
const windowAfterDeath = async ({ app }: RunningApp): Promise<Page> => {
  const folder = await app.evaluate(({ app: electron }) => electron.getPath("userData"));
  const [port = ""] = (await readFile(join(folder, "DevToolsActivePort"), "utf8")).split("\n");
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`, { timeout: connectWithinMs });
  const page = browser.contexts().flatMap((context) => context.pages())[0];
  if (page === undefined) throw new Error("The window has no page.");
  return page;
};

/** The app over all its lives: it is killed, quits and starts again on the same folder. */
export const createLives = (options: {
  readonly env: Readonly<Record<string, string>>;
  readonly dataDir: string;
  /** Something that no window should say. */
  readonly onComplaint: (complaint: string) => void;
}) => {
  let running: (RunningApp & { readonly child: ChildProcess; readonly page: Page | null }) | null = null;
  let aheadMs = 0;

  const current = (): NonNullable<typeof running> => {
    if (running === null) throw new Error("The app does not run.");
    return running;
  };

  const setClock = ({ app }: RunningApp): Promise<void> =>
    app.evaluate((_electron, ms) => {
      const original: () => number = Reflect.get(globalThis, "clockOfTheMachine") ?? Date.now;
      Object.assign(globalThis, { clockOfTheMachine: original });
      Date.now = () => original() + ms;
    }, aheadMs);

  const listenTo = (window: Page): void => {
    const { onComplaint } = options;
    window.on("pageerror", (error) => onComplaint(`the window threw ${error.name}: ${error.message}`));
    window.on("console", (message) => {
      if (message.type() === "error") onComplaint(`the window's console: ${message.text()}`);
    });
  };

  const start = async (): Promise<void> => {
    const { env, dataDir, onComplaint } = options;
    const born = await launchApp({ env, dataDir, quitWithinMs });
    const { app, window } = born;
    listenTo(window);
    await app.evaluate(({ shell }) => {
      Object.assign(shell, { openExternal: async () => undefined });
    });
    if (aheadMs !== 0) await setClock(born);
    const child = app.process();
    running = { ...born, child, page: window };
    child.once("exit", (code, signal) => {
      if (running?.child === child) onComplaint(`the app ended by itself: ${signal ?? code}`);
    });
  };

  const quit = async (): Promise<void> => {
    const ending = current();
    running = null;
    await ending.close();
  };

  return {
    start,
    quit,
    /** Whatever has become of it. */
    end: async (): Promise<void> => {
      if (running !== null) signalTree(running.child.pid ?? 0, "SIGCONT");
      await quit().catch((error: unknown) => options.onComplaint(`it did not end: ${String(error)}`));
    },
    /** kill -9 */
    kill: async (): Promise<void> => {
      const ending = current();
      running = null;
      const ended = once(ending.child, "exit");
      ending.child.kill("SIGKILL");
      await ended;
      await ending.close();
    },
    /** The page dies and the app opens it anew; answers when it is there. */
    pageDies: async (): Promise<void> => {
      const living = { ...current(), page: null };
      running = living;
      await living.app.evaluate(
        ({ BrowserWindow }) =>
          new Promise<void>((resolve) => {
            const contents = BrowserWindow.getAllWindows()[0]?.webContents;
            contents?.once("render-process-gone", () => contents.once("did-finish-load", () => resolve()));
            contents?.forcefullyCrashRenderer();
          }),
      );
      const window = await windowAfterDeath(living);
      listenTo(window);
      running = { ...living, page: window };
    },
    /** How far the app's clock is ahead of the machine's. */
    clockIs: async (ms: number): Promise<void> => {
      aheadMs = ms;
      const set = running;
      if (set === null) return;
      try {
        await setClock(set);
      } catch (error) {
        // One that ended meanwhile has no clock any more; the next is born with it.
        if (set === running) throw error;
      }
    },
    fallsAsleep: async (): Promise<void> => {
      const { app, child } = current();
      await app.evaluate(({ powerMonitor }) => void powerMonitor.emit("suspend"));
      signalTree(child.pid ?? 0, "SIGSTOP");
    },
    wakes: async (): Promise<void> => {
      const { app, child } = current();
      signalTree(child.pid ?? 0, "SIGCONT");
      await app.evaluate(({ powerMonitor }) => void powerMonitor.emit("resume"));
    },
    /** null while it does not run, or is loaded anew. */
    window: (): Page | null => running?.page ?? null,
    pid: (): number | null => running?.child.pid ?? null,
  };
};
export type Lives = ReturnType<typeof createLives>;
