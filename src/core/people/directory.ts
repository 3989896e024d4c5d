import { grouped } from "../../shared/grouped.ts";
import { createIdentity, type Identity } from "../../shared/identity.ts";
import type { Match, Official } from "../../shared/match.ts";
import { compareNames, compareTexts } from "../../shared/order.ts";
import type { Digest } from "../ports.ts";

/** One place of a match that somebody has. */
export type Assignment = {
  readonly match: Match;
  readonly official: Official;
};

/** Somebody who referees, with every match of theirs that is known, by kick-off; those without one last. */
export type Referee = {
  /** Stays the same from list to list: it says by what the person is known. Holds nothing personal. */
  readonly id: string;
  /** As it was last told. */
  readonly official: Official;
  readonly assignments: readonly Assignment[];
};

export type Directory = Identity & {
  /** Everybody by id, in the order of their names; made when it is first asked for. */
  readonly people: () => ReadonlyMap<string, Referee>;
};

/** Everybody of these matches. Whoever knows already who is who says so (`identity`). */
export const createDirectory = (
  matches: readonly Match[],
  digest: Digest,
  identity: Identity = createIdentity(
    matches.flatMap(({ officials }) => officials),
    digest,
  ),
): Directory => {
  const { idOf } = identity;
  let people: ReadonlyMap<string, Referee> | null = null;
  const reckon = (): ReadonlyMap<string, Referee> => {
    const assignments = matches.flatMap((match) => match.officials.map((official) => ({ match, official })));
    return new Map(
      [...grouped(assignments, ({ official }) => idOf(official))]
        .map(([id, assignments]) => refereeOf(id, assignments))
        .toSorted((one, other) => compareNames(one.official.name, other.official.name))
        .map((referee) => [referee.id, referee]),
    );
  };
  return {
    people: () => {
      people ??= reckon();
      return people;
    },
    ...identity,
  };
};

const refereeOf = (id: string, assignments: readonly Assignment[]): Referee => {
  const ordered = assignments.toSorted((a, b) => compareTexts(a.match.kickoff ?? "9", b.match.kickoff ?? "9"));
  return { id, official: latestOf(ordered.map(({ official }) => official)), assignments: ordered };
};

/** What was told with the latest match holds; what that leaves open is taken from those before it. */
const latestOf = (officials: readonly Official[]): Official => {
  const newestFirst = officials.toReversed();
  const [latest] = newestFirst;
  if (latest === undefined) throw new RangeError("A person has at least one match.");
  const known = <T>(of: (official: Official) => T | null): T | null =>
    newestFirst.map(of).find((value) => value !== null) ?? null;
  const phones = {
    mobile: known(({ phones: { mobile } }) => mobile),
    home: known(({ phones: { home } }) => home),
    work: known(({ phones: { work } }) => work),
  };
  return {
    ...latest,
    phones,
    phone: phones.mobile ?? phones.home ?? phones.work,
    email: known(({ email }) => email),
    address: known(({ address }) => address),
    personId: known(({ personId }) => personId),
    number: known(({ number }) => number),
  };
};
