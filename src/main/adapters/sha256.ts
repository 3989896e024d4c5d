import { createHash } from "node:crypto";
import type { Digest } from "../../core/ports.ts";

/** In bytes, as secrets are compared. */
export const sha256Bytes = (text: string): Buffer => createHash("sha256").update(text, "utf8").digest();

export const sha256: Digest = (text) => sha256Bytes(text).toString("hex");
