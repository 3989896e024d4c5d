import type { PortProblem } from "./port-kinds.ts";

/**
 * What core needs of the world, beside the journal (journal.ts) and the calendars (calendar/port.ts). main/adapters fulfils
 * these; tests give their own clock and randomness, and real adapters for the rest. What a port rejects with is a ProblemError
 * of its kinds (port-kinds.ts); whatever else is caught of it is a fault of ours (port-problem.ts).
 */

/**
 * Two clocks, timers and randomness. The wall clock may be set at any moment, in either direction: it dates what people
 * read and what is stored, and nothing else. Every wait, age, timeout and order within one run is measured on `elapsed`.
 */
export type Clock = {
  /** The wall clock: milliseconds since the epoch, UTC. */
  readonly now: () => number;
  /** Milliseconds since an arbitrary moment, never backwards. It means nothing to another run. */
  readonly elapsed: () => number;
  /** Runs `task` once after `ms` by `elapsed`; the returned function cancels it. */
  readonly after: (ms: number, task: () => void) => () => void;
  /** Uniform in [0, 1). */
  readonly random: () => number;
};

export type LogFields = Readonly<Record<string, unknown>>;
/** `part` names the room that speaks: feed, redis, journal, calendar, http, app. Fields never hold secrets or personal data. */
export type Log = {
  readonly debug: (message: string, fields?: LogFields) => void;
  readonly info: (message: string, fields?: LogFields) => void;
  readonly warn: (message: string, fields?: LogFields) => void;
  readonly error: (message: string, fields?: LogFields) => void;
  readonly part: (name: string) => Log;
};

/** SHA-256 of the text's UTF-8, in hex. */
export type Digest = (text: string) => string;

/**
 * What to listen to. An `extra` channel that the server refuses is left out: what is said there is also said on a
 * required one, and to be deaf on all of them would be worse.
 */
export type SubscribedChannels = { readonly required: readonly string[]; readonly extra: readonly string[] };

type Trouble = PortProblem<"subscription">;

/**
 * How a server answered a probe: it brought our message back (`publish`), or gave any other answer (`ping`), a refusal as
 * well. `trouble`: what it says is wrong with it.
 */
export type ProbeAnswer = { readonly proof: "publish" | "ping"; readonly trouble: Trouble | null };

/** How a stream stands at one moment. `added`: how many entries it was ever given; null where the server does not count. */
export type StreamState = {
  /** The oldest entry there is; null for none. */
  readonly first: string | null;
  /** The newest entry that there ever was. */
  readonly last: string;
  readonly length: number;
  readonly added: number | null;
  /** The newest entry that was deleted by itself. */
  readonly deleted: string | null;
};

export type StreamEntry = {
  readonly id: string;
  readonly fields: readonly (readonly [name: string, value: Uint8Array])[];
};

/** `state`: null when there is no such stream. Both are of the same moment. */
export type StreamTaken = { readonly state: StreamState | null; readonly entries: readonly StreamEntry[] };

/** Reading a stream, on a connection of its own. Rejects when the server refuses, and when the link is of no more use. */
export type StreamLink = {
  readonly name: string;
  /** The newest entry that there was before a channel beside it was listened to; null when that is not known. */
  readonly newestBefore: () => string | null;
  /** What comes after an id, at most so many. */
  readonly take: (after: string, most: number) => Promise<StreamTaken>;
  /** Resolves as soon as there is something after an id: true; or after so many milliseconds: false. */
  readonly wait: (after: string, ms: number) => Promise<boolean>;
};

/** One attempt at a subscription. A link that has failed or been closed is never used again. */
export type Link = {
  /**
   * Resolves with the channels confirmed, and the stream where it can be read; rejects when a required one is refused, or the
   * stream where nothing else is required.
   */
  readonly subscribe: (channels: SubscribedChannels) => Promise<readonly string[]>;
  /** null: no stream is wanted. */
  readonly stream: StreamLink | null;
  /** One probe. Rejects when the link is of no more use; the caller owns the deadline. */
  readonly probe: () => Promise<ProbeAnswer>;
  /** Safe to call at any time, more than once. */
  readonly close: () => void;
};

