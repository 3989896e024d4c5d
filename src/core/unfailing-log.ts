import type { Log } from "./ports.ts";

/** A log that never fails those who write to it: what they do matters more than that it is told. */
export const unfailing = (log: Log): Log => {
  const level =
    (write: Log["info"]): Log["info"] =>
    (message, fields) => {
      try {
        write(message, fields);
      } catch {
        // There is nobody left to tell.
      }
    };
  return {
    debug: level(log.debug),
    info: level(log.info),
    warn: level(log.warn),
    error: level(log.error),
    part: (name) => unfailing(log.part(name)),
  };
};
