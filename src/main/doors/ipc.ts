import { ipcMain, type WebContents, type WebFrameMain } from "electron";
import type { Log } from "../../core/ports.ts";
import type { WindowEvent } from "../../shared/bridge.ts";
import type { Handlers } from "../../shared/contract.ts";
import { callCommand } from "./call.ts";
import { problemOf, traceOf } from "./problem.ts";

type IpcDoorOptions = {
  /** The service may be replaced while the window stands. Rejects with ProblemError while there is none. */
  readonly handlers: () => Promise<Handlers>;
  readonly isTrusted: (frame: WebFrameMain | null) => boolean;
  readonly log: Log;
};

/** One handler for all of IPC: only our own page's main frame may call, and every call is checked by the contract. */
export const openIpcDoor = ({ handlers, isTrusted, log }: IpcDoorOptions): (() => void) => {
  ipcMain.handle("avspark:call", async (event, name: unknown, input: unknown) => {
    if (!isTrusted(event.senderFrame)) {
      log.warn("a call from a strange frame was refused");
      return { ok: false, problem: { kind: "origin-refused", message: "Only Avspark's own window may call." } };
    }
    try {
      return await callCommand(await handlers(), log, name, input);
    } catch (error) {
      const { problem, unforeseen } = problemOf(error);
      if (unforeseen) log.error("the service could not be reached", traceOf(error));
      return { ok: false, problem };
    }
  });
  return () => ipcMain.removeHandler("avspark:call");
};

export const sendToWindow = (contents: WebContents, event: WindowEvent): void => {
  if (!contents.isDestroyed() && !contents.isCrashed()) contents.send("avspark:event", event);
};
