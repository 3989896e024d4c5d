import type { Log } from "../../ports.ts";

const quiet = (): void => undefined;

/** For tests to which what is logged does not matter. */
export const silentLog: Log = { debug: quiet, info: quiet, warn: quiet, error: quiet, part: () => silentLog };
