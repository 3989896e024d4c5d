import type { Handlers, Parsed } from "../../../shared/contract.ts";
import { type Instant, storedInstant } from "../../../shared/instant.ts";
import { handIdOf, type Match } from "../../../shared/match.ts";
import { raise } from "../../../shared/problem.ts";
import { type Searchable, searchable, searchFor } from "../../../shared/search.ts";
import type { MatchView } from "../../../shared/snapshot.ts";
import { inFogisWords } from "../../feed/by-hand.ts";
import type { Feed } from "../../feed/feed.ts";
import type { Journal } from "../../journal.ts";
import { byKickoff, type MatchBook } from "../../matches/book.ts";
import type { MatchRecord } from "../../matches/record.ts";
import type { Views } from "../../window/views.ts";

type MatchHandlers = Pick<
  Handlers,
  "matches" | "match" | "enter" | "decline" | "remove" | "gaps" | "comparison" | "fetchMatches"
>;

const messagesOfMatch = 100;

type MatchTools = {
  readonly book: Pick<MatchBook, "inOrder" | "view" | "viewOf">;
  readonly views: Pick<Views, "of">;
  readonly journal: Pick<Journal, "archivedMatch" | "changesOf" | "messages">;
  readonly feed: Pick<Feed, "takeManual" | "decide" | "gaps" | "comparison" | "fetchNow">;
  readonly random: () => number;
  readonly startedAt: Instant;
};

export const matchHandlers = ({ book, views, journal, feed, random, startedAt }: MatchTools): MatchHandlers => ({
  matches: async (query) => {
    const found = book.inOrder().filter(filterOf(query));
    const start = query.cursor === undefined ? 0 : positionAfter(found, query.cursor);
    const end = query.limit === undefined ? found.length : start + query.limit;
    const page = found.slice(start, end);
    return {
      matches: views.of(page),
      total: found.length,
      next: end < found.length ? cursorAt(page.at(-1)) : null,
    };
  },
  match: async ({ id }) => {
    const archived = book.view(id) === null ? journal.archivedMatch(id) : null;
    return {
      match: archived === null ? viewIn(book, id) : book.viewOf(archived),
      changes: journal.changesOf(id),
      messages: journal.messages({ matchId: id, limit: messagesOfMatch }),
    };
  },
  enter: async ({ id, match }) => {
    if (id !== undefined && !viewIn(book, id).enteredByHand)
      return raise("input-invalid", "Only a match that was entered by hand can be changed.", "id");
    const known = id ?? newHandId(random);
    await feed.takeManual([inFogisWords(known, match)]);
    return { message: id === undefined ? "Entered" : "Changed", match: viewIn(book, known) };
  },
  decline: async ({ matchId, declined }, by) => {
    await feed.decide(matchId, { kind: "decline", declined }, by);
    return { message: declined ? "Declined" : "Taken back", match: viewIn(book, matchId) };
  },
  remove: async ({ matchId, removed }, by) => {
    await feed.decide(matchId, { kind: "remove", removed }, by);
    return { message: removed ? "Removed" : "Kept", match: viewIn(book, matchId) };
  },
  gaps: async () => ({ gaps: feed.gaps() }),
  comparison: async () => ({ since: startedAt, ...feed.comparison.counts() }),
  fetchMatches: async () => {
    const source = await feed.fetchNow();
    return { message: "Match list fetched", source };
  },
});

/** Unlike any of FOGIS's ids, which are numbers. */
const newHandId = (random: () => number): string =>
  handIdOf(
    Math.floor(random() * 36 ** 8)
      .toString(36)
      .padStart(8, "0"),
  );

export const viewIn = (book: Pick<MatchBook, "view">, id: string): MatchView =>
  book.view(id) ?? raise("not-found", "There is no match with this id.", "id");

/** The place of the last match of a page, which holds even when that match itself has moved or gone. */
const cursorAt = (record: MatchRecord | undefined): string | null =>
  record === undefined ? null : `${record.match.kickoff ?? ""}/${record.match.id}`;

const positionAfter = (found: readonly MatchRecord[], cursor: string): number => {
  const [, kickoff, id] = /^([^/]*)\/(.+)$/s.exec(cursor) ?? [];
  if (kickoff === undefined || id === undefined)
    return raise("input-invalid", "This is not a cursor of ours.", "cursor");
  const last = { kickoff: storedInstant(kickoff), id };
  const index = found.findIndex(({ match }) => byKickoff(match, last) > 0);
  return index === -1 ? found.length : index;
};

const filterOf = (query: Parsed<"matches">): ((record: MatchRecord) => boolean) => {
  const search = searchFor(query.search ?? "");
  const { status, competition, from, until, changedSince, gone = false } = query;
  return ({ match, goneAt, changedAt }) =>
    (gone || goneAt === null) &&
    (status === undefined || match.status === status) &&
    (competition === undefined || match.competition === competition) &&
    (from === undefined || (match.kickoff !== null && match.kickoff >= from)) &&
    (until === undefined || (match.kickoff !== null && match.kickoff < until)) &&
    (changedSince === undefined || changedAt >= changedSince) &&
    (search.isEmpty || search.finds(searchedIn(match)));
};

const searchedIn = (match: Match): Searchable =>
  searchable(
    match.id,
    match.number,
    match.home,
    match.away,
    match.venue,
    match.competition,
    ...match.officials.map(({ name }) => name),
  );
