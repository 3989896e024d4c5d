import type { Handlers, Parsed } from "../../../shared/contract.ts";
import type { MessageSummary } from "../../../shared/message.ts";
import { raise } from "../../../shared/problem.ts";
import type { MessageFilter } from "../../journal.ts";
import type { ServiceContext } from "../context.ts";

type MessageHandlers = Pick<Handlers, "messages" | "message" | "stats" | "quarantine" | "replay" | "exportMessages">;

const pageSize = 200;
const exportPage = 500;
/** Of a quarantined payload a person sees this many characters. */
const previewLength = 2000;

export const messageHandlers = (service: ServiceContext): MessageHandlers => {
  const readable = (payload: Uint8Array | null, personal: boolean): string | null => {
    if (payload === null) return null;
    const text = service.decodeText(payload);
    return personal ? text : service.redactPayload(text);
  };
  return {
    messages: async ({ cursor, limit = pageSize, ...filter }) => {
      const messages = service.journal.messages({ ...present(filter), ...before(cursor), limit });
      return { messages, next: nextPage(messages, limit) };
    },
    message: async ({ id, personal = false }) => {
      const found = service.journal.payload(id) ?? raise("not-found", "There is no message with this number.", "id");
      return { message: found.summary, payload: readable(found.payload, personal), rejections: [...found.rejections] };
    },
    stats: async ({ range }) => ({ stats: service.journal.stats(range, service.now()) }),
    quarantine: async ({ cursor, limit = pageSize }) => {
      const items = service.journal.quarantine({ ...before(cursor), limit });
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
      const lines = function* () {
        for (const line of exportLines(service, filter, readable)) {
          messages += 1;
          yield line;
        }
      };
      const file = await desktop.saveLines("avspark-messages.ndjson", lines());
      return { file, messages };
    },
  };
};

const exportLines = function* (
  service: ServiceContext,
  { search, personal, ...filter }: Parsed<"exportMessages">,
  readable: (payload: Uint8Array | null, personal: boolean) => string | null,
): Generator<string> {
  const wanted = search?.toLocaleLowerCase("sv");
  let page: readonly MessageSummary[] = service.journal.messages({ ...present(filter), limit: exportPage });
  while (page.length > 0) {
    for (const summary of page) {
      const payload = readable(service.journal.payload(summary.id)?.payload ?? null, personal);
      const line = JSON.stringify({ ...summary, payload });
      if (wanted === undefined || line.toLocaleLowerCase("sv").includes(wanted)) yield `${line}\n`;
    }
    page = service.journal.messages({ ...present(filter), before: page.at(-1)?.id ?? 0, limit: exportPage });
  }
};

type Filter = Pick<Parsed<"messages">, "channel" | "type" | "verdict" | "matchId">;

/** Leaves out what was not asked for: absent and undefined differ here. */
const present = ({ channel, type, verdict, matchId }: Filter): Omit<MessageFilter, "limit"> => ({
  ...(channel === undefined ? {} : { channel }),
  ...(type === undefined ? {} : { type }),
  ...(verdict === undefined ? {} : { verdict }),
  ...(matchId === undefined ? {} : { matchId }),
});

const before = (cursor: string | undefined): { readonly before?: number } => {
  if (cursor === undefined) return {};
  const id = /^\d{1,15}$/.test(cursor)
    ? Number(cursor)
    : raise("input-invalid", "This is not a cursor of ours.", "cursor");
  return { before: id };
};

const nextPage = (items: readonly { readonly id: number }[], limit: number): string | null =>
  items.length < limit ? null : String(items.at(-1)?.id ?? "");
