import { z } from "zod";
import { readNoticed } from "../../core/alerts/match-news.ts";
import type { Clock, Log } from "../../core/ports.ts";
import { unsentSchema } from "../../shared/attachment.ts";
import { readRegularFileSync } from "../adapters/regular-file.ts";
import { writeWholeSync } from "../adapters/whole-file.ts";

/** Kept with what is needed to send it once more: its input, and the key by which the service knows it again. */
const keptSchema = z.object({ shown: unsentSchema, input: z.looseObject({}), key: z.string() }).readonly();
export type Kept = z.infer<typeof keptSchema>;

const tasteSchema = z.object({
  /** Up to which change of which service a person has looked. */
  seen: z.object({ service: z.string(), changeId: z.int() }).readonly().nullable().default(null),
  putOff: z
    .array(z.union([z.int(), z.string()]))
    .readonly()
    .default([]),
  /** What waited in near matches when a person last could know of it; as the journal of a service keeps it. */
  noticed: z.string().nullable().default(null),
  unsent: z.array(keptSchema).readonly().default([]),
});
type Taste = z.infer<typeof tasteSchema>;

const read = (file: string): Taste => {
  try {
    return tasteSchema.parse(JSON.parse(readRegularFileSync(file).toString()));
  } catch {
    // At the first start there is none, and what cannot be read is of what nobody misses for long.
    return tasteSchema.parse({});
  }
};

/** What changes with the matches is written no more often than this: the disk takes its time. */
const lateMs = 2000;

/** What belongs to a window on a service elsewhere and not to that service, in a file of its own. */
export const openTaste = (
  file: string,
  { log, clock }: { readonly log: Log; readonly clock: Pick<Clock, "after"> },
) => {
  let taste = read(file);
  let cancel: (() => void) | null = null;
  const write = (): void => {
    cancel?.();
    cancel = null;
    try {
      writeWholeSync(file, `${JSON.stringify(taste)}\n`);
    } catch {
      log.warn("what belongs to this window cannot be kept for the next start");
    }
  };
  return {
    get: (): Taste => taste,
    noticed: () => readNoticed(taste.noticed ?? undefined),
    /** What a person wrote is on the disk at once, the rest soon. */
    set: (changes: Partial<Taste>): void => {
      taste = { ...taste, ...changes };
      if (changes.unsent !== undefined) write();
      else cancel ??= clock.after(lateMs, write);
    },
    stop: (): void => {
      if (cancel !== null) write();
    },
  };
};
export type TasteFile = ReturnType<typeof openTaste>;
