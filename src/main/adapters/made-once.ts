import { randomBytes } from "node:crypto";
import { join } from "node:path";
import type { Log } from "../../core/ports.ts";
import { readRegularFileSync } from "./regular-file.ts";
import { writeWholeSync } from "./whole-file.ts";

const madeSo = /^[\w-]{32,64}$/;

const readFrom = (file: string): string | null => {
  try {
    const text = readRegularFileSync(file).toString().trim();
    return madeSo.test(text) ? text : null;
  } catch {
    return null;
  }
};

/**
 * A word that nobody can guess. It is made once and kept in a file of its own, since others remember it; whoever removes the
 * file makes the old one void. `lost` is for the log where it cannot be kept.
 */
const madeOnce = (file: string, { log, lost }: { readonly log: Log; readonly lost: string }): string => {
  const kept = readFrom(file);
  if (kept !== null) return kept;
  const made = randomBytes(24).toString("base64url");
  try {
    writeWholeSync(file, `${made}\n`);
  } catch {
    log.warn(lost);
  }
  return made;
};

/** The secret in the calendar's own address, for programs that cannot send a token: people have put it into their calendars. */
export const calendarToken = (folder: string, log: Log): string =>
  madeOnce(join(folder, "calendar-token"), {
    log,
    lost: "The calendar's secret address cannot be kept: it holds for this run alone.",
  });

/** Which service this is, by whatever address it is reached: windows remember it. */
export const serviceId = (folder: string, log: Log): string =>
  madeOnce(join(folder, "service-id"), {
    log,
    lost: "Which service this is cannot be kept: windows will take it for another one after the next start.",
  });
