import type { Handlers } from "../../../shared/contract.ts";
import type { Instant } from "../../../shared/instant.ts";
import { raise } from "../../../shared/problem.ts";
import type { Feed } from "../../feed/feed.ts";
import { redactPayload } from "../../feed/redact.ts";
import type { Journal } from "../../journal.ts";
import type { Desktop } from "../desktop.ts";
import { messageLines, presentFilter, type ScanTools, searchMessages } from "../message-scan.ts";

type MessageHandlers = Pick<Handlers, "messages" | "message" | "stats" | "quarantine" | "replay" | "exportMessages">;

const pageSize = 200;
/** Of a quarantined payload a person sees this many characters. */
const previewLength = 2000;

type MessageTools = ScanTools & {
  readonly journal: Pick<Journal, "messages" | "payload" | "stats" | "quarantine">;
  readonly feed: Pick<Feed, "replay">;
  readonly now: () => Instant;
  readonly desktop: Desktop | null;
};

export const messageHandlers = (tools: MessageTools): MessageHandlers => {
  const { journal, feed } = tools;
  const readable = (payload: Uint8Array | null, personal: boolean): string | null => {
    if (payload === null) return null;
    const text = tools.decodeText(payload);
    return personal ? text : redactPayload(text);
  };
  return {
    messages: async ({ cursor, after, limit = pageSize, search = "", ...rest }) => {
      const filter = presentFilter(rest);
      const from = placeOf(cursor, after);
      if (search.trim() !== "") return searchMessages(tools, { search, filter, from, limit });
      const messages = journal.messages({ ...filter, ...from, limit });
      return { messages, next: nextPage(messages, limit) };
    },
    message: async ({ id, personal = false }) => {
      const found = journal.payload(id) ?? raise("not-found", "There is no message with this number.", "id");
      return { message: found.summary, payload: readable(found.payload, personal), rejections: [...found.rejections] };
    },
    stats: async ({ range }) => ({ stats: journal.stats(range, tools.now()) }),
    quarantine: async ({ cursor, limit = pageSize }) => {
      const items = journal.quarantine({ ...placeOf(cursor, undefined), limit });
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
      const result = await feed.replay(id ?? null);
      return { message: "Replay completed", ...result };
    },
    exportMessages: async (filter) => {
      const desktop = tools.desktop ?? raise("not-found", "Exporting to a file needs the app's window.");
      let messages = 0;
      const lines = async function* () {
        for await (const line of messageLines(tools, filter)) {
          messages += 1;
          yield line;
        }
      };
      const file = await desktop.save("avspark-messages.ndjson", lines());
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
