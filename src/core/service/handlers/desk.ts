import type { Handlers } from "../../../shared/contract.ts";
import { mainRefereeOf, matchTitle } from "../../../shared/match.ts";
import { raise } from "../../../shared/problem.ts";
import { freeFor } from "../../desk/free.ts";
import { isTimed } from "../../matches/apart.ts";
import type { MatchBook } from "../../matches/book.ts";
import { recordIn } from "../../matches/record.ts";
import type { Directory } from "../../people/directory.ts";
import type { Desk } from "../desk.ts";
import { viewIn } from "./matches.ts";

type DeskHandlers = Pick<Handlers, "todo" | "tell" | "note" | "removeNote" | "freePeople">;

type DeskTools = {
  readonly book: Pick<MatchBook, "records" | "view">;
  readonly desk: Desk;
  readonly directory: () => Directory;
};

export const deskHandlers = ({ book, desk, directory }: DeskTools): DeskHandlers => ({
  todo: async () => ({ items: desk.items() }),
  // Who has a name signs with it, whatever name they give.
  tell: async ({ matchId, personId = null, told, upTo, by: given = null }, name = null) => {
    const by = name ?? given;
    if (told) await desk.tell({ matchId, by }, { personId, upTo });
    else await desk.untell(matchId, personId);
    return { message: told ? "Told" : "Not told", match: viewIn(book, matchId) };
  },
  note: async ({ matchId, text, by = null }, name = null) => {
    const note = await desk.write({ matchId, by: name ?? by }, text);
    return { message: "Noted", note, match: viewIn(book, matchId) };
  },
  removeNote: async ({ matchId, id }) => {
    await desk.removeNote(matchId, id);
    return { message: "Removed", match: viewIn(book, matchId) };
  },
  freePeople: async ({ matchId, role }) => {
    const record = recordIn(book.records, matchId);
    const { match } = record;
    if (!isTimed(match)) return raise("input-invalid", "This match has no kick-off yet.", "matchId");
    const leading = mainRefereeOf(match.officials) === null ? "Huvuddomare" : null;
    const wanted = role ?? match.openPlaces[0] ?? leading;
    // Whoever has just said no is not asked once more.
    const concerned = new Set(desk.concernedIn(record));
    const others = [...directory().people().values()].filter(({ id }) => !concerned.has(id));
    return {
      match: { id: match.id, title: matchTitle(match), kickoff: match.kickoff, venue: match.venue },
      role: wanted,
      people: freeFor(match, wanted, others),
    };
  },
});
