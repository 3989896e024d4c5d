import { systemClock } from "./adapters/clock.ts";
import { noSignIns } from "./adapters/google/sign-ins.ts";
import type { ComposeOptions } from "./compose.ts";
import { version } from "./version.ts";

/**
 * What is the same wherever the service runs without a window: nobody signs in, and no notification is shown. The language is
 * asked of a collator, since Intl's other parts read tens of milliseconds of tables to tell the same.
 */
export const headless = {
  version,
  clock: systemClock,
  desktop: null,
  saveSettings: null,
  signIns: noSignIns,
  preferredLanguages: [Intl.Collator().resolvedOptions().locale],
  onNotice: null,
  onNoticesOver: () => undefined,
} satisfies Partial<ComposeOptions>;
