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

// Main sends no more than a few that are not read. Each is said to be read when its turn came, whoever listens.
ipcRenderer.on("avspark:event", (_: unknown, __: unknown, number: unknown) => ipcRenderer.send("avspark:read", number));

contextBridge.exposeInMainWorld("avspark", bridge);
