import { contextBridge, ipcRenderer } from "electron";
import type { Bridge } from "../shared/bridge.ts";

/** All that the window can reach: two functions. Main checks the sender and the schema of every call. */
const bridge: Bridge = {
  call: (name, input) => ipcRenderer.invoke("avspark:call", name, input),
  subscribe: (listener) => {
    const hear = (_: unknown, event: string): void => listener(event);
    ipcRenderer.on("avspark:event", hear);
    return () => void ipcRenderer.off("avspark:event", hear);
  },
};

contextBridge.exposeInMainWorld("avspark", bridge);
