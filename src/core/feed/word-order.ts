import { dayMs, hourMs } from "../../shared/duration.ts";
import { addedAt, isBefore } from "./stream-position.ts";
import { stillNews, subjectsOf, type Word } from "./word.ts";

/** When a word was said: its place in the log in which it first stood, whichever log it stands in now; its name decides a tie. */
export type Said = { readonly id: string; readonly name: string };

const prefix = "word/";

/**
 * In which order people said what. A log that lost its end gets back what was in it, perhaps otherwise ordered, and is perhaps
 * read once more from its beginning. So the order in which words are read says nothing: of all that was said about one thing
 * what was said last holds, on every node.
 */
export const createWordOrder = (options: {
  /** What the run before kept, by the name of the fact. */
  readonly stored: Readonly<Record<string, string>>;
  /** Of a text a short mark that tells nothing of it: what words are about may be somebody's name. */
  readonly markOf: (text: string) => string;
  readonly keepHours: number;
  readonly now: number;
}) => {
  const { stored, markOf, keepHours, now } = options;
  const last = new Map<string, Said>();
  /** What is in no log any more is read by nobody. */
  const oldest = now - keepHours * hourMs - dayMs;
  const forgotten: string[] = [];
  for (const [name, text] of Object.entries(stored)) {
    if (!name.startsWith(prefix)) continue;
    const said = readSaid(text);
    if (said === null || (addedAt(said.id) ?? now) < oldest) forgotten.push(name);
    else last.set(name, said);
  }
  const factOf = (subject: string): string => `${prefix}${markOf(subject)}`;

  return {
    /** The word, as far as it was said after whatever has been taken about the same; null: nothing is left of it. */
    newsIn: (word: Word, said: Said): Word | null =>
      stillNews(word, (subject) => {
        const before = last.get(factOf(subject));
        return before === undefined || isEarlier(before, said);
      }),
    /** It was taken: what is to be kept of that. */
    took: (word: Word, said: Said): Readonly<Record<string, string | null>> => {
      const facts: Record<string, string | null> = Object.fromEntries(
        forgotten.splice(0).map((name): [string, null] => [name, null]),
      );
      for (const subject of subjectsOf(word)) {
        const fact = factOf(subject);
        last.set(fact, said);
        facts[fact] = `${said.id} ${said.name}`;
      }
      return facts;
    },
  };
};

const isEarlier = (one: Said, other: Said): boolean =>
  one.id === other.id ? one.name < other.name : isBefore(one.id, other.id);

const readSaid = (text: string): Said | null => {
  const [, id, name] = /^(\d{1,20}-\d{1,20}) (.*)$/.exec(text) ?? [];
  return id === undefined || name === undefined ? null : { id, name };
};
