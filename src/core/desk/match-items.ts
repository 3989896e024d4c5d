import type { Concerned, MatchItem, TodoItem } from "../../shared/desk.ts";
import { instantOf } from "../../shared/instant.ts";
import { type Match, mainRefereeOf, matchTitle, type Official, statusOfPlace } from "../../shared/match.ts";
import { isActive, type Warning } from "../../shared/snapshot.ts";
import { isDue, rules, urgencyOf } from "../../shared/todo-rules.ts";
import { byKickoff } from "../matches/book.ts";
import type { MatchRecord } from "../matches/record.ts";
import { isToBePlayed } from "../matches/warnings.ts";
import { type Entry, tickOf } from "./entries.ts";
import { joinedWith, lastChange, leavings, newsSince, type Timeline } from "./news.ts";

export type MatchFacts = {
  readonly record: MatchRecord;
  readonly timeline: Timeline;
  readonly entry: Entry;
  readonly warnings: readonly Warning[];
};

export type MatchTools = {
  readonly now: number;
  readonly idOf: (official: Official) => string;
  readonly find: (matchId: string) => MatchRecord | undefined;
};

/** What waits for somebody in one match. */
export const matchItems = (facts: MatchFacts, tools: MatchTools): readonly TodoItem[] => {
  if (!isActive(facts.record)) return [];
  return [
    ...newsItem(facts, tools),
    ...withdrawnItem(facts, tools),
    ...openItem(facts, tools),
    ...clashItems(facts, tools),
  ].filter(({ kind, kickoff }) => isDue(kind, kickoff, tools.now));
};

const headOf = (kind: MatchItem["kind"], { match }: MatchRecord, timeline: Timeline, now: number) => ({
  id: `${kind}/${match.id}`,
  matchId: match.id,
  title: matchTitle(match),
  kickoff: match.kickoff,
  venue: match.venue,
  urgency: urgencyOf(match.kickoff, now),
  upTo: timeline.at(-1)?.id ?? 0,
});

const concerned = (official: Official, id: string, told: Concerned["told"]): Concerned => {
  const { name, role, phone, email } = official;
  return { id, name, role, phone, email, told };
};

/** Somebody may have a place twice; they are told once. */
const once = (officials: readonly Official[], idOf: MatchTools["idOf"]): ReadonlyMap<string, Official> =>
  new Map(officials.map((official) => [idOf(official), official]));

const newsItem = (facts: MatchFacts, { now, idOf }: MatchTools): readonly MatchItem[] => {
  const { record, timeline, entry } = facts;
  const { match } = record;
  const kind = newsKindOf(match);
  if (kind === null) return [];
  const everybody = newsSince(timeline, 0, match);
  if (everybody.first === null) return [];
  const { at: begun } = everybody.first;
  // Whoever left with the news, or after it, has not heard it by being there.
  const left = leavings(timeline, match, idOf).filter(({ change }) => change.at >= begun);
  const people = once([...left.map(({ official }) => official), ...match.officials], idOf);
  const wait: { readonly person: Concerned; readonly upTo: number }[] = [];
  for (const [id, official] of people) {
    const joined = joinedWith(timeline, id, idOf);
    if (newsSince(timeline, joined, match).news.length === 0) continue;
    const tick = tickOf(entry, id);
    const upTo = Math.max(joined, tick?.upTo ?? 0);
    const knows = tick !== null && newsSince(timeline, upTo, match).news.length === 0;
    wait.push({ person: concerned(official, id, knows ? { at: tick.at, by: tick.by } : null), upTo });
  }
  const untold = wait.filter(({ person }) => person.told === null);
  // Where nobody is known whom it concerns, it waits until a person says that it is seen.
  const nobody = people.size === 0;
  if (untold.length === 0 && !nobody) return [];
  const upTo = nobody ? (tickOf(entry, null)?.upTo ?? 0) : Math.min(...untold.map((one) => one.upTo));
  const { news, first } = newsSince(timeline, upTo, match);
  if (first === null) return [];
  const what = newsKind(kind, news);
  return [
    {
      kind: what,
      ...headOf(what, record, timeline, now),
      since: first.at,
      people: wait.map(({ person }) => person),
      changes: news,
    },
  ];
};

