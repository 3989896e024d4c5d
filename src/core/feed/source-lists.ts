import { instantOf } from "../../shared/instant.ts";
import { listChannel } from "../../shared/match.ts";
import type { Loaded } from "../journal.ts";
import { type Moment, momentOf, wallOf } from "../moment.ts";
import type { Clock } from "../ports.ts";
import { type Arrival, listArrival, type Way } from "./arrival.ts";
import type { Outcome } from "./batch.ts";
import { decodeMatches } from "./decode/matches.ts";
import { createListEtag } from "./list-etag.ts";
import type { FetchedList } from "./poller.ts";

/** Clocks that differ less are the same. */
const clockTolerance = 1000;

type SourceListsOptions = {
  readonly loaded: Pick<Loaded, "meta" | "lastIds">;
  /** Of the source, to know another one from it. */
  readonly source: string;
  readonly clock: Pick<Clock, "elapsed" | "now">;
  /** What the publisher's clock showed at a moment of ours, as far as is known by now. */
  readonly publisherAt: (moment: Moment) => number;
  readonly take: (way: Way, arrivals: readonly Arrival[]) => Promise<Outcome>;
  /** Keeps small facts for the next run. */
  readonly keep: (meta: Readonly<Record<string, string | null>>) => void;
};

/** Makes arrivals of the lists that the source answers, and says with which ETag to ask for the next. */
export const createSourceLists = ({ loaded, source, clock, publisherAt, take, keep }: SourceListsOptions) => {
  const etags = createListEtag({ meta: loaded.meta, source, lastChange: loaded.lastIds.change });
  /** When the last list was asked for, and what the publisher's clock was taken to show then. */
  let last: { readonly asked: Moment; readonly at: number } | null = null;
  /** The matches that somebody told of since a list was asked for. */
  let toldSince = new Set<string>();

  return {
    /** A list is asked for. Answers the ETag to ask with. */
    asking: (): string | null => {
      toldSince = new Set();
      return etags.asking();
    },
    /** How many matches the last list had. */
    matches: etags.matches,
    /** Somebody told something. */
    note: ({ way, matches, changes }: Outcome): void => {
      if (matches.length > 0) etags.known(changes, way === "http");
      for (const { match } of matches) toldSince.add(match.id);
    },
    take: async (list: FetchedList): Promise<{ readonly matches: number; readonly changes: number }> => {
      if (list.kind === "unchanged") return { matches: etags.matches(), changes: 0 };
      const { matches, etag, fetchedFrom: asked } = list;
      const now = momentOf(clock);
      const wall = wallOf(asked, now);
      const at = publisherAt({ ...asked, wall });
      const telling = {
        channel: listChannel,
        at: instantOf(at),
        receivedAt: instantOf(now.wall),
        completeAt: instantOf(wall),
        toldSince,
      };
      const outcome = await take("http", [listArrival(matches, decodeMatches(matches, "matches"), telling)]);
      last = { asked, at: publisherAt(asked) };
      keep(etags.applied({ etag, matches: matches.length, isWhole: outcome.isWhole }));
      return { matches: matches.length, changes: outcome.changes.length };
    },
    /** Said once: the last list was taken for newer than it was, so what was published just after it did not count. */
    wasOverrated: (): boolean => {
      if (last === null) return false;
      const at = publisherAt(last.asked);
      if (last.at - at <= clockTolerance) return false;
      last = { ...last, at };
      return true;
    },
  };
};
