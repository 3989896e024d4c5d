import type { Output, Parsed } from "../../shared/contract.ts";
import type { MessageSummary } from "../../shared/message.ts";
import { redactPayload } from "../feed/redact.ts";
import type { Journal, MessageFilter } from "../journal.ts";
import type { MatchBook } from "../matches/book.ts";
import { pause } from "../pause.ts";
import type { Clock } from "../ports.ts";
import { messageSearch } from "./search.ts";

/** So many are read at a time: a few milliseconds, with a pause after each for whatever else there is to do. */
const scanPage = 100;
/** A search answers with what it has found after so many, and says where to go on. */
const scanAtMost = 20_000;

export type ScanTools = {
  readonly journal: Pick<Journal, "messages" | "payload">;
  readonly clock: Pick<Clock, "after">;
  readonly book: Pick<MatchBook, "view">;
  readonly decodeText: (payload: Uint8Array) => string;
};
type Place = { readonly before?: number; readonly after?: number };
type Filter = Omit<MessageFilter, "limit" | "before" | "after">;

/** Leaves out what was not asked for: absent and undefined differ here. */
export const presentFilter = ({
  channel,
  type,
  verdict,
  matchId,
}: Pick<Parsed<"messages">, "channel" | "type" | "verdict" | "matchId">): Filter => ({
  ...(channel === undefined ? {} : { channel }),
  ...(type === undefined ? {} : { type }),
  ...(verdict === undefined ? {} : { verdict }),
  ...(matchId === undefined ? {} : { matchId }),
});

const contentOf = (tools: ScanTools, id: number): string | null => {
  const payload = tools.journal.payload(id)?.payload ?? null;
  return payload === null ? null : tools.decodeText(payload);
};

/** Pages of messages in the journal's order, from a place on. */
const pages = async function* (
  tools: ScanTools,
  filter: Filter,
  from: Place,
): AsyncGenerator<readonly MessageSummary[]> {
  let place = from;
  for (;;) {
    const page = tools.journal.messages({ ...filter, ...place, limit: scanPage });
    yield page;
    const last = page.at(-1)?.id;
    if (last === undefined || page.length < scanPage) return;
    place = from.after === undefined ? { before: last } : { after: last };
    await pause(tools.clock, 0);
  }
};

type Search = { readonly search: string; readonly filter: Filter; readonly from: Place; readonly limit: number };

/** Messages that have all the words, in what is known of them or in their content. */
export const searchMessages = async (
  tools: ScanTools,
  { search, filter, from, limit }: Search,
): Promise<Output<"messages">> => {
  const finds = messageSearch(search, tools.book);
  const messages: MessageSummary[] = [];
  let scanned = 0;
  for await (const page of pages(tools, filter, from)) {
    for (const summary of page) {
      if (finds(summary, contentOf(tools, summary.id))) messages.push(summary);
      if (messages.length === limit) return { messages, next: String(summary.id) };
    }
    scanned += page.length;
    if (scanned >= scanAtMost && page.length === scanPage) return { messages, next: String(page.at(-1)?.id ?? "") };
  }
  return { messages, next: null };
};

/** What passes the filters as lines of JSON, the newest first; contact data redacted unless asked for. */
export const messageLines = async function* (
  tools: ScanTools,
  { search, personal, ...filter }: Parsed<"exportMessages">,
): AsyncGenerator<string> {
  const finds = messageSearch(search ?? "", tools.book);
  for await (const page of pages(tools, presentFilter(filter), {})) {
    for (const summary of page) {
      const content = contentOf(tools, summary.id);
      if (!finds(summary, content)) continue;
      const payload = content === null || personal ? content : redactPayload(content);
      yield `${JSON.stringify({ ...summary, payload })}\n`;
    }
  }
};
