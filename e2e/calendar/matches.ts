import { aMatch } from "../../src/core/calendar/testing/records.ts";
import { instantOf } from "../../src/shared/instant.ts";
import type { Match } from "../../src/shared/match.ts";
import { anOfficial } from "../../src/shared/testing/people.ts";

const hourMs = 60 * 60 * 1000;
const venues = ["Kamratgården 2 hybrid", "Hedens IP", "Ruddalens IP, plan 3", "Valhalla IP; konstgräs", null];

/** Matches of the coming weeks, each an hour after the other. */
export const comingMatches = (count: number): readonly Match[] => {
  const first = Math.ceil(Date.now() / hourMs) * hourMs + 24 * hourMs;
  return Array.from({ length: count }, (_, n) =>
    aMatch({
      id: String(6_100_000 + n),
      number: String(n + 1).padStart(9, "0"),
      home: `Lag ${n + 1} BK`,
      kickoff: instantOf(first + n * hourMs),
      venue: venues[n % venues.length] ?? null,
    }),
  );
};

/** What may happen to a match. */
const changes: readonly ((match: Match, chance: () => number) => Match)[] = [
  (match, chance) => ({ ...match, venue: `Plan ${Math.floor(chance() * 1e6)}` }),
  (match, chance) => ({
    ...match,
    kickoff: instantOf(Date.parse(match.kickoff ?? "2030-01-01") + Math.ceil(chance() * 48) * hourMs),
  }),
  (match) => ({ ...match, status: match.status === "cancelled" ? "scheduled" : "cancelled" }),
  (match, chance) => ({
    ...match,
    officials: [anOfficial({ role: "Huvuddomare", name: `Prov Domare ${Math.floor(chance() * 1e6)}` })],
  }),
];

/** The same matches after some time: about `share` of them have changed. */
export const changeSome = (
  matches: readonly Match[],
  { share, chance }: { readonly share: number; readonly chance: () => number },
): readonly Match[] =>
  matches.map((match) =>
    chance() < share ? (changes[Math.floor(chance() * changes.length)]?.(match, chance) ?? match) : match,
  );
