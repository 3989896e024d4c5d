import {
  type Concerned,
  type MatchItem,
  type MatchWaiting,
  matchesWaiting,
  type TodoItem,
  type TodoKind,
  type Urgency,
} from "../../../shared/desk.ts";

type TargetItem = Extract<TodoItem, { readonly matchId: null }>;

/** Whether those whom an item names are to be told of it. */
const asksToTell: Readonly<Record<TodoKind, boolean>> = {
  "called-off": true,
  postponed: true,
  "on-again": true,
  moved: true,
  withdrawn: true,
  "no-referee": false,
  "open-place": false,
  "double-booked": false,
  held: false,
  calendar: false,
  "sign-in": false,
};

export type ToTell = {
  readonly person: Concerned;
  /** Up to which change they are told by a tick; null: there is nothing to tell them. */
  readonly upTo: number | null;
};

export type MatchEntry = MatchWaiting & {
  /** Each once, whatever number of items names them. */
  readonly people: readonly ToTell[];
};

export type Entry =
  | ({ readonly of: "match" } & MatchEntry)
  | { readonly of: "target"; readonly urgency: Urgency; readonly item: TargetItem };

const peopleOf = (items: readonly MatchItem[]): readonly ToTell[] => {
  const found = new Map<string, ToTell>();
  for (const { kind, people, upTo } of items)
    for (const person of people) {
      const known = found.get(person.id);
      const told = asksToTell[kind] ? upTo : null;
      if (known === undefined || (known.upTo === null && told !== null)) found.set(person.id, { person, upTo: told });
    }
  return [...found.values()];
};

/** What waits, a match once: where its most pressing item stands. */
export const entriesOf = (items: readonly TodoItem[]): readonly Entry[] => {
  const byMatch = new Map(matchesWaiting(items).map((match) => [match.items[0], match]));
  return items.flatMap((item): readonly Entry[] => {
    if (item.matchId === null) return [{ of: "target", urgency: item.urgency, item }];
    const match = byMatch.get(item);
    return match === undefined ? [] : [{ of: "match", ...match, people: peopleOf(match.items) }];
  });
};

const rolesOf = (item: MatchItem): readonly string[] => {
  switch (item.kind) {
    case "no-referee":
    case "open-place":
      return item.places.map(({ role }) => role);
    case "withdrawn":
      return item.people.flatMap(({ role }) => role ?? []);
    case "double-booked":
    case "called-off":
    case "postponed":
    case "on-again":
    case "moved":
      return [];
  }
};

/** The roles that somebody is looked for, the first the most wanted; empty where nobody is. */
export const rolesWanted = (items: readonly MatchItem[]): readonly string[] => items.flatMap(rolesOf);
