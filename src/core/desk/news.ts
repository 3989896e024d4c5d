import type { Change, Difference, FieldChange } from "../../shared/change.ts";
import type { Match, Official } from "../../shared/match.ts";

/** What of a match's timeline somebody has to hear of. */

export type News = FieldChange<"kickoff" | "status" | "venue">;
type NewsField = News["field"];

/** The part of a timeline that matters here, the oldest first. */
export type Timeline = readonly Change[];

const fields: ReadonlySet<string> = new Set(["kickoff", "status", "venue", "officials", "openPlaces"]);
export const matters = ({ difference }: Change): boolean => fields.has(difference.field);

const isOf =
  <F extends NewsField | "officials">(field: F) =>
  (difference: Difference): difference is Extract<Difference, { readonly field: F }> =>
    difference.field === field;
const [isKickoff, isStatus, isVenue, isOfficials] = [isOf("kickoff"), isOf("status"), isOf("venue"), isOf("officials")];

const isNews = (difference: Difference): difference is News =>
  isKickoff(difference) || isStatus(difference) || isVenue(difference);

export type Told = {
  /** As it was and as it is, each field once; what went back to what it was is none. */
  readonly news: readonly News[];
  /** The first of the changes that these come of. */
  readonly first: Change | null;
};

/** What has changed after a change. What was not known before is learnt, which is no news. */
export const newsSince = (timeline: Timeline, upTo: number, match: Match): Told => {
  const later = timeline.filter(({ id }) => id > upTo);
  const differences = later.map(({ difference }) => difference);
  const kickoff = differences.find(isKickoff);
  const status = differences.find(isStatus);
  const venue = differences.find(isVenue);
  const isOff = match.status === "cancelled" || match.status === "abandoned";
  const all: readonly (News | undefined)[] = [
    status && { ...status, after: match.status },
    // Nobody has to know when or where it would not be played.
    isOff ? undefined : kickoff && { ...kickoff, after: match.kickoff },
    isOff ? undefined : venue && { ...venue, after: match.venue },
  ];
  const news = all.filter((one): one is News => one !== undefined && one.before !== null && one.before !== one.after);
  const named = new Set(news.map(({ field }) => field));
  const first = later.find(({ difference }) => isNews(difference) && named.has(difference.field)) ?? null;
  return { news, first };
};

type Identify = (official: Official) => string;

/** The change with which somebody came to the match; 0 when they have been there from the start. */
export const joinedWith = (timeline: Timeline, id: string, idOf: Identify): number => {
  const has = (officials: readonly Official[]): boolean => officials.some((official) => idOf(official) === id);
  const change = timeline.findLast(
    ({ difference }) => isOfficials(difference) && has(difference.after) && !has(difference.before),
  );
  return change?.id ?? 0;
};

export type Leaving = { readonly official: Official; readonly change: Change };

/** Those who had a place that nobody has now, the last to leave each; one who is there in another role did not leave. */
export const leavings = (timeline: Timeline, { officials }: Match, idOf: Identify): readonly Leaving[] => {
  const here = new Set(officials.map(idOf));
  const roles = new Set(officials.map(({ role }) => role));
  const found: Leaving[] = [];
  for (const change of timeline.toReversed()) {
    const { difference } = change;
    if (!isOfficials(difference)) continue;
    const stayed = new Set(difference.after.map(idOf));
    for (const official of difference.before) {
      const id = idOf(official);
      if (stayed.has(id) || here.has(id) || roles.has(official.role)) continue;
      here.add(id);
      roles.add(official.role);
      found.push({ official, change });
    }
  }
  return found;
};

/** When any of these fields last changed. */
export const lastChange = (timeline: Timeline, ...wanted: readonly Difference["field"][]): Change | null =>
  timeline.findLast(({ difference }) => wanted.includes(difference.field)) ?? null;
