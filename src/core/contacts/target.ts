import { grouped } from "../../shared/grouped.ts";
import { onDemand } from "../../shared/on-demand.ts";
import { type Failure, failureOf, TargetProblem } from "../keeper/failure.ts";
import type { Found } from "../keeper/item.ts";
import type { Change, End, Failed, Listed, Listing, Target, Written } from "../keeper/target.ts";
import { type Card, isOursAlone, left, merged, rejoined } from "./card.ts";
import { untouchedContact, type WantedContact } from "./contact.ts";
import type { AddressBook, Entry, EntryListing, Result } from "./port.ts";
import { recognise } from "./recognise.ts";

/** How often an edit that came in between is read again and merged. */
const mergeAttempts = 4;

/** One contact to be brought about. `entry`: what is there; null: nothing that we know of. */
type Task = {
  readonly id: string;
  readonly wanted: WantedContact | null;
  readonly mayInsert: boolean;
  /** What is known to have been there: last written, or of somebody else's making where it was not known to be theirs. */
  readonly before: WantedContact | null;
  entry: Entry | null;
  end: End<WantedContact> | null;
};

type Deed =
  | { readonly kind: "create" | "update"; readonly card: Card }
  | { readonly kind: "remove" }
  /** There is nothing to do any more. */
  | { readonly kind: "nothing" };

const deedFor = ({ id, wanted, entry, mayInsert }: Task): Deed => {
  // A contact that we made is not given back to anybody as it was before we completed it.
  const isToGo = wanted === null || (wanted.person === null && entry?.card.mark?.made === true);
  if (!isToGo) {
    if (entry !== null) {
      const { letGo } = wanted;
      const card = letGo?.remoteId === entry.remoteId ? rejoined(entry.card, letGo) : entry.card;
      return { kind: "update", card: merged(card, wanted) };
    }
    return mayInsert && wanted.person !== null ? { kind: "create", card: merged(null, wanted) } : { kind: "nothing" };
  }
  // Whoever has taken the contact over meanwhile keeps it.
  if (entry === null || entry.card.mark?.id !== id) return { kind: "nothing" };
  return isOursAlone(entry.card, entry.hasMore) ? { kind: "remove" } : { kind: "update", card: left(entry.card) };
};

const foundIn = (id: string, { remoteId, etag, card }: Entry): Found => {
  const hash = card.mark?.id === id ? card.mark.hash : null;
  // What people change in a contact is theirs: only what we noted in it says whether it is as it should be.
  const actual = hash ?? untouchedContact(id, card.isInGroup).hash;
  return { id, remoteId, etag, hash, actual, start: null, cancelled: false };
};

const conflict: Failure = failureOf(
  new TargetProblem({
    kind: "calendar-conflict",
    message: "The contact was changed by somebody else again and again while it was to be updated.",
  }),
);

/**
 * An address book as a target. It is read whole, since a contact that somebody made by hand is known by what stands in it
 * alone; what is there is remembered, and read again where a call may have made contacts of which no answer tells.
 */
