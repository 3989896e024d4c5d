import { z } from "zod";
import type { MatchItem, MatchWaiting } from "../../shared/desk.ts";
import { hourMs } from "../../shared/duration.ts";
import { parseJson } from "../../shared/json/read.ts";

/** What waited in each near match when a person last could know of it: a sign for each thing, by match. */
export type Noticed = Readonly<Record<string, readonly string[]>>;

const noticedSchema = z.record(z.string(), z.array(z.string()).readonly());

/** null: nothing is known of it, as at the very first start. */
export const readNoticed = (text: string | undefined): Noticed | null => {
  const json = text === undefined ? null : parseJson(text);
  return json?.ok ? (noticedSchema.safeParse(json.value).data ?? null) : null;
};

/** Another sign is another matter. Nobody is named in it. */
const signsOf = (item: MatchItem): readonly string[] => {
  switch (item.kind) {
    case "no-referee":
      return [item.kind];
    case "open-place":
      return item.places.map(({ role }) => `${item.kind}/${role}`);
    case "double-booked":
      return [item.id];
    case "withdrawn":
      return [`${item.kind}/${item.since}/${item.people.length}`];
    case "called-off":
    case "postponed":
    case "on-again":
    case "moved":
      return [`${item.kind}/${item.changes.map((one) => ("after" in one ? String(one.after) : one.field)).join("/")}`];
  }
};

export const noticedOf = (waiting: readonly MatchWaiting[]): Noticed =>
  Object.fromEntries(waiting.map(({ matchId, items }) => [matchId, items.flatMap(signsOf)]));

/** Matches in which something waits that did not before. What is dealt with, or becomes less, is no news. */
export const matchNews = (before: Noticed, waiting: readonly MatchWaiting[]): readonly MatchWaiting[] =>
  waiting.filter(({ matchId, items }) => items.flatMap(signsOf).some((sign) => !before[matchId]?.includes(sign)));

/** What has no kick-off may be any day. */
export const isWithin = ({ kickoff }: Pick<MatchWaiting, "kickoff">, hours: number, now: number): boolean =>
  hours > 0 && (kickoff === null || Date.parse(kickoff) - now <= hours * hourMs);
