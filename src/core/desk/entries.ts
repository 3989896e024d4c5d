import { z } from "zod";
import { type Note, noteSchema, type Told, toldSchema } from "../../shared/desk.ts";
import type { Instant } from "../../shared/instant.ts";
import { compareTexts } from "../../shared/order.ts";
import type { Eraser } from "../retention/eraser.ts";
import { storedKind } from "../stored-kind.ts";

/** What people wrote down of a match: who was told, and notes. Kept among the journal's small facts, by match. */
export type Entry = { readonly told: readonly Told[]; readonly notes: readonly Note[] };

export const emptyEntry: Entry = { told: [], notes: [] };

export const storedEntry = storedKind<Entry>({
  schema: z.object({ told: z.array(toldSchema).readonly(), notes: z.array(noteSchema).readonly() }),
});

/** What the names of these facts begin with. */
export const entryPrefix = "desk/";
export const factOf = (matchId: string): string => `${entryPrefix}${matchId}`;

/** null: there is nothing to keep. */
export const written = (entry: Entry): string | null =>
  entry.told.length + entry.notes.length === 0 ? null : storedEntry.write(entry);

/** Those that can be read; the journal tells of the others and keeps them. */
export const readEntries = (facts: Readonly<Record<string, string>>): Map<string, Entry> =>
  new Map(
    Object.entries(facts).flatMap(([name, text]): readonly (readonly [string, Entry])[] => {
      const entry = name.startsWith(entryPrefix) ? storedEntry.read(text) : null;
      return entry === null ? [] : [[name.slice(entryPrefix.length), entry]];
    }),
  );

/** The latest word on each person holds; one on everybody holds for whoever was ticked before. */
export const withTold = (entry: Entry, told: Told): Entry => ({
  ...entry,
  told: [...without(entry, told.personId), told],
});

/** In the order in which it was said, whatever the order in which it was heard: the times are of one clock. */
export const inTime = (entry: Entry): Entry => ({
  ...entry,
  told: entry.told.toSorted((one, other) => compareTexts(one.at, other.at)),
});

/** null: nobody knows of those who were told by then; without a time, of all. */
export const withoutTold = (entry: Entry, personId: string | null, by?: Instant): Entry => ({
  ...entry,
  told: personId === null ? entry.told.filter(({ at }) => by !== undefined && at > by) : without(entry, personId),
});

const without = ({ told }: Entry, personId: string | null): readonly Told[] =>
  personId === null ? [] : told.filter((tick) => tick.personId !== personId);

export const withNote = (entry: Entry, note: Omit<Note, "id">): { readonly entry: Entry; readonly note: Note } => {
  const added = { id: Math.max(0, ...entry.notes.map(({ id }) => id)) + 1, ...note };
  return { entry: { ...entry, notes: [...entry.notes, added] }, note: added };
};

/** A note that has its id already; once more, it is there once. */
export const withOwnNote = (entry: Entry, note: Note): Entry =>
  entry.notes.some(({ id }) => id === note.id) ? entry : { ...entry, notes: [...entry.notes, note] };

/** null: there is none with this id. */
export const withoutNote = (entry: Entry, id: number): Entry | null => {
  const notes = entry.notes.filter((note) => note.id !== id);
  return notes.length === entry.notes.length ? null : { ...entry, notes };
};

/** The latest word on whether somebody was told: on them, or on everybody. */
export const tickOf = ({ told }: Entry, personId: string | null): Told | null =>
  told.findLast((tick) => tick.personId === null || tick.personId === personId) ?? null;

/** The very same where nothing of it is to be erased. */
export const erasedFrom = (entry: Entry, { payload, isPerson }: Pick<Eraser, "payload" | "isPerson">): Entry => {
  const who = (by: string | null): string | null => (by !== null && payload(by) === by ? by : null);
  const told = entry.told
    .filter(({ personId }) => personId === null || !isPerson(personId))
    .map((tick) => ({ ...tick, by: who(tick.by) }));
  const notes = entry.notes.map((note) => ({ ...note, by: who(note.by), text: payload(note.text) }));
  return JSON.stringify({ told, notes }) === JSON.stringify(entry) ? entry : { told, notes };
};
