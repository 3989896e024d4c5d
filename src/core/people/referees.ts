import type { MatchRecord } from "../matches/record.ts";
import type { Digest } from "../ports.ts";
import { createDirectory, type Referee } from "./directory.ts";

const swedish = new Intl.Collator("sv");

type Options = {
  readonly records: () => Iterable<MatchRecord>;
  /** Grows whenever a match changes. */
  readonly revision: () => number;
  readonly digest: Digest;
};

/** Everybody who is assigned to a current match, by name; reckoned anew when somebody asks after a match has changed. */
export const createReferees = ({ records, revision, digest }: Options): (() => ReadonlyMap<string, Referee>) => {
  let reckoned: { readonly revision: number; readonly referees: ReadonlyMap<string, Referee> } | null = null;
  return () => {
    const now = revision();
    if (reckoned?.revision === now) return reckoned.referees;
    const current = [...records()].flatMap(({ match, goneAt }) => (goneAt === null ? [match] : []));
    const byName = [...createDirectory(current, digest)].toSorted(([, a], [, b]) =>
      swedish.compare(a.official.name, b.official.name),
    );
    reckoned = { revision: now, referees: new Map(byName) };
    return reckoned.referees;
  };
};
