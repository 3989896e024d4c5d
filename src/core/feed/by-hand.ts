import { instantOf } from "../../shared/instant.ts";
import { type EnteredMatch, handChannel } from "../../shared/match.ts";
import type { RejectedMatch } from "../../shared/message.ts";
import { ProblemError } from "../../shared/problem.ts";
import { type Moment, momentOf } from "../moment.ts";
import type { Clock } from "../ports.ts";
import { type Arrival, listArrival, type Way } from "./arrival.ts";
import type { Outcome } from "./batch.ts";
import { decodeMatches } from "./decode/matches.ts";

/** Of a list from a person's hand so many bad matches are named; whoever sends more of them sends no matches. */
const rejectedNamed = 1000;

/** What became of a list from a person's hand. */
export type TakenByHand = {
  /** The ids of the matches that were taken. */
  readonly ids: readonly string[];
  /** The matches that were refused. */
  readonly rejected: readonly RejectedMatch[];
};

type ByHandTools = {
  readonly clock: Pick<Clock, "elapsed" | "now">;
  /** What the publisher's clock showed at a moment of ours, as far as is known by now. */
  readonly publisherAt: (moment: Moment) => number;
  readonly take: (way: Way, arrivals: readonly Arrival[]) => Promise<Outcome>;
};

/** The good matches as an arrival, and the bad ones by name; throws when there are only bad ones. */
export const arrivalByHand = (
  matches: readonly unknown[],
  times: Pick<Arrival["telling"], "at" | "receivedAt">,
): { readonly arrival: Arrival; readonly taken: TakenByHand } => {
  const decoded = decodeMatches(matches, "matches");
  const rejected = decoded.rejections
    .slice(0, rejectedNamed)
    .map(({ index, path, reason }) => ({ index, path, reason }));
  const [first] = decoded.rejections;
  if (first !== undefined && decoded.matches.length === 0) {
    const { kind, path: at, reason } = first;
    throw new ProblemError({ kind, message: `${at}: ${reason}.`, at }, { rejected });
  }
  return {
    arrival: listArrival(matches, decoded, { channel: handChannel, ...times, completeAt: null }),
    taken: { ids: [...new Set(decoded.matches.map(({ id }) => id))], rejected },
  };
};

/** When something is handed in now. */
export const handedIn = ({ clock, publisherAt }: Omit<ByHandTools, "take">) => {
  const now = momentOf(clock);
  return { at: instantOf(publisherAt(now)), receivedAt: instantOf(now.wall) };
};

/** Takes the good matches and names the bad ones; rejects when there are only bad ones. */
export const takeByHand = async (matches: readonly unknown[], tools: ByHandTools): Promise<TakenByHand> => {
  const { arrival, taken } = arrivalByHand(matches, handedIn(tools));
  await tools.take("manual", [arrival]);
  return taken;
};

/** A match that a person entered, as FOGIS would word it: it goes the way of all that is entered by hand. */
export const inFogisWords = (id: string, match: EnteredMatch): Readonly<Record<string, unknown>> => ({
  matchid: id,
  lag1namn: match.home,
  lag2namn: match.away,
  tid: match.kickoff,
  anlaggningnamn: match.venue,
  tavlingnamn: match.competition,
  installd: match.status === "cancelled",
  uppskjuten: match.status === "postponed",
  avbruten: match.status === "abandoned",
  arslutresultat: match.status === "completed",
  domaruppdraglista: match.officials.map(({ role, name, phone, email }) => ({
    domarrollnamn: role,
    personnamn: name,
    mobiltelefon: phone,
    epostadress: email,
  })),
});
