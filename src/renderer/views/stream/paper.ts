import type { MessageSummary } from "../../../shared/message.ts";
import type { Cell, Table } from "../../../shared/table.ts";
import { gistText } from "../../../shared/text/gist.ts";
import type { Words } from "../../words.tsx";
import type { Quarantined } from "./useQuarantine.ts";

type Told = Pick<Words, "texts" | "format">;

const tableOf = (title: string, rows: readonly (readonly Cell[])[], { texts }: Told): Table => {
  const { time, type, channel, content, size } = texts.stream.columns;
  return {
    title,
    columns: [time, type, channel, content, size].map((label) => ({ label, kind: "text" })),
    rows,
  };
};

/** The messages that are shown, as a table for paper. */
export const messagesTable = (
  messages: readonly MessageSummary[],
  titles: ReadonlyMap<string, string>,
  words: Told,
): Table => {
  const { texts, format } = words;
  const rows = messages.map(({ receivedAt, verdict, gist, channel, bytes }) => [
    format.full(receivedAt),
    texts.message.type[gist.type],
    channel,
    [...(verdict === "valid" ? [] : [texts.message.verdict[verdict]]), gistText(gist, { texts, format, titles })].join(
      ": ",
    ),
    format.bytes(bytes),
  ]);
  return tableOf(texts.app.views.stream, rows, words);
};

/** The same of what was refused: where in it, and why. */
export const refusedTable = (refused: readonly Quarantined[], words: Told): Table => {
  const { texts, format } = words;
  const rows = refused.map(({ receivedAt, channel, path, reason, bytes }) => [
    format.full(receivedAt),
    texts.message.verdict.invalid,
    channel,
    `${path === "" ? texts.stream.quarantine.whole : path} ${reason}`,
    format.bytes(bytes),
  ]);
  return tableOf(texts.app.views.stream, rows, words);
};
