import type { Instant } from "../../shared/instant.ts";
import type { CalendarTarget, KnownEvent, Listing } from "../ports.ts";
import { type Adoption, adopt, type Extras } from "./adopt.ts";
import type { Ledger, LedgerBatch } from "./ledger.ts";
import type { Look } from "./reader.ts";
import { type Matches, undoneMark } from "./rows.ts";

/** Makes knowledge of what was read in a calendar, and holds what the ledger does not: doubled events. */
export const createIntake = (options: {
  readonly target: CalendarTarget;
  readonly ledger: Pick<Ledger, "known" | "meta">;
  readonly matches: Matches;
  readonly now: () => Instant;
  readonly oldest: () => Instant;
}) => {
  const { target, ledger, matches, now, oldest } = options;
  const extras = new Map<string, readonly KnownEvent[]>();

  const understand = (listing: Listing, absent: Look["absent"]): Adoption =>
    adopt({
      target: target.name,
      listing,
      known: ledger.known,
      extras,
      desired: (id) => {
        const desired = matches.desired(id);
        const counts = desired?.kind === "event" && desired.event.start >= oldest() && !ledger.meta.has(undoneMark(id));
        return counts ? desired.event : null;
      },
      absent,
      now: now(),
      oldest: oldest(),
    });

  return {
    extras: extras as Extras,
    understand,
    /** Takes what was read for the truth. */
    believe: (listing: Listing): LedgerBatch => {
      const adopted = understand(listing, "verify");
      extras.clear();
      for (const [id, events] of adopted.extras) extras.set(id, events);
      return { known: adopted.known, forgotten: adopted.forgotten };
    },
    /** Notes only somebody's edits of what we know, so that they can be shown. */
    glance: (listing: Listing): LedgerBatch => ({
      known: understand(listing, "ignore").known.filter(
        ({ matchId, remoteId }) => ledger.known.get(matchId)?.remoteId === remoteId,
      ),
    }),
    /** There is only one event for this match now. */
    isOne: (matchId: string): void => void extras.delete(matchId),
  };
};
