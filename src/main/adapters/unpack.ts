import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate, inflateRaw } from "node:zlib";
import { errorCode } from "../../core/error-name.ts";

/** The codings of a body that we ask for and can undo (RFC 9110, section 8.4.1). */
export const acceptedCodings = "gzip, deflate, br";

export type Unpacked =
  | { readonly ok: true; readonly body: Buffer }
  | { readonly ok: false; readonly why: "unknown-coding" | "broken" | "too-large" };

type Undo = (body: Buffer, options: { readonly maxOutputLength: number }) => Promise<Buffer>;

const undoInflate = promisify(inflate);
const undoInflateRaw = promisify(inflateRaw);

/** Some servers leave out the zlib header that deflate should have: its first byte tells. */
const undoDeflate: Undo = (body, options) =>
  ((body[0] ?? 0) & 0x0f) === 8 ? undoInflate(body, options) : undoInflateRaw(body, options);

const undoings: Readonly<Record<string, Undo>> = {
  gzip: promisify(gunzip),
  "x-gzip": promisify(gunzip),
  deflate: undoDeflate,
  br: promisify(brotliDecompress),
};

/** What a body says under its codings, the last one undone first. `maxBytes` holds for each step. */
export const unpack = async (packed: Buffer, codings: string | undefined, maxBytes: number): Promise<Unpacked> => {
  let body = packed;
  for (const coding of (codings ?? "").split(",").toReversed()) {
    const name = coding.trim().toLowerCase();
    if (name === "" || name === "identity" || body.length === 0) continue;
    const undo = undoings[name];
    if (undo === undefined) return { ok: false, why: "unknown-coding" };
    try {
      body = await undo(body, { maxOutputLength: maxBytes });
    } catch (error) {
      const isLarge = errorCode(error) === "ERR_BUFFER_TOO_LARGE";
      return { ok: false, why: isLarge ? "too-large" : "broken" };
    }
  }
  return { ok: true, body };
};
