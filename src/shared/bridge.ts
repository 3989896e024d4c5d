import { z } from "zod";
import type { CommandName, Input } from "./contract.ts";
import type { Delta } from "./snapshot.ts";

export const viewNames = [
  "overview",
  "matches",
  "people",
  "schedule",
  "calendars",
  "alerts",
  "operations",
  "stream",
  "statistics",
  "checks",
  "settings",
] as const;
export const viewNameSchema = z.enum(viewNames);
export type ViewName = z.infer<typeof viewNameSchema>;

/** What main tells a window. */
export type WindowEvent =
  | { readonly kind: "delta"; readonly delta: Delta }
  /** A notification or the tray asks for a page, perhaps with one thing on it opened (match id, alert id). */
  | { readonly kind: "open"; readonly view: ViewName; readonly id: string | null };

/**
 * All that the preload script exposes, as `window.avspark`. Replies (`Reply`) and events (`WindowEvent`) come as JSON: the
 * bridge between the two worlds copies an object property by property, and thousands of matches would stop the window.
 */
export type Bridge = {
  readonly call: <N extends CommandName>(name: N, input: Input<N>) => Promise<string>;
  readonly subscribe: (listener: (event: string) => void) => () => void;
};
