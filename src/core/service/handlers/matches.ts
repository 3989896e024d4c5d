import type { Handlers, Parsed } from "../../../shared/contract.ts";
import type { Instant } from "../../../shared/instant.ts";
import { raise } from "../../../shared/problem.ts";
import type { MatchView } from "../../../shared/snapshot.ts";
import type { ServiceContext } from "../context.ts";

type MatchHandlers = Pick<Handlers, "matches" | "match" | "gaps" | "comparison" | "fetchMatches">;

const messagesOfMatch = 100;

export const matchHandlers = (service: ServiceContext): MatchHandlers => ({
  matches: async (query) => {
    const found = service.book.views().filter(filterOf(query));
    const start = query.cursor === undefined ? 0 : positionAfter(found, query.cursor);
    const end = query.limit === undefined ? found.length : start + query.limit;
    const page = found.slice(start, end);
    return { matches: page, total: found.length, next: end < found.length ? (page.at(-1)?.id ?? null) : null };
  },
  match: async ({ id }) => {
    const match = service.book.view(id) ?? raise("not-found", "There is no match with this id.", "id");
    return {
      match,
      changes: service.journal.changesOf(id),
      messages: service.journal.messages({ matchId: id, limit: messagesOfMatch }),
    };
  },
  gaps: async () => ({ gaps: service.feed.gaps() }),
  comparison: async () => ({ since: service.startedAt, ...service.feed.comparison.counts() }),
  fetchMatches: async () => {
    const source = await service.feed.fetchNow();
    return { message: "Match list fetched", source };
  },
});

/** The cursor is the last match's id of the page before. */
const positionAfter = (matches: readonly MatchView[], cursor: string): number => {
  const index = matches.findIndex((match) => match.id === cursor);
  return index === -1
    ? raise("input-invalid", "This page is no longer there; begin again without a cursor.", "cursor")
    : index + 1;
};

const filterOf = (query: Parsed<"matches">): ((match: MatchView) => boolean) => {
  const words = (query.search ?? "")
    .toLocaleLowerCase("sv")
    .split(/\s+/)
    .filter((word) => word !== "");
  const { status, competition, gone = false } = query;
  const [from, until, changedSince] = [query.from, query.until, query.changedSince].map(inFull);
  return (match) =>
    (gone || match.goneAt === null) &&
    (status === undefined || match.status === status) &&
    (competition === undefined || match.competition === competition) &&
    (from === undefined || (match.kickoff !== null && match.kickoff >= from)) &&
    (until === undefined || (match.kickoff !== null && match.kickoff < until)) &&
    (changedSince === undefined || match.changedAt >= changedSince) &&
    (words.length === 0 || includesAll(match, words));
};

/** With milliseconds, as our own are: only so do instants sort as text. */
const inFull = (instant: Instant | undefined): Instant | undefined =>
  instant === undefined ? undefined : new Date(instant).toISOString();

const includesAll = (match: MatchView, words: readonly string[]): boolean => {
  const text = [
    match.id,
    match.number,
    match.home,
    match.away,
    match.venue,
    match.competition,
    ...match.officials.map((o) => o.name),
  ]
    .join(" ")
    .toLocaleLowerCase("sv");
  return words.every((word) => text.includes(word));
};
