import { z } from "zod";
import { readableText } from "../text.ts";
import { blobSchema, type Database } from "./database.ts";
import { pack, unpack } from "./pack.ts";

const placedSchema = z.object({ id: z.int(), offset: z.int(), length: z.int() });

/**
 * Changes the payloads of messages where they lie. Payloads share packs, so a pack is opened, changed and closed as a whole,
 * and the others in it move. `rewrite` answers the same text where there is nothing to change.
 */
export const rewritePayloads = (
  database: Database,
  messageIds: readonly number[],
  rewrite: (text: string) => string,
): void => {
  const wanted = new Set(messageIds);
  const packs = database.rows(
    `SELECT DISTINCT pack FROM messages WHERE id IN (SELECT value FROM json_each(?)) AND pack IS NOT NULL`,
    [JSON.stringify(messageIds)],
    z.object({ pack: z.int() }),
  );
  for (const { pack: first } of packs)
    rewritePack(database, first, (id, text) => (wanted.has(id) ? rewrite(text) : text));
};

const rewritePack = (database: Database, first: number, rewrite: (id: number, text: string) => string): void => {
  const [found] = database.rows(
    "SELECT bytes, last_message AS last FROM packs WHERE first_message = ?",
    [first],
    z.object({ bytes: blobSchema, last: z.int() }),
  );
  if (found === undefined) return;
  const bytes = unpack(found.bytes);
  const messages = database.rows(
    `SELECT id, pack_offset AS offset, pack_length AS length FROM messages
     WHERE id BETWEEN ?1 AND ?2 AND pack = ?1 ORDER BY pack_offset`,
    [first, found.last],
    placedSchema,
  );
  const before = messages.map(({ offset, length }) => bytes.subarray(offset, offset + length));
  const after = before.map((payload, index) => rewritten(payload, (text) => rewrite(messages[index]?.id ?? 0, text)));
  if (after.every((payload, index) => payload === before[index])) return;
  database.run("UPDATE packs SET bytes = ? WHERE first_message = ?", [pack(after), first]);
  let offset = 0;
  messages.forEach(({ id }, index) => {
    const length = after[index]?.byteLength ?? 0;
    database.run("UPDATE messages SET pack_offset = ?, pack_length = ? WHERE id = ?", [offset, length, id]);
    offset += length;
  });
};

const rewritten = (payload: Uint8Array, rewrite: (text: string) => string): Uint8Array => {
  const text = readableText(payload);
  const next = rewrite(text);
  return next === text ? payload : Buffer.from(next);
};
