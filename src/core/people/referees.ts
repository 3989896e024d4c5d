import { createIdentities } from "../../shared/identity.ts";
import type { MatchRecord } from "../matches/record.ts";
import type { Digest } from "../ports.ts";
import { createDirectory, type Directory } from "./directory.ts";

type Options = {
  readonly records: () => Iterable<MatchRecord>;
  /** Grows whenever a match changes. */
  readonly revision: () => number;
  readonly digest: Digest;
};

/** Everybody who is assigned to a current match, by name; reckoned anew when somebody asks after a match has changed. */
export const createReferees = ({ records, revision, digest }: Options): (() => Directory) => {
  const identify = createIdentities(digest);
  let reckoned: { readonly revision: number; readonly directory: Directory } | null = null;
  return () => {
    const now = revision();
    if (reckoned?.revision === now) return reckoned.directory;
    const current = [...records()].flatMap(({ match, goneAt }) => (goneAt === null ? [match] : []));
    reckoned = { revision: now, directory: createDirectory(current, digest, identify(current)) };
    return reckoned.directory;
  };
};
