import { z } from "zod";
import { targetNameSchema } from "../../shared/calendar.ts";
import { feedRecordSchema } from "../../shared/calendar-feed.ts";
import { instantSchema } from "../../shared/instant.ts";

const matchId = z.string().max(200);
const who = z.string().max(1000).nullable();

/** `begins`: what a newly chosen calendar would get was looked at, and nothing more. */
const removals = { target: targetNameSchema, ids: z.array(z.string()).readonly(), begins: z.boolean() };

/** Alerts by their keys, which are the same on all nodes, as far as they had begun by then. */
const alerts = { keys: z.array(z.string()).readonly(), by: who };

/**
 * What a person decided or wrote, handed in or had erased, as all nodes of a desk are told it. It names things as every node does: by the
 * match, by the person, and by the time of a change, never by numbers that one node gave. Taken twice, it does what it did once.
 */
export const wordSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("decline"), matchId, declined: z.boolean(), by: who }),
  z.strictObject({ kind: z.literal("remove"), matchId, removed: z.boolean(), by: who }),
  /** These people (null: all) were told what has changed up to then; null: nothing had. */
  z.strictObject({
    kind: z.literal("tell"),
    matchId,
    people: z.array(who).readonly(),
    by: who,
    upTo: instantSchema.nullable(),
  }),
  z.strictObject({ kind: z.literal("untell"), matchId, personId: who }),
  z.strictObject({ kind: z.literal("note"), matchId, id: z.int(), by: who, text: z.string() }),
  z.strictObject({ kind: z.literal("remove-note"), matchId, id: z.int() }),
  z.strictObject({ kind: z.literal("acknowledge"), ...alerts }),
  z.strictObject({ kind: z.literal("snooze"), ...alerts, until: instantSchema }),
  z.strictObject({ kind: z.literal("reactivate"), ...alerts }),
  /** Calendars with secret addresses as they are from then on, and such as are no more. */
  z.strictObject({ kind: z.literal("feeds"), feeds: z.array(feedRecordSchema).readonly() }),
  z.strictObject({ kind: z.literal("revoke-feed"), id: z.string() }),
  /** Removals from a calendar that waited for a person's word, by their items: they go, or what is there stays. */
  z.strictObject({ kind: z.literal("removals"), ...removals, go: z.boolean() }),
  /** A match that was entered, or a list. */
  z.strictObject({ kind: z.literal("by-hand"), matches: z.array(z.unknown()).readonly() }),
  /** Somebody, by the name that all nodes know them by. */
  z.strictObject({ kind: z.literal("erase"), name: z.string() }),
]);
export type Word = z.infer<typeof wordSchema>;

const everybody = (matchId: string): string => `told/${matchId}/*`;
const toldOf = (matchId: string, personId: string | null): string => `told/${matchId}/${JSON.stringify(personId)}`;
const alertOf = (key: string): string => `alert/${key}`;
const removalOf = (target: string, id: string): string => `removal/${target}/${id}`;
const feedOf = (id: string): string => `feed/${id}`;

/** What a word is about: of each of these the last word holds. None: it holds whatever comes after it. */
export const subjectsOf = (word: Word): readonly string[] => {
  switch (word.kind) {
    case "decline":
    case "remove":
      return [`${word.kind}/${word.matchId}`];
    case "tell":
      return word.people.map((personId) => toldOf(word.matchId, personId));
    case "untell":
      return [word.personId === null ? everybody(word.matchId) : toldOf(word.matchId, word.personId)];
    case "note":
    case "remove-note":
      return [`note/${word.matchId}/${word.id}`];
    case "acknowledge":
    case "snooze":
    case "reactivate":
      return word.keys.map(alertOf);
    case "feeds":
      return word.feeds.map(({ id }) => feedOf(id));
    case "revoke-feed":
      return [feedOf(word.id)];
    case "erase":
      return [`erase/${word.name}`];
    case "removals":
      return word.begins ? [`begin/${word.target}`] : word.ids.map((id) => removalOf(word.target, id));
    case "by-hand":
      return [];
  }
};

/** The word, as far as no later one is known about what it is about; null: nothing is left of it. */
export const stillNews = (word: Word, isNews: (subject: string) => boolean): Word | null => {
  const some = <T>(all: readonly T[], subjectOf: (one: T) => string): readonly T[] =>
    all.filter((one) => isNews(subjectOf(one)));
  switch (word.kind) {
    case "tell": {
      // Whoever said later that nobody knows meant these people as well.
      const people = isNews(everybody(word.matchId)) ? some(word.people, (id) => toldOf(word.matchId, id)) : [];
      return people.length === 0 ? null : { ...word, people };
    }
    case "acknowledge":
    case "snooze":
    case "reactivate": {
      const keys = some(word.keys, alertOf);
      return keys.length === 0 ? null : { ...word, keys };
    }
    case "feeds": {
      const feeds = some(word.feeds, ({ id }) => feedOf(id));
      return feeds.length === 0 ? null : { ...word, feeds };
    }
    case "removals": {
      const ids = word.begins ? word.ids : some(word.ids, (id) => removalOf(word.target, id));
      const isLeft = word.begins ? subjectsOf(word).every(isNews) : ids.length > 0;
      return isLeft ? { ...word, ids } : null;
    }
    default:
      return subjectsOf(word).every(isNews) ? word : null;
  }
};