export const addressBookAsTarget = (
  book: AddressBook,
  people: () => ReadonlyMap<string, WantedContact>,
): Target<WantedContact> & {
  /** What somebody's contact that bears our mark is called, as it was read; null: there is none. */
  readonly nameThere: (id: string) => string | null;
} => {
  const entries = new Map<string, Entry>();
  let isUnsure = false;

  const takeIn = ({ kind, entries: told, removed }: EntryListing): void => {
    if (kind === "full") entries.clear();
    for (const remoteId of removed) entries.delete(remoteId);
    for (const entry of told) entries.set(entry.remoteId, entry);
  };

  const list = async (token: string | null): Promise<Listing<WantedContact>> => {
    const listing = await book.list(token);
    takeIn(listing);
    isUnsure = false;
    const whose = recognise(entries.values(), people());
    const told = new Set(listing.entries.map(({ remoteId }) => remoteId));
    // Whose a contact without our mark is, who is wanted decides as well: it may be somebody's now without having changed.
    const isNews = ({ remoteId, card }: Entry): boolean => told.has(remoteId) || card.mark === null;
    const shown = [...entries.values()].filter(isNews).flatMap((entry): readonly Listed<WantedContact>[] => {
      const id = whose.get(entry.remoteId);
      if (id === undefined) return [];
      const found = foundIn(id, entry);
      return [found.hash === null ? { ...found, content: untouchedContact(id, entry.card.isInGroup) } : found];
    });
    // Somebody has made something else of it: it is nobody's any more.
    const lost = listing.entries.map(({ remoteId }) => remoteId).filter((remoteId) => !whose.has(remoteId));
    return {
      kind: listing.kind,
      items: shown,
      removed: [...listing.removed, ...lost],
      token: listing.token,
      ...(listing.account === undefined ? {} : { account: listing.account }),
    };
  };

  /** Everybody who needs a contact, and whoever is to have theirs back. */
  const peopleWith = (changes: readonly Change<WantedContact>[]): ReadonlyMap<string, WantedContact> =>
    new Map([
      ...people(),
      ...changes.flatMap(({ id, wanted }) => (wanted?.person == null ? [] : [[id, wanted] as const])),
    ]);

  /** Answers whose contact each of these changes is about. Who has which is reckoned once for all of them, where it must be. */
  const entriesFor = (changes: readonly Change<WantedContact>[]): ((change: Change<WantedContact>) => Entry | null) => {
    const everybody = peopleWith(changes);
    const owned = onDemand(() => grouped(recognise(entries.values(), everybody), ([, owner]) => owner));
    return ({ id, wanted, known }) => {
      const there = known === undefined ? undefined : entries.get(known.remoteId);
      if (wanted === null) return there ?? null;
      const isOthers = there?.card.mark != null && there.card.mark.id !== id && everybody.has(there.card.mark.id);
      if (there !== undefined && !isOthers) return there;
      const letGo = wanted.letGo && entries.get(wanted.letGo.remoteId);
      if (letGo?.card.mark === null) return letGo;
      const [remoteId] = owned().get(id)?.[0] ?? [];
      return remoteId === undefined ? null : (entries.get(remoteId) ?? null);
    };
  };

  /** What was there before it was let go. */
  const letGoOf = ({ before, entry }: Task): Pick<Written<WantedContact>, "before"> => {
    if (before === null || entry === null || entry.card.mark === null) return {};
    const { remoteId, card } = entry;
    return { before: { ...before, letGo: { remoteId, isInGroup: card.isInGroup, mark: entry.card.mark } } };
  };

  const endOf = (task: Task, deed: Deed["kind"], entry: Entry | null): End<WantedContact> => {
    if (task.wanted === null || entry === null) {
      const before = deed === "update" ? letGoOf(task) : {};
      return { ok: true, written: { outcome: "removed", found: null, ...before } };
    }
    const outcome = deed === "create" ? "inserted" : "updated";
    const before = deed === "update" && task.before !== null ? { before: task.before } : {};
    return { ok: true, written: { outcome, found: foundIn(task.id, entry), ...before } };
  };

  const note = (task: Task, deed: Deed["kind"], result: Result): void => {
    if (result.kind === "failed") {
      task.end = { ok: false, failure: result.failure };
      return;
    }
    if (result.entry !== null) entries.set(result.entry.remoteId, result.entry);
    else if (task.entry !== null) entries.delete(task.entry.remoteId);
    if (result.kind === "done") task.end = endOf(task, deed, result.entry);
    else task.entry = result.entry;
  };

  /** One call for all that the same is to be done for. */
  const call = async (
    deed: Deed["kind"],
    tasks: readonly Task[],
    run: () => Promise<readonly Result[]>,
  ): Promise<void> => {
    if (tasks.length === 0) return;
    let results: readonly Result[];
    try {
      results = await run();
    } catch (error) {
      // The answer was lost, not the request: only reading tells what it has made.
      isUnsure ||= deed === "create";
      const failure = failureOf(error);
      results = tasks.map(() => ({ kind: "failed", failure }));
    }
    const missing: Result = { kind: "failed", failure: failureOf(new Error("an answer is missing")) };
    for (const [index, task] of tasks.entries()) note(task, deed, results[index] ?? missing);
  };

  const carryOut = async (tasks: readonly Task[]): Promise<void> => {
    for (let attempt = 0; attempt < mergeAttempts; attempt += 1) {
      const open = tasks.filter(({ end }) => end === null).map((task) => ({ task, deed: deedFor(task) }));
      if (open.length === 0) return;
      for (const { task, deed } of open) if (deed.kind === "nothing") task.end = endOf(task, deed.kind, null);
      const made = open.flatMap(({ task, deed }) => (deed.kind === "create" ? [{ task, card: deed.card }] : []));
      const changed = open.flatMap(({ task, deed }) =>
        deed.kind === "update" && task.entry !== null ? [{ task, entry: task.entry, card: deed.card }] : [],
      );
      const gone = open.flatMap(({ task, deed }) =>
        deed.kind === "remove" && task.entry !== null ? [{ task, entry: task.entry }] : [],
      );
      const tasksOf = (steps: readonly { readonly task: Task }[]): readonly Task[] => steps.map(({ task }) => task);
      await call("create", tasksOf(made), () => book.create(made.map(({ task: { id }, card }) => ({ id, card }))));
      await call("update", tasksOf(changed), () => book.update(changed));
      await call("remove", tasksOf(gone), () => book.remove(gone.map(({ entry }) => entry)));
    }
    for (const task of tasks) task.end ??= { ok: false, failure: conflict };
  };

  const apply = async (changes: readonly Change<WantedContact>[]): Promise<readonly End<WantedContact>[]> => {
    if (isUnsure) {
      takeIn(await book.list(null));
      isUnsure = false;
    }
    const task = ({ id, wanted, mayInsert, known }: Change<WantedContact>, entry: Entry | null): Task => {
      const isDone = wanted !== null && known !== undefined && known.hash === wanted.hash;
      const end: Task["end"] = isDone ? { ok: true, written: { outcome: "unchanged", found: known } } : null;
      const isTheirs = known === undefined && entry !== null && entry.card.mark === null;
      const before = isTheirs ? untouchedContact(id, entry.card.isInGroup) : (known?.written ?? null);
      return { id, wanted, mayInsert, before, entry, end };
    };
    const surplus = changes.flatMap((change) =>
      change.duplicates.map(({ remoteId }) => task({ ...change, wanted: null }, entries.get(remoteId) ?? null)),
    );
    const entryOf = entriesFor(changes);
    const tasks = changes.map((change) => task(change, entryOf(change)));
    await carryOut(surplus);
    // Whoever takes a contact over does so before the one whose it was lets it go.
    await carryOut(tasks.filter(({ wanted }) => wanted !== null));
    const leaving = tasks.filter(({ wanted }) => wanted === null);
    for (const one of leaving) one.entry = one.entry && (entries.get(one.entry.remoteId) ?? null);
    await carryOut(leaving);
    const unanswered: Failed = { ok: false, failure: conflict };
    return tasks.map(({ end }) => end ?? unanswered);
  };

  return {
    name: book.name,
    id: book.id,
    label: () => book.label,
    isOwn: false,
    limits: { ...book.limits, longestWaitMs: 5 * 60_000, stopMs: 1000, late: null, keepPastDays: null },
    list,
    isOursAlone: ({ remoteId }) => {
      const entry = entries.get(remoteId);
      return entry !== undefined && isOursAlone(entry.card, entry.hasMore);
    },
    apply,
    nameThere: (id) => {
      const card = [...entries.values()].find((entry) => entry.card.mark?.id === id)?.card;
      return card?.name ?? card?.phones[0]?.number ?? card?.emails[0] ?? null;
    },
    close: book.close,
  };
};
