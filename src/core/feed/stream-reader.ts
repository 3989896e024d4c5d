import type { StreamStatus } from "../../shared/connection.ts";
import { type Instant, instantOf } from "../../shared/instant.ts";
import { backoff } from "../backoff.ts";
import { errorTrail } from "../error-name.ts";
import { pause } from "../pause.ts";
import type { Clock, Log, StreamEntry, StreamLink, StreamState } from "../ports.ts";
import type { Heard } from "./arrival.ts";
import {
  addedAt,
  beforeAll,
  followStream,
  isBefore,
  type StreamLoss,
  type StreamPosition,
  streamPositionSchema,
} from "./stream-position.ts";

/** So many entries at once, or about so many bytes of them: each may be a list of all matches. */
const mostEntries = 50;
const mostBytes = 8 * 1024 * 1024;
const firstEntries = 10;
/** One that is not there yet, but empty when it comes, wakes nobody who waits for news. */
const lookForMs = 2000;
const retry = { baseMs: 500, capMs: 5000, least: 0.5 } as const;

/** null: to be forgotten. */
type Facts = Readonly<Record<string, string | null>>;

export type StreamReaderOptions = {
  readonly name: string;
  readonly clock: Clock;
  readonly log: Log;
  /** What the run before kept, by the name of the fact. */
  readonly stored: Readonly<Record<string, string>>;
  /** One wait for news takes no longer: it holds up the probe. */
  readonly waitMs: number;
  /** So often it is looked whether the stream is what it was, when nothing comes. */
  readonly lookMs: number;
  /** What an entry tells; null: nobody here can read it, and so nothing that comes after it. `saidAt`: by the server's clock. */
  readonly heardIn: (
    entry: StreamEntry,
    times: { readonly now: number; readonly saidAt: number | null },
  ) => readonly Heard[] | null;
  readonly onHalted?: () => void;
  /** What an entry asks for that is no message: it is done when all before it is journaled, and may be done twice. Resolves with what is to be kept of it. */
  readonly apart?: (entry: StreamEntry, now: number) => (() => Promise<Facts>) | null;
  /** Resolves when the inbox has room for more. */
  readonly room: () => Promise<void>;
  readonly hasRoom: () => boolean;
  readonly receive: (heard: Heard) => void;
  /** Keeps facts when the journal has all that was received before. */
  readonly keep: (facts: Facts) => Promise<void>;
  /** The same, where entries are lost that were added after `from` by the wall clock. */
  readonly missed: (from: number, loss: StreamLoss, facts: Facts) => Promise<void>;
};

/**
 * Reads a stream on, from where the journal is with it. It asks for more only when the inbox has room, so nothing of a stream
 * is ever spilled or let go. Every entry carries the position after it, which the journal takes in the same transaction.
 */
