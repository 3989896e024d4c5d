import type { Database } from "./database.ts";
import { insertValues } from "./insert.ts";
import type { MessageRows } from "./message-rows.ts";
import { pack } from "./pack.ts";

export const insertMessages = (database: Database, { rows, matches, packs, bytes }: MessageRows): void => {
  insertValues(database, {
    into: "INSERT INTO messages (id, received_at, channel, type, verdict, summary, rejections, pack, pack_offset, pack_length)",
    width: 10,
    values: rows,
  });
  insertValues(database, { into: "INSERT INTO message_matches (message_id, match_id)", width: 2, values: matches });
  for (const { first, last, start, end } of packs) {
    database.run("INSERT INTO packs (first_message, last_message, bytes) VALUES (?, ?, ?)", [
      first,
      last,
      pack([bytes.subarray(start, end)]),
    ]);
  }
};
