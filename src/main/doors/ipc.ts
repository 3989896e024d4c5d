import { ipcMain, type WebContents, type WebFrameMain } from "electron";
import type { Log } from "../../core/ports.ts";
import type { WindowEvent } from "../../shared/bridge.ts";
import type { CommandName, Handlers, Reply } from "../../shared/contract.ts";
import { failed } from "../../shared/problem.ts";
import { callCommand } from "./call.ts";
import { problemOf, traceOf } from "./caught.ts";
import { createUnread } from "./unread.ts";

type IpcDoorOptions = {
  /** The service may be replaced while the window stands. Rejects with ProblemError while there is none. */
  readonly handlers: () => Promise<Handlers>;
  readonly isTrusted: (frame: WebFrameMain | null) => boolean;
  readonly log: Log;
};

/** One handler for all of IPC: only our own page's main frame may call, and every call is checked by the contract. */
export const openIpcDoor = ({ handlers, isTrusted, log }: IpcDoorOptions): (() => void) => {
  const answer = async (frame: WebFrameMain | null, name: unknown, input: unknown): Promise<Reply<CommandName>> => {
    if (!isTrusted(frame)) {
      log.warn("a call from a strange frame was refused");
      return failed("origin-refused", "Only Avspark's own window may call.");
    }
    try {
      return await callCommand(await handlers(), log, name, input);
    } catch (error) {
      const { problem, unforeseen } = problemOf(error);
      if (unforeseen) log.error("the service could not be reached", traceOf(error));
      return { ok: false, problem };
    }
  };
  ipcMain.handle("avspark:call", async (event, name: unknown, input: unknown) =>
    JSON.stringify(await answer(event.senderFrame, name, input)),
  );
  return () => ipcMain.removeHandler("avspark:call");
};

/** The way to the page of a window, which tells what it has read. */
export const openWayTo = (
  contents: WebContents,
  isTrusted: IpcDoorOptions["isTrusted"],
): ((event: WindowEvent) => void) => {
  const unread = createUnread((event, number) => {
    if (!contents.isDestroyed() && !contents.isCrashed()) contents.send("avspark:event", JSON.stringify(event), number);
  });
  contents.ipc.on("avspark:read", ({ senderFrame }, number: unknown) => {
    if (isTrusted(senderFrame) && typeof number === "number") unread.hasRead(number);
  });
  contents.on("did-finish-load", unread.beginsAnew);
  return unread.tell;
};
