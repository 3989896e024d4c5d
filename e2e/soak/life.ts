import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import type { Page } from "@playwright/test";
import { launchApp, type RunningApp } from "../fixtures/app.ts";
import { signalTree } from "./processes.ts";

/** A disk that is full, or a server that does not answer, holds up an app that quits for ten seconds at most. */
const quitWithinMs = 20_000;

/** The app over all its lives: it is killed, quits and starts again on the same folder. */
export const createLives = (options: {
  readonly env: Readonly<Record<string, string>>;
  readonly dataDir: string;
  /** Something that no window should say. */
  readonly onComplaint: (complaint: string) => void;
}) => {
  let running: (RunningApp & { readonly child: ChildProcess }) | null = null;
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

  const start = async (): Promise<void> => {
    const { env, dataDir, onComplaint } = options;
    const born = await launchApp({ env, dataDir, quitWithinMs });
    const { app, window } = born;
    window.on("pageerror", (error) => onComplaint(`the window threw ${error.name}: ${error.message}`));
    window.on("console", (message) => {
      if (message.type() === "error") onComplaint(`the window's console: ${message.text()}`);
    });
    await app.evaluate(({ shell }) => {
      Object.assign(shell, { openExternal: async () => undefined });
    });
    if (aheadMs !== 0) await setClock(born);
    const child = app.process();
    running = { ...born, child };
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
    pageDies: (): Promise<void> =>
      current().app.evaluate(
        ({ BrowserWindow }) =>
          new Promise((resolve) => {
            const contents = BrowserWindow.getAllWindows()[0]?.webContents;
            contents?.once("render-process-gone", () => contents.once("did-finish-load", () => resolve()));
            contents?.forcefullyCrashRenderer();
          }),
      ),
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
    /** null while it does not run. */
    window: (): Page | null => running?.window ?? null,
    pid: (): number | null => running?.child.pid ?? null,
  };
};
export type Lives = ReturnType<typeof createLives>;
