import type { Match } from "../../shared/match.ts";
import type { MatchRecord } from "../matches/record.ts";
import type { Digest } from "../ports.ts";
import { createDirectory, createIdentity, type Directory, type Identity } from "./directory.ts";

type Options = {
  readonly records: () => Iterable<MatchRecord>;
  /** Grows whenever a match changes. */
  readonly revision: () => number;
  readonly digest: Digest;
};

/**
 * Everybody who is assigned to a current match, by name; reckoned anew when somebody asks after a match has changed. Who is
 * who is reckoned only when officials have: most changes are of other things.
 */
export const createReferees = ({ records, revision, digest }: Options): (() => Directory) => {
  let known: { readonly matches: readonly Match[]; readonly identity: Identity } | null = null;
  const identify = (matches: readonly Match[]): Identity => {
    const before = known;
    const isSame =
      before?.matches.length === matches.length &&
      matches.every(({ officials }, index) => officials === before.matches[index]?.officials);
    const identity =
      before !== null && isSame
        ? before.identity
        : createIdentity(
            matches.flatMap(({ officials }) => officials),
            digest,
          );
    known = { matches, identity };
    return identity;
  };
  let reckoned: { readonly revision: number; readonly directory: Directory } | null = null;
  return () => {
    const now = revision();
    if (reckoned?.revision === now) return reckoned.directory;
    const current = [...records()].flatMap(({ match, goneAt }) => (goneAt === null ? [match] : []));
    reckoned = { revision: now, directory: createDirectory(current, digest, identify(current)) };
    return reckoned.directory;
  };
};