type NewsKind = "called-off" | "postponed" | "on-again" | "moved";

/** What any news of it amounts to; null: it is over. */
const newsKindOf = ({ status }: Match): Exclude<NewsKind, "on-again"> | null => {
  switch (status) {
    case "cancelled":
    case "abandoned":
      return "called-off";
    case "postponed":
      return "postponed";
    case "scheduled":
      return "moved";
    case "completed":
      return null;
  }
};

const newsKind = (kind: Exclude<NewsKind, "on-again">, news: readonly { readonly field: string }[]): NewsKind =>
  kind === "moved" && news.some(({ field }) => field === "status") ? "on-again" : kind;

/** How FOGIS words an assignment that somebody does not take. */
const refusal = /^(avböj|återläm|återkall|neka|avsa|tackat nej)/i;

const saysNo = ({ status }: Official): boolean => status !== null && refusal.test(status.trim());

const withdrawnItem = ({ record, timeline, entry }: MatchFacts, { now, idOf }: MatchTools): readonly MatchItem[] => {
  if (!isToBePlayed(record)) return [];
  const { match } = record;
  const answered = lastChange(timeline, "officials");
  const gone = [
    ...leavings(timeline, match, idOf).map(({ official, change }) => ({ official, upTo: change.id, at: change.at })),
    ...match.officials
      .filter(saysNo)
      .map((official) => ({ official, upTo: answered?.id ?? 0, at: answered?.at ?? record.firstAt })),
  ].filter(({ official, upTo }) => {
    const tick = tickOf(entry, idOf(official));
    return tick === null || tick.upTo < upTo;
  });
  if (gone.length === 0) return [];
  const people = gone.map(({ official }) => concerned(official, idOf(official), null));
  const since = instantOf(Math.min(...gone.map(({ at }) => Date.parse(at))));
  return [{ kind: "withdrawn", ...headOf("withdrawn", record, timeline, now), since, people }];
};

const openItem = ({ record, timeline }: MatchFacts, { now }: MatchTools): readonly MatchItem[] => {
  const { match } = record;
  if (!isToBePlayed(record) || match.kickoff === null) return [];
  const lacksReferee = mainRefereeOf(match.officials.filter((official) => !saysNo(official))) === null;
  if (!lacksReferee && match.openPlaces.length === 0) return [];
  const places = match.openPlaces.map((role) => ({ role, status: statusOfPlace(match.placeStatuses, role) }));
  const kind = lacksReferee ? "no-referee" : "open-place";
  const last = lastChange(timeline, "officials", "openPlaces", "kickoff")?.at ?? record.firstAt;
  const due = Date.parse(match.kickoff) - (rules[kind].withinMs ?? 0);
  const since = instantOf(Math.max(Date.parse(last), due));
  return [{ kind, ...headOf(kind, record, timeline, now), since, people: [], places }];
};

/** Each pair of matches once: it waits in the earlier of the two. */
const clashItems = ({ record, timeline, warnings }: MatchFacts, tools: MatchTools): readonly MatchItem[] => {
  const clashing = new Map<string, Official[]>();
  for (const warning of warnings) {
    if (warning.kind !== "double-booked") continue;
    const official = record.match.officials.find(({ name }) => name === warning.official);
    if (official === undefined) continue;
    clashing.set(warning.otherMatchId, [...(clashing.get(warning.otherMatchId) ?? []), official]);
  }
  return [...clashing].flatMap(([otherId, officials]): readonly MatchItem[] => {
    const other = tools.find(otherId);
    if (other === undefined || byKickoff(record.match, other.match) > 0) return [];
    const people = [...once(officials, tools.idOf)].map(([id, official]) => concerned(official, id, null));
    const changed = lastChange(timeline, "officials", "kickoff", "venue", "status")?.at ?? record.firstAt;
    const head = headOf("double-booked", record, timeline, tools.now);
    return [
      {
        kind: "double-booked",
        ...head,
        id: `${head.id}/${otherId}`,
        since: changed,
        people,
        otherMatchId: otherId,
      },
    ];
  });
};
