import { z } from "zod";
import { instantSchema } from "./instant.ts";

/** Why no newer version is looked for. */
const updatesOffSchema = z.enum([
  /** It runs from its sources, or from an archive that somebody has unpacked. */
  "not-installed",
  /** A deb or an rpm: the system brings newer ones. */
  "system",
  /** Nobody named a server when the package was made. */
  "no-server",
  "setting",
]);
export type UpdatesOff = z.infer<typeof updatesOffSchema>;

/** How it stands with newer versions of Avspark. */
export const updatesSchema = z
  .discriminatedUnion("state", [
    z.object({ state: z.literal("off"), why: updatesOffSchema }),
    /** Nobody has looked yet. */
    z.object({ state: z.literal("waiting") }),
    z.object({ state: z.literal("looking") }),
    z.object({ state: z.literal("newest"), at: instantSchema }),
    /** The server has an older one, which does not take this one's place. */
    z.object({ state: z.literal("older"), version: z.string(), at: instantSchema }),
    z.object({ state: z.literal("fetching"), version: z.string() }),
    /** Fetched, and put in place when Avspark ends. */
    z.object({ state: z.literal("ready"), version: z.string() }),
    z.object({ state: z.literal("failed"), at: instantSchema }),
  ])
  .readonly();
export type Updates = z.infer<typeof updatesSchema>;
