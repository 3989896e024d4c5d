import type { Service } from "../core/service/service.ts";

/** What stands behind the app's window: the service in this process, or one elsewhere. */
export type Behind = {
  readonly service: Pick<Service, "handlers" | "subscribe" | "snapshot" | "setResolved" | "unforeseen" | "woke">;
  readonly stop: () => Promise<void>;
};
