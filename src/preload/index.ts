import { contextBridge } from "electron";

contextBridge.exposeInMainWorld("avspark", {});
