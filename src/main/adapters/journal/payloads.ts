import { z } from "zod";
import type { Journal } from "../../../core/journal.ts";
import { blobSchema } from "./database.ts";
import { unpack } from "./pack.ts";
import { rejectionsOf } from "./quarantine.ts";
import { readRows, type Store } from "./records.ts";

const messageRow = z.object({
  summary: z.string(),
  rejections: z.string().nullable(),
  pack: z.int().nullable(),
  offset: z.int().nullable(),
  length: z.int().nullable(),
});

/**
 * Reads messages whole. The last pack stays unpacked at hand: whoever reads many reads neighbours. Something may have been
 * erased in it meanwhile, so it is compared with what is in the file.
 */
export const createPayloads = (store: Store): Pick<Journal, "payload"> => {
  const { database } = store;
  let last: { readonly packed: Uint8Array; readonly bytes: Uint8Array } | null = null;

  const unpacked = (pack: number): Uint8Array | null => {
    const [row] = database.rows(
      "SELECT bytes FROM packs WHERE first_message = ?",
      [pack],
      z.object({ bytes: blobSchema }),
    );
    if (row === undefined) return null;
    if (last !== null && Buffer.compare(last.packed, row.bytes) === 0) return last.bytes;
    last = null;
    const bytes = unpack(row.bytes);
    last = { packed: row.bytes, bytes };
    return bytes;
  };

  const payloadOf = ({ pack, offset, length }: z.infer<typeof messageRow>): Uint8Array | null => {
    if (pack === null || offset === null || length === null) return null;
    // A copy, so that nobody holds a whole pack by a small piece of it.
    const bytes = unpacked(pack);
    return bytes === null ? null : new Uint8Array(bytes.subarray(offset, offset + length));
  };

  return {
    payload: (id) => {
      const [row] = database.rows(
        `SELECT summary, rejections, pack, pack_offset AS offset, pack_length AS length FROM messages WHERE id = ?`,
        [id],
        messageRow,
      );
      if (row === undefined) return null;
      const [summary] = readRows(store, "messages", [{ name: id, record: row.summary }]);
      if (summary === undefined) return null;
      return { summary, rejections: rejectionsOf(store, id, row.rejections), payload: payloadOf(row) };
    },
  };
};
