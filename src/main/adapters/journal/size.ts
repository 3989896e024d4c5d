import type { Journal } from "../../../core/journal.ts";
import { storedInstant } from "../../../shared/instant.ts";
import type { Reading } from "./database.ts";

export const sizeOf = (database: Reading): ReturnType<Journal["size"]> => ({
  bytes: database.number("PRAGMA page_count") * database.number("PRAGMA page_size"),
  messages: database.number("SELECT count(*) FROM messages"),
  oldestAt: storedInstant(database.texts("SELECT received_at FROM messages ORDER BY id LIMIT 1")[0]),
});