export const createStreamReader = (options: StreamReaderOptions) => {
  const { name, clock, log } = options;
  const fact = `stream:${name}`;
  let position = readPosition(options.stored[fact]);
  /** As far as the journal has it, or will have when it has what was received. */
  let kept = position;
  let link: StreamLink | null = null;
  let most = firstEntries;
  let behind: number | null = null;
  let lookedAt: Instant | null = null;

  let isThere = true;
  let isHalted = false;

  const halt = (entry: string): void => {
    log.error("An entry was written by a newer version: nothing more of the stream is read.", { stream: name, entry });
    isHalted = true;
    link = null;
    options.onHalted?.();
  };

  const factsOf = (at: StreamPosition | null) => ({ [fact]: at === null ? null : JSON.stringify(at) });

  /** One link after the other; what an earlier one still brings is not taken. */
  const read = async (mine: StreamLink): Promise<void> => {
    let failures = 0;
    while (link === mine) {
      try {
        await options.room();
        if (link !== mine) return;
        if (await take(mine)) await rest(mine);
        failures = 0;
      } catch (error) {
        failures += 1;
        log.debug("the stream could not be read", { stream: name, error: errorTrail(error) });
        const waitMs = backoff({ ...retry, failures, random: clock.random() });
        await pause(clock, waitMs);
      }
    }
  };

  /** True when there is no more. */
  const take = async (mine: StreamLink): Promise<boolean> => {
    const asked = most;
    const taken = await mine.take(position?.id ?? beforeAll, asked);
    if (link !== mine) return false;
    const now = clock.now();
    const step = followStream(position, taken, { most: asked, at: now });
    if (step.loss !== null) {
      log.warn("Entries of the stream are gone that were not read.", { stream: name, loss: step.loss });
      await options.missed(Math.min(position?.at ?? now, now), step.loss, factsOf(step.from));
      position = step.from;
      kept = position;
      if (link !== mine) return false;
    }
    let bytes = 0;
    let said = position?.said;
    for (const { entry, position: after } of step.entries) {
      if (!options.hasRoom()) await options.room();
      if (link !== mine) return false;
      const heardAt = clock.now();
      const apart = options.apart?.(entry, heardAt) ?? null;
      if (apart !== null) {
        const past = said === undefined ? after : { ...after, said };
        await options.keep(factsOf(position));
        if (link !== mine) return false;
        const facts = await apart();
        await options.keep({ ...facts, ...factsOf(past) });
        // Another link reads on from where we were.
        if (link !== mine) return false;
        position = past;
        kept = past;
        continue;
      }
      const added = wasThereBefore(mine, entry) ? addedAt(entry.id) : null;
      // The entry before may be dated by our receipt, which is later than what the server says of this one.
      const saidAt = added === null ? null : Math.max(added, said ?? added);
      said = saidAt ?? heardAt;
      const heard = options.heardIn(entry, { now: heardAt, saidAt });
      if (heard === null) {
        halt(entry.id);
        return false;
      }
      position = { ...after, said };
      const keeping = factsOf(position);
      for (const [index, one] of heard.entries()) {
        bytes += one.payload.byteLength;
        // With the last of them the journal has all of the entry, and before that none of it.
        options.receive(index < heard.length - 1 ? { ...one, goesOn: true } : { ...one, keeping });
      }
      kept = position;
    }
    const count = step.entries.length;
    if (count > 0) most = Math.max(1, Math.min(mostEntries, Math.floor(mostBytes / Math.max(1, bytes / count))));
    position = step.position === null || said === undefined ? step.position : { ...step.position, said };
    behind = behindOf(position, taken.state);
    isThere = taken.state !== null;
    lookedAt = instantOf(clock.now());
    if (isElsewhere(position, kept)) {
      await options.keep(factsOf(position));
      kept = position;
    }
    return step.isCaughtUp;
  };

  /** Until something comes, or it is time to look how the stream stands. */
  const rest = async (mine: StreamLink): Promise<void> => {
    const lookMs = isThere ? options.lookMs : Math.min(options.lookMs, lookForMs);
    const until = clock.elapsed() + lookMs;
    while (link === mine && clock.elapsed() < until)
      if (await mine.wait(position?.id ?? beforeAll, Math.min(options.waitMs, lookMs))) return;
  };

  return {
    begin: (stream: StreamLink): void => {
      if (isHalted) return;
      link = stream;
      void read(stream);
    },
    end: (): void => {
      link = null;
    },
    /** It has an entry that nobody here can read. */
    isHalted: (): boolean => isHalted,
    status: (): StreamStatus => ({ name, lastId: position?.id ?? null, behind, lookedAt }),
  };
};

/**
 * Only what was in the stream before we listened is as old as its id says. What comes while we listen is said when we hear it,
 * as on a channel: by two clocks, what is said later over the one would count as older than what came over the other.
 */
const wasThereBefore = (link: StreamLink, { id }: StreamEntry): boolean => {
  const newest = link.newestBefore();
  return newest === null || !isBefore(newest, id);
};

/** How many entries are still to be read. */
const behindOf = (position: StreamPosition | null, state: StreamState | null): number | null => {
  if (state === null) return 0;
  if (state.added === null) return null;
  return position === null ? state.length : position.added === null ? null : state.added - position.added;
};

const isElsewhere = (one: StreamPosition | null, other: StreamPosition | null): boolean =>
  one?.id !== other?.id || one?.added !== other?.added;

/** What cannot be read was written by nobody we know: then the stream is read from its beginning. */
const readPosition = (text: string | undefined): StreamPosition | null => {
  try {
    return streamPositionSchema.parse(JSON.parse(text ?? "null"));
  } catch {
    return null;
  }
};
