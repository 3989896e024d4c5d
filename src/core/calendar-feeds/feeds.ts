import type { CalendarFeed, FeedRecord, FeedSubject } from "../../shared/calendar-feed.ts";
import { hourMs } from "../../shared/duration.ts";
import { foldedName } from "../../shared/identity.ts";
import { type Instant, instantOf } from "../../shared/instant.ts";
import { compareTexts } from "../../shared/order.ts";
import type { PersonalData } from "../../shared/people.ts";
import { raise } from "../../shared/problem.ts";
import { errorTrail } from "../error-name.ts";
import type { Feed } from "../feed/feed.ts";
import type { Writing } from "../feed/ingest.ts";
import type { Word } from "../feed/word.ts";
import type { MatchRecord } from "../matches/record.ts";
import type { Directory } from "../people/directory.ts";
import type { Clock, Digest, Log } from "../ports.ts";
import type { Eraser } from "../retention/eraser.ts";
import type { WriteBehind } from "../write-behind.ts";
import type { Content } from "./content.ts";
import { feedFactOf, fetchedFact, readFeeds, readFetched, storedFeed } from "./record.ts";
import type { Selection } from "./selection.ts";

/** More than any district has officials, teams and venues. */
const mostFeeds = 20_000;
/** When each was last fetched is kept for the next run this often. */
const keepFetchedMs = hourMs;

/** Where each of them can be fetched; null: nowhere at the moment. */
export type FeedBase = () => string | null;

type Options = {
  /** What the journal has. */
  readonly facts: Readonly<Record<string, string>>;
  readonly records: ReadonlyMap<string, MatchRecord>;
  readonly selection: Selection;
  readonly directory: () => Directory;
  readonly contentOf: (name: string, records: readonly MatchRecord[]) => Content;
  /** What programs call a calendar. `name`: of its subject; null: not known. */
  readonly calendarName: (kind: FeedSubject["kind"], name: string | null) => string;
  readonly base: FeedBase;
  readonly digest: Digest;
  /** A text that nobody can guess, of letters that stand in an address as they are. */
  readonly secret: () => string;
  readonly clock: Pick<Clock, "now" | "elapsed">;
  readonly log: Log;
  /** Writes what is made when it is its turn among the messages. */
  readonly write: (make: () => Writing) => Promise<void>;
  readonly writeBehind: Pick<WriteBehind, "write">;
  /** Tells all nodes of the desk, which then take it (`take`), this one too; null: there are no others. */
  readonly tellAll: Feed["tell"];
};

