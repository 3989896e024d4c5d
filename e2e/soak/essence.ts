import type { createTruth } from "../service/truth.ts";

type Facts = ReturnType<ReturnType<typeof createTruth>["matches"]>[number];

/** What an event says of a match, whatever calendar it stands in. */
export type FoundEvent = {
  readonly matchId: string;
  readonly summary: string;
  readonly start: string;
  readonly location: string;
  readonly description: string;
};

const marks: Readonly<Record<string, string>> = { cancelled: "INSTÄLLD: ", postponed: "UPPSKJUTEN: " };

/** In which fields an event is not as the publisher would have it. */
const wrongIn = (event: FoundEvent, match: Facts): readonly string[] => {
  const wanted = {
    summary: `${marks[match.status] ?? ""}${match.home} – ${match.away}`,
    start: match.kickoff ?? "",
    location: match.venue ?? "",
  };
  const people = match.officials.filter(({ name, phone }) =>
    [name, phone].some((said) => said !== null && !event.description.includes(said)),
  );
  return [
    ...(["summary", "start", "location"] as const)
      .filter((field) => event[field] !== wanted[field])
      .map((field) => `${field} ${event[field]} for ${wanted[field]}`),
    ...people.map(({ role }) => `not who is ${role}`),
  ];
};

/** Where a calendar is not what the truth asks for: one event for each match, all right, and nothing else of ours. */
export const eventsAgainstTruth = (events: readonly FoundEvent[], truth: readonly Facts[]): readonly string[] => {
  const wrong = truth.flatMap((match) => {
    const [event, ...others] = events.filter(({ matchId }) => matchId === match.id);
    if (event === undefined) return [`${match.id}: no event`];
    return [
      ...wrongIn(event, match).map((said) => `${match.id}: ${said}`),
      ...(others.length === 0 ? [] : [`${match.id}: ${others.length} events too many`]),
    ];
  });
  const known = new Set(truth.map(({ id }) => id));
  const surplus = events.filter(({ matchId }) => !known.has(matchId));
  return [...wrong, ...surplus.map(({ matchId }) => `${matchId}: an event of no match`)];
};

/** The names of those who should be found, and are not, and the other way round. */
export const namesAgainstTruth = (names: readonly string[], truth: readonly Facts[]): readonly string[] => {
  const wanted = new Set(truth.flatMap(({ officials }) => officials.flatMap(({ name }) => name ?? [])));
  const found = new Set(names);
  return [
    ...[...wanted].filter((name) => !found.has(name)).map((name) => `${name}: no contact`),
    ...[...found].filter((name) => !wanted.has(name)).map((name) => `${name}: a contact of nobody`),
  ];
};
