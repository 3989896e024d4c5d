import type { JournaledMessage } from "../../../core/journal.ts";
import type { Database, SqlValue } from "./database.ts";
import { insertRows } from "./insert.ts";
import { pack } from "./pack.ts";
import { storedKinds } from "./stored-kinds.ts";

/** A pack is closed when it has this much, so that reading one payload never means reading much more. */
const packBytes = 1024 * 1024;

type Pack = { readonly first: number; readonly last: number; readonly payloads: readonly Uint8Array[] };
/** Where one payload lies. */
type Place = { readonly pack: number; readonly offset: number; readonly length: number };

export const insertMessages = (database: Database, messages: readonly JournaledMessage[]): void => {
  const { packs, places } = packed(messages);
  insertRows(database, {
    into: "INSERT INTO messages (id, received_at, channel, type, verdict, summary, rejections, pack, pack_offset, pack_length)",
    rows: messages.map((message) => messageRow(message, places.get(message.summary.id) ?? null)),
  });
  insertRows(database, {
    into: "INSERT INTO message_matches (message_id, match_id)",
    rows: messages.flatMap(({ summary, matchIds }) => [...new Set(matchIds)].map((matchId) => [summary.id, matchId])),
  });
  for (const { first, last, payloads } of packs) {
    database.run("INSERT INTO packs (first_message, last_message, bytes) VALUES (?, ?, ?)", [
      first,
      last,
      pack(payloads),
    ]);
  }
};

const messageRow = ({ summary, rejections }: JournaledMessage, place: Place | null): readonly SqlValue[] => [
  summary.id,
  summary.receivedAt,
  summary.channel,
  summary.gist.type,
  summary.verdict,
  storedKinds.messages.write(summary),
  rejections.length === 0 ? null : storedKinds.quarantine.write(rejections),
  place?.pack ?? null,
  place?.offset ?? null,
  place?.length ?? null,
];

const packed = (
  messages: readonly JournaledMessage[],
): { readonly packs: readonly Pack[]; readonly places: ReadonlyMap<number, Place> } => {
  const packs: Pack[] = [];
  const places = new Map<number, Place>();
  let open: { first: number; last: number; payloads: Uint8Array[]; bytes: number } | null = null;
  for (const { summary, payload } of messages) {
    if (payload === null) continue;
    if (open === null || open.bytes + payload.byteLength > packBytes) {
      open = { first: summary.id, last: summary.id, payloads: [], bytes: 0 };
      packs.push(open);
    }
    places.set(summary.id, { pack: open.first, offset: open.bytes, length: payload.byteLength });
    open.payloads.push(payload);
    open.bytes += payload.byteLength;
    open.last = summary.id;
  }
  return { packs, places };
};