export type LinkEvents = {
  /** Where marks are wanted, what comes before the first of them is not told: nobody could name it. */
  readonly onMessage: (channel: string, payload: Uint8Array) => void;
  /** A mark among the messages, where marks are wanted. */
  readonly onMark?: (mark: string) => void;
  /** What a probe would tell is otherwise than the last one told: the stream is there now, say. */
  readonly onChanged?: () => void;
  /** Once, when the connection is gone for any reason but `close()`. */
  readonly onLost: (problem: Trouble) => void;
};

/**
 * What was heard on a channel, by a name that all who hear the channel give it: the how-manieth it is (from 1) after a mark
 * that all of them heard in the same place.
 */
export type Saying = {
  readonly mark: string;
  readonly channel: string;
  readonly nth: number;
  readonly payload: Uint8Array;
  /** When it was heard, by `elapsed`. */
  readonly heardAt: number;
  /** It was said before; perhaps the log has lost it. */
  readonly isAgain: boolean;
};

/** What a person said, as text, by a name that is its own for ever. `first`: where it stood in a log already; null: nowhere. */
export type Telling = { readonly name: string; readonly word: string; readonly first: string | null };

/** One connection to the log that the nodes of a desk share. */
export type LogWriter = {
  /** Appends what is not there yet, in order. Whatever fails may be said again: rejects when the connection is of no more use. */
  readonly append: (sayings: readonly Saying[]) => Promise<void>;
  /** The same for what a person said. */
  readonly tell: (telling: Telling) => Promise<void>;
  readonly close: () => void;
};

/** Whose turn it is, of the nodes of a desk. */
export type Turns = {
  /** Takes a turn that nobody has, or keeps ours, for so long. `signal` gives up a call that takes too long. */
  readonly take: (
    name: string,
    ms: number,
    signal: AbortSignalLike,
  ) => Promise<{ readonly isOurs: boolean; readonly holder: string }>;
  /** Lets the others have it. */
  readonly leave: (name: string) => Promise<void>;
};

/** The nodes of a desk, by what each says of itself. */
export type RollCall = {
  /** What this node is called in every run of it. */
  readonly member: string;
  /**
   * Says how this node does, and answers what each said last, how long ago by the server's clock, and what that clock says.
   * `signal` gives up a call that takes too long.
   */
  readonly call: (
    said: string,
    signal: AbortSignalLike,
  ) => Promise<{
    readonly serverTime: number;
    readonly nodes: readonly { readonly name: string; readonly said: string; readonly agoMs: number }[];
  }>;
  /** How the server is set up. */
  readonly survey: (signal: AbortSignalLike) => Promise<ServerSurvey>;
  /** This node is none of them any more. */
  readonly leave: () => Promise<void>;
};

export type ServerSurvey = {
  /** What it was told it has after a restart. */
  readonly keeps: boolean;
  /** Where it is full it removes what there is. */
  readonly evicts: boolean;
  readonly usedBytes: number;
  /** null: as much as the machine has. */
  readonly mostBytes: number | null;
};

/** The log that the nodes of a desk share: what any of them has heard, once. */
export type DeskLog = {
  /** The name of its stream. */
  readonly name: string;
  /** What this node is called among the others. */
  readonly node: string;
  /** Reads it. */
  readonly subscription: Subscription;
  /** Connects to write to it. */
  readonly write: (signal: AbortSignalLike) => Promise<LogWriter>;
};

/** Redis: pub/sub, and a stream beside it. */
export type Subscription = {
  /** Connects and signs in. `signal` aborts an attempt that takes too long. */
  readonly open: (events: LinkEvents, signal: AbortSignalLike) => Promise<Link>;
};

/** The part of AbortSignal that core uses; core has no DOM types. */
export type AbortSignalLike = {
  readonly aborted: boolean;
  readonly addEventListener: (type: "abort", listener: () => void) => void;
};

/** The full match list over HTTP. */
export type MatchSource = {
  /** `etag` of the list we have; answers `unchanged` on 304; never answers an empty list. */
  readonly fetch: (
    etag: string | null,
    signal: AbortSignalLike,
  ) => Promise<
    | { readonly kind: "unchanged" }
    | {
        readonly kind: "list";
        readonly matches: readonly unknown[];
        readonly etag: string | null;
        readonly bytes: number;
      }
  >;
};
