import type { Handlers } from "../../../shared/contract.ts";
import { raise } from "../../../shared/problem.ts";
import type { ServiceContext } from "../context.ts";
import { messageLines, presentFilter, searchMessages } from "../message-scan.ts";

type MessageHandlers = Pick<Handlers, "messages" | "message" | "stats" | "quarantine" | "replay" | "exportMessages">;

const pageSize = 200;
/** Of a quarantined payload a person sees this many characters. */
const previewLength = 2000;

export const messageHandlers = (service: ServiceContext): MessageHandlers => {
  const readable = (payload: Uint8Array | null, personal: boolean): string | null => {
    if (payload === null) return null;
    const text = service.decodeText(payload);
    return personal ? text : service.redactPayload(text);
  };
  return {
    messages: async ({ cursor, after, limit = pageSize, search = "", ...rest }) => {
      const filter = presentFilter(rest);
      const from = placeOf(cursor, after);
      if (search.trim() !== "") return searchMessages(service, { search, filter, from, limit });
      const messages = service.journal.messages({ ...filter, ...from, limit });
      return { messages, next: nextPage(messages, limit) };
    },
    message: async ({ id, personal = false }) => {
      const found = service.journal.payload(id) ?? raise("not-found", "There is no message with this number.", "id");
      return { message: found.summary, payload: readable(found.payload, personal), rejections: [...found.rejections] };
    },
    stats: async ({ range }) => ({ stats: service.journal.stats(range, service.now()) }),
    quarantine: async ({ cursor, limit = pageSize }) => {
      const items = service.journal.quarantine({ ...placeOf(cursor, undefined), limit });
      return {
        items: items.map(({ id, receivedAt, channel, bytes, rejections, payload }) => ({
          id,
          receivedAt,
          channel,
          bytes,
          path: rejections[0]?.path ?? "",
          reason: rejections[0]?.reason ?? "",
          preview: readable(payload, false)?.slice(0, previewLength) ?? null,
        })),
        next: nextPage(items, limit),
      };
    },
    replay: async ({ id }) => {
      const result = await service.feed.replay(id ?? null);
      return { message: "Replay completed", ...result };
    },
    exportMessages: async (filter) => {
      const desktop = service.desktop ?? raise("not-found", "Exporting to a file needs the app's window.");
      let messages = 0;
      const lines = async function* () {
        for await (const line of messageLines(service, filter)) {
          messages += 1;
          yield line;
        }
      };
      const file = await desktop.saveLines("avspark-messages.ndjson", lines());
      return { file, messages };
    },
  };
};

/** Where a page begins: after a message when one goes on from there, otherwise before the last one of the page before. */
const placeOf = (cursor: string | undefined, after: number | undefined) => {
  const at = numberOf(cursor);
  if (after === undefined) return at === null ? {} : { before: at };
  return { after: at ?? after };
};

const numberOf = (cursor: string | undefined): number | null => {
  if (cursor === undefined) return null;
  return /^\d{1,15}$/.test(cursor) ? Number(cursor) : raise("input-invalid", "This is not a cursor of ours.", "cursor");
};

const nextPage = (items: readonly { readonly id: number }[], limit: number): string | null =>
  items.length < limit ? null : String(items.at(-1)?.id ?? "");
