import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { errorCode } from "../../../core/error-name.ts";
import type { PortProblem } from "../../../core/port-kinds.ts";
import { portError } from "../../../core/port-problem.ts";
import type { Log } from "../../../core/ports.ts";
import { ProblemError } from "../../../shared/problem.ts";

/** What SQLite or the file system says, as a problem. The original words go to the log alone: they may hold paths. */
export const storageProblem = ({
  error,
  folder,
  log,
}: {
  readonly error: unknown;
  readonly folder: string;
  readonly log: Log;
}): ProblemError => {
  if (error instanceof ProblemError) return error;
  const code = errorCode(error) ?? "unknown";
  log.debug("storage failed", { code, reason: error instanceof Error ? error.message : String(error) });
  if (code === "SQLITE_FULL" || isFullDisk(code)) return portError("journal", fullProblem(), error);
  if (code.startsWith("SQLITE_BUSY")) return portError("journal", lockedProblem(), error);
  if (isDamage(code)) return portError("journal", damagedProblem(), error);
  // Quotas and the shared-memory file do not give SQLITE_FULL.
  if (code.startsWith("SQLITE_IOERR") && !hasRoom(folder)) return portError("journal", fullProblem(), error);
  const message = `The journal could not be read or written (${code}).`;
  return portError("journal", { kind: "journal-failed", message }, error);
};

type JournalProblem = PortProblem<"journal">;

export const fullProblem = (): JournalProblem => ({
  kind: "journal-full",
  message: "There is no room left on the disk for the journal.",
});

const lockedProblem = (): JournalProblem => ({
  kind: "journal-locked",
  message: "Another program holds the journal's lock.",
});

export const damagedProblem = (): JournalProblem => ({
  kind: "journal-damaged",
  message: "The journal's file cannot be read any more.",
});

const damageCodes = ["SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_IOERR_SHORT_READ"];

/** The file does not hold what a journal's file holds. */
export const isDamage = (code: string): boolean => damageCodes.some((damage) => code.startsWith(damage));

/** Whether this is what a system says that has no room, or lets this user have no more. */
export const isFullDisk = (code: string | null): boolean => code === "ENOSPC" || code === "EDQUOT";

const probeBytes = 64 * 1024;

/** Asks the file system itself, since SQLite does not tell why a write failed. */
export const hasRoom = (folder: string): boolean => {
  const probe = join(folder, "room.probe");
  try {
    writeFileSync(probe, new Uint8Array(probeBytes), { mode: 0o600 });
    return true;
  } catch (error) {
    return !isFullDisk(errorCode(error));
  } finally {
    rmSync(probe, { force: true });
  }
};
