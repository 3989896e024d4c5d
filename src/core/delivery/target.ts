import { compareTexts } from "../../shared/order.ts";
import type { WantedEvent } from "../calendar/port.ts";
import { errorName } from "../error-name.ts";
import { TargetProblem } from "../keeper/failure.ts";
import type { KeeperStore, Known, Wanted } from "../keeper/item.ts";
import type { Desired, Target } from "../keeper/target.ts";
import type { MatchRecord } from "../matches/record.ts";
import type { Digest, Log } from "../ports.ts";
import { createMatchItems } from "../targets/match-items.ts";
import { type TargetEntry, targetEntry } from "../targets/targets.ts";
import type { CurrentMatch, OnMatches } from "./program.ts";

/** A match as the program should have been given it. */
type GivenMatch = Wanted & { readonly match: CurrentMatch };

/** Every match is to be given, also one that is gone: it says so. */
const givenMatch = ({ match, goneAt, declinedAt }: MatchRecord, digest: Digest): Desired<GivenMatch> => {
  const current = { ...match, goneAt, declinedAt };
  const hash = digest(canonical(current));
  return { kind: "item", item: { id: match.id, hash, start: null, cancelled: false, match: current } };
};

/** The same text for the same match, whether it was just decoded or read from the journal. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => compareTexts(a, b)))
      : inner,
  );

const failed = (message: string): TargetProblem =>
  new TargetProblem({ kind: "program-failed", message }, { concern: "collection" });

/**
 * The program that has the service in it, as a target: its function is given every match that is not as it was last
 * given, at least once, one call at a time, always the latest state. It cannot be read, so what it took is remembered.
 */
export const createProgramTarget = (options: { readonly onMatches: OnMatches; readonly log: Log }) => {
  const { log } = options;
  let { onMatches } = options;

  const give = async (matches: readonly CurrentMatch[]): Promise<unknown> => {
    // What throws at once must fail like what throws later.
    await Promise.resolve();
    try {
      return await onMatches(matches);
    } catch (error) {
      log.error("onMatches failed; it is called again", { matches: matches.length, error });
      throw failed(`onMatches failed (${errorName(error)}).`);
    }
  };

  const target: Target<GivenMatch> = {
    name: "program",
    id: "program",
    label: () => "onMatches",
    isOwn: false,
    limits: {
      batch: Number.POSITIVE_INFINITY,
      calls: 1,
      longestWaitMs: 60_000,
      stopMs: 5000,
      late: { ms: 60_000, problem: { kind: "program-failed", message: "onMatches has not ended yet." } },
      keepPastDays: null,
    },
    list: null,
    isOursAlone: () => false,
    apply: async (changes) => {
      const given = changes.flatMap(({ wanted }) => wanted ?? []);
      if ((await give(given.map(({ match }) => match))) === false) throw failed("onMatches answered false.");
      return given.map(({ id, hash, start, cancelled }) => ({
        ok: true,
        written: {
          outcome: "updated",
          found: { id, remoteId: id, etag: null, hash, actual: hash, start, cancelled },
        },
      }));
    },
    close: () => undefined,
  };
  return {
    target,
    /** Another function from now on. */
    setOnMatches: (next: OnMatches): void => {
      onMatches = next;
    },
  };
};

export type ProgramTarget = ReturnType<typeof createProgramTarget>;

export const programEntry = (options: {
  readonly target: Target<GivenMatch>;
  readonly store: KeeperStore<WantedEvent>;
  readonly digest: Digest;
}): TargetEntry =>
  targetEntry({
    target: options.target,
    store: programStore(options.store),
    items: createMatchItems(
      (record) => givenMatch(record, options.digest),
      ({ id }) => id,
    ),
    // What it was given is its own.
    erase: (given) => given,
    previewFirst: false,
  });

const withoutMatch = <W extends Wanted>(known: Known<W>) => ({ ...known, written: null });

/** What the program was given is stored as what is known to be in a calendar is; the matches themselves are not. */
const programStore = (store: KeeperStore<WantedEvent>): KeeperStore<GivenMatch> => ({
  load: (target) => {
    const { known, meta } = store.load(target);
    return { outbox: [], known: known.map(withoutMatch), meta };
  },
  write: async (target, { known = [], forgotten = [], meta = {} }) => {
    if (known.length + forgotten.length + Object.keys(meta).length === 0) return;
    await store.write(target, { known: known.map(withoutMatch), forgotten, meta });
  },
  lastRun: () => [],
  dropRuns: async () => undefined,
});
