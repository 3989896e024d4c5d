import { createHash } from "node:crypto";
import type { Instant } from "../../../shared/instant.ts";
import { words } from "./text.ts";

export const sha256 = (text: string): Buffer => createHash("sha256").update(text, "utf8").digest();

/** The fields we own, as wanted or as found in a calendar. */
export type OwnedFields = {
  readonly summary: string;
  /** Without the marker and the notes beneath it. */
  readonly description: string;
  readonly location: string | null;
  readonly start: Instant | null;
  readonly end: Instant | null;
  readonly cancelled: boolean;
};

/**
 * What the owned fields say, whatever dress the server gives them back in. It is written with the event beside the
 * content hash: while what is there still has this seal, nobody has changed it.
 */
export const sealOf = (fields: OwnedFields): string =>
  sha256(
    JSON.stringify([
      words(fields.summary),
      words(fields.description),
      words(fields.location ?? ""),
      fields.start,
      fields.end,
      fields.cancelled,
    ]),
  ).toString("hex");

/** Found's `actual`: the hash that was written while the seal is whole, else a hash of what is there. */
export const actualHash = (options: {
  readonly hash: string | null;
  readonly seal: string | null;
  readonly found: OwnedFields;
}): string => {
  const found = sealOf(options.found);
  return options.hash !== null && options.seal === found ? options.hash : found;
};