/** Calendars that programs follow by secret addresses: which there are, and what is in each. */
export const createCalendarFeeds = (options: Options) => {
  const { records, selection, directory, contentOf, digest, secret, clock, log, write, writeBehind, tellAll } = options;
  const feeds = new Map<string, FeedRecord>();
  /** By a digest, so that the time of a search tells nothing of how near a guess came. */
  const byToken = new Map<string, string>();
  const bySubject = new Map<string, string>();
  const fetched = readFetched(options.facts[fetchedFact]);
  let isFetchedKept = true;
  let keptAt = clock.elapsed();

  const put = (feed: FeedRecord): void => {
    drop(feed.id);
    feeds.set(feed.id, feed);
    byToken.set(digest(feed.token), feed.id);
    // Two people who turned out to be one go on with the address that each was given.
    const key = subjectKey(feed.subject);
    if (!bySubject.has(key)) bySubject.set(key, feed.id);
  };
  const drop = (id: string): void => {
    const feed = feeds.get(id);
    if (feed === undefined) return;
    feeds.delete(id);
    byToken.delete(digest(feed.token));
    const key = subjectKey(feed.subject);
    if (bySubject.get(key) !== id) return;
    bySubject.delete(key);
    const other = [...feeds.values()].find(({ subject }) => subjectKey(subject) === key);
    if (other !== undefined) bySubject.set(key, other.id);
  };
  const stored = readFeeds(options.facts);
  for (const feed of stored.feeds) put(feed);
  if (stored.unreadable > 0)
    log.warn("calendar feeds in the journal are of another version; they are kept, and answer nobody", {
      count: stored.unreadable,
    });

  const matchesOf = (subject: FeedSubject): readonly MatchRecord[] =>
    selection.of(subject).flatMap((id) => records.get(id) ?? []);

  const shown = ({ id, subject, token, madeAt, renewedAt }: FeedRecord): CalendarFeed => {
    const base = options.base();
    const address = base === null ? null : `${base}${feedPath(token)}`;
    return {
      id,
      subject,
      label: selection.nameOf(subject),
      matches: matchesOf(subject).filter(({ goneAt, declinedAt }) => goneAt === null && declinedAt === null).length,
      madeAt,
      renewedAt,
      lastFetchedAt: fetched.get(id) ?? null,
      address,
      webcal: address?.replace(/^https?:/, "webcal:") ?? null,
    };
  };

  const feedOf = (id: string): FeedRecord =>
    feeds.get(id) ?? raise("not-found", "There is no calendar feed with this id.", "id");

  const now = (): Instant => instantOf(clock.now());

  const keep = (changed: readonly FeedRecord[]): Writing => ({
    batch: { meta: metaOf(changed) },
    known: () => changed.forEach(put),
  });

  const without = (id: string): Writing => ({
    batch: { meta: { [feedFactOf(id)]: null } },
    known: () => {
      drop(id);
      fetched.delete(id);
      isFetchedKept = false;
    },
  });

  /** Keeps what is made, on all nodes. */
  const putAll = async (make: () => readonly FeedRecord[]): Promise<void> => {
    if (tellAll === null) return write(() => keep(make()));
    const feeds = make();
    if (feeds.length > 0) await tellAll({ kind: "feeds", feeds });
  };

  /** As matches tell of it now. */
  const known = (subject: FeedSubject): FeedSubject => {
    switch (subject.kind) {
      case "person": {
        const id = selection.today(subject.id);
        if (!directory().people().has(id)) raise("not-found", "There is nobody with this id.", "for.id");
        return { ...subject, id };
      }
      case "filter":
        return subject;
      default:
        return selection.thing(subject) ?? raise("not-found", `No match tells of a ${subject.kind} like this.`, "for");
    }
  };

  /** Those of people who are known by another id now, with that one. */
  const moved = (): readonly FeedRecord[] =>
    [...feeds.values()].flatMap((feed): readonly FeedRecord[] => {
      const { subject } = feed;
      if (subject.kind !== "person") return [];
      const id = selection.today(subject.id);
      return id === subject.id ? [] : [{ ...feed, subject: { ...subject, id } }];
    });

  const keepFetched = (): void => {
    if (isFetchedKept) return;
    isFetchedKept = true;
    keptAt = clock.elapsed();
    writeBehind.write({ meta: { [fetchedFact]: JSON.stringify(Object.fromEntries(fetched)) } });
  };

  return {
    has: (token: string): boolean => byToken.has(digest(token)),
    /** The calendar of this token, now; null: there is none. */
    find: (token: string): Content | null => {
      const feed = feeds.get(byToken.get(digest(token)) ?? "");
      if (feed === undefined) return null;
      fetched.set(feed.id, now());
      isFetchedKept = false;
      const { subject } = feed;
      return contentOf(options.calendarName(subject.kind, selection.nameOf(subject)), matchesOf(subject));
    },
    /** In the order in which they were made; of one person alone if asked. */
    list: (personId: string | null): readonly CalendarFeed[] => {
      const isAsked = ({ subject }: FeedRecord): boolean =>
        personId === null || (subject.kind === "person" && selection.today(subject.id) === selection.today(personId));
      return [...feeds.values()]
        .filter(isAsked)
        .toSorted((one, other) => compareTexts(one.madeAt, other.madeAt) || compareTexts(one.id, other.id))
        .map(shown);
    },
    /** Makes those that there are not yet; answers those of all the subjects. */
    make: async (subjects: readonly FeedSubject[]): Promise<readonly CalendarFeed[]> => {
      const wanted = new Map(subjects.map(known).map((subject) => [subjectKey(subject), subject]));
      await putAll(() => {
        const changed = [...wanted].flatMap(([key, subject]): readonly FeedRecord[] => {
          const there = feeds.get(bySubject.get(key) ?? "");
          if (there === undefined)
            return [{ id: secret().slice(0, 12), subject, token: secret(), madeAt: now(), renewedAt: null }];
          // A filter that was saved anew under its name keeps its address.
          return JSON.stringify(there.subject) === JSON.stringify(subject) ? [] : [{ ...there, subject }];
        });
        const made = changed.filter(({ id }) => !feeds.has(id));
        if (feeds.size + made.length > mostFeeds)
          raise("input-invalid", `There may be ${mostFeeds} calendar feeds; revoke those that nobody fetches.`, "for");
        return changed;
      });
      return [...wanted.keys()].flatMap((key) => feeds.get(bySubject.get(key) ?? "") ?? []).map(shown);
    },
    /** Another address; the one before answers nobody from now on. */
    renew: async (id: string): Promise<CalendarFeed> => {
      await putAll(() => [{ ...feedOf(id), token: secret(), renewedAt: now() }]);
      return shown(feedOf(id));
    },
    revoke: async (id: string): Promise<void> => {
      feedOf(id);
      if (tellAll === null) await write(() => without(feedOf(id).id));
      else await tellAll({ kind: "revoke-feed", id });
    },
    /** What a person made or took away on one of the nodes. */
    take: (word: Extract<Word, { readonly kind: "feeds" | "revoke-feed" }>): Promise<void> =>
      write(() => (word.kind === "feeds" ? keep(word.feeds) : without(word.id))),
    touch: selection.touch,
    /**
     * Notes by what people are known now, while it can be told from what they were known by, and now and then when each
     * calendar was last fetched.
     */
    settle: (): void => {
      if (clock.elapsed() - keptAt >= keepFetchedMs) keepFetched();
      if (moved().length === 0) return;
      // What the journal refuses is tried again when this is next called; until then they are found by what they were.
      write(() => keep(moved())).catch((error: unknown) =>
        log.warn("calendar feeds could not be noted by new ids yet", { reason: errorTrail(error) }),
      );
    },
    /** Somebody's calendars, as they would be told of them. */
    ofPeople: (personIds: ReadonlySet<string>): PersonalData["calendarFeeds"] =>
      [...feeds.values()].flatMap(({ id, subject, madeAt }) =>
        subject.kind === "person" && personIds.has(selection.today(subject.id))
          ? [{ madeAt, lastFetchedAt: fetched.get(id) ?? null }]
          : [],
      ),
    /** A filter's name may name somebody: what is to be written anew. A person's own calendar stays theirs. */
    erasing: (eraser: Pick<Eraser, "payload">): Readonly<Record<string, string>> =>
      metaOf(namesWithout([...feeds.values()], eraser)),
    erased: (eraser: Pick<Eraser, "payload">): void => namesWithout([...feeds.values()], eraser).forEach(put),
    stop: keepFetched,
  };
};
export type CalendarFeeds = ReturnType<typeof createCalendarFeeds>;

/** The path of a calendar's address. */
export const feedPath = (token: string): string => `/calendar/${token}.ics`;

const metaOf = (feeds: readonly FeedRecord[]): Readonly<Record<string, string>> =>
  Object.fromEntries(feeds.map((feed) => [feedFactOf(feed.id), storedFeed.write(feed)]));

/** Equal keys, one calendar. */
const subjectKey = (subject: FeedSubject): string => {
  switch (subject.kind) {
    case "person":
      return `person ${subject.id}`;
    case "filter":
      return `filter ${foldedName(subject.name)}`;
    default:
      return subject.id === null ? `${subject.kind} = ${foldedName(subject.name)}` : `${subject.kind} # ${subject.id}`;
  }
};

const namesWithout = (feeds: readonly FeedRecord[], { payload }: Pick<Eraser, "payload">): readonly FeedRecord[] =>
  feeds.flatMap((feed): readonly FeedRecord[] => {
    const { subject } = feed;
    if (subject.kind !== "filter") return [];
    const name = payload(subject.name);
    return name === subject.name ? [] : [{ ...feed, subject: { ...subject, name } }];
  });
