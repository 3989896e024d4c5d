import { randomBytes } from "node:crypto";
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
 * The secret in the calendar's own address, for programs that cannot send a token. It is made once and kept, since people have
 * put it into their calendars; whoever removes the file makes the old address void.
 */
export const calendarToken = (file: string, log: Log): string => {
  const kept = readFrom(file);
  if (kept !== null) return kept;
  const made = randomBytes(24).toString("base64url");
  try {
    writeWholeSync(file, `${made}\n`);
  } catch {
    log.warn("The calendar's secret address cannot be kept: it holds for this run alone.");
  }
  return made;
};
