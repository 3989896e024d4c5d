import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { MatchRecord } from "../../src/core/matches/record.ts";
import { type GoogleOptions, primaryCalendar, startGoogle } from "../stand-ins/google-calendar/server.ts";
import { openEngine, type RunningEngine } from "./engine.ts";
import { createTarget } from "./targets.ts";

export const calendarId = primaryCalendar;

/** A stand-in of Google, and the predecessor's token file for it, for one test. */
export const googleFor = async (options: GoogleOptions = {}) => {
  const google = await startGoogle(options);
  onTestFinished(google.stop);
  const folder = await mkdtemp(join(tmpdir(), "avspark-google-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const tokenFile = join(folder, "token.json");
  await writeFile(tokenFile, JSON.stringify(google.tokenFile()));

  const target = (
    at: {
      readonly apiRoot?: string;
      readonly calendarId?: string;
      readonly tag?: string;
      readonly timeoutMs?: number;
    } = {},
  ) => {
    const made = createTarget({ kind: "google", apiRoot: google.url, calendarId, tokenFile, ...at });
    onTestFinished(made.close);
    return made;
  };

  /** The engine as it runs in the service, on a journal of its own. */
  const engine = async (
    records: readonly MatchRecord[],
    at: Parameters<typeof target>[0] = {},
  ): Promise<RunningEngine> => {
    const running = await openEngine({ folder, targets: [target(at)] });
    onTestFinished(running.close);
    running.engine.start(records);
    return running;
  };

  return { google, folder, tokenFile, target, engine };
};
