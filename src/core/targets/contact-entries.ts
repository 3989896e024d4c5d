import type { Instant } from "../../shared/instant.ts";
import { type ContactChoice, type WantedContact, wantedContacts } from "../contacts/contact.ts";
import type { AddressBook } from "../contacts/port.ts";
import { addressBookAsTarget } from "../contacts/target.ts";
import { type KeeperStore, undoneIn } from "../keeper/item.ts";
import { keepTarget } from "../keeper/kept-target.ts";
import type { Items } from "../keeper/target.ts";
import type { MatchRecord } from "../matches/record.ts";
import type { Kept, Shared, TargetEntry } from "./targets.ts";

/** Who is needed is reckoned of all matches at once, so news of them is gathered this long. */
const gatherMs = 1000;

type ContactOptions = ContactChoice & {
  readonly store: KeeperStore<WantedContact>;
  /** Demo people reach no address book. */
  readonly demo: boolean;
  readonly previewFirst: boolean;
  readonly signInExpiresAt: (book: AddressBook) => Instant | null;
};

/** The address books among the targets: the same people in each. */
export const contactEntries = (books: readonly AddressBook[], options: ContactOptions): readonly TargetEntry[] =>
  books.map((book) => contactEntry(book, options));

const contactEntry = (book: AddressBook, options: ContactOptions): TargetEntry => {
  const { store, demo, previewFirst } = options;
  const people = createPeople(options, {
    earlier: earlierIn(store, book),
    nameThere: (id) => target.nameThere(id),
  });
  const target = addressBookAsTarget(book, people.wanted);

  const keep = (shared: Shared): Kept => {
    const { clock } = shared;
    const signInExpiresAt = () => options.signInExpiresAt(book);
    const kept = keepTarget({
      ...shared,
      turn: shared.turnFor(target),
      target,
      store,
      items: people.items,
      previewFirst,
      signInExpiresAt,
    });
    let cancel: (() => void) | null = null;
    const settle = (): void => {
      cancel?.();
      cancel = null;
      const changed = people.reckon();
      if (changed.length > 0) kept.changed(changed);
    };
    const soon = (): void => {
      cancel ??= clock.after(gatherMs, settle);
    };
    return {
      ...kept,
      start: () => {
        people.reckon();
        kept.start();
      },
      stop: () => {
        cancel?.();
        return kept.stop();
      },
      changed: soon,
      erased: (_matchIds, eraser) => {
        settle();
        const over = [...people.items.ids()].filter((id) => !people.wanted().has(id));
        kept.erased(over, (contact) => eraser.contact(contact));
      },
      forget: soon,
      status: () => kept.status(people.wanted().keys()),
      // A match is not what is asked for here.
      itemsOf: (matchIds) => {
        if (matchIds !== null) return [];
        settle();
        // Also of whoever is needed no longer, while something of theirs is there or a person has taken back that it went.
        return [...people.items.ids()].filter((id) => {
          const placement = kept.placement(id);
          return people.wanted().has(id) || (placement !== null && placement.state !== "skipped");
        });
      },
    };
  };
  return { target, take: people.take, forget: people.forget, keep: demo ? null : keep };
};

/** Who had a contact of ours in an earlier run, or is to have it back. */
const earlierIn = (store: KeeperStore<WantedContact>, { name }: AddressBook): readonly string[] => {
  const { known, outbox, meta } = store.load(name);
  return [
    ...known.flatMap(({ id, written }) => (written === null ? [] : [id])),
    ...outbox.flatMap(({ id, wanted }) => (wanted === null ? [] : [id])),
    ...store.lastRun(name).map(({ id }) => id),
    ...undoneIn(Object.keys(meta)),
  ];
};

/** Who needs a contact, of all current matches. */
const createPeople = (
  choice: ContactChoice,
  { earlier, nameThere }: { readonly earlier: readonly string[]; readonly nameThere: (id: string) => string | null },
) => {
  const records = new Map<string, MatchRecord>();
  const ever = new Set(earlier);
  let wanted: ReadonlyMap<string, WantedContact> = new Map();

  const items: Items<WantedContact> = {
    ids: () => ever,
    desired: (id) => {
      const item = wanted.get(id);
      if (item !== undefined) return { kind: "item", item };
      // Where nobody at all is told of, nothing says that somebody is needed no longer.
      return ever.has(id) && wanted.size > 0 ? { kind: "none", reason: "gone" } : undefined;
    },
    urgent: () => false,
    about: (id, written) => ({
      title: (wanted.get(id) ?? written)?.person?.name ?? nameThere(id) ?? id,
      competition: null,
    }),
  };

  return {
    items,
    wanted: () => wanted,
    take: (changed: readonly MatchRecord[]): void => {
      for (const record of changed) records.set(record.match.id, record);
    },
    forget: (ids: readonly string[]): void => {
      for (const id of ids) records.delete(id);
    },
    /** Answers of whom something else is wanted than before. */
    reckon: (): readonly string[] => {
      const current = [...records.values()].filter(({ goneAt, declinedAt }) => (goneAt ?? declinedAt) === null);
      const before = wanted;
      wanted = wantedContacts(
        current.map(({ match }) => match),
        choice,
      );
      for (const id of wanted.keys()) ever.add(id);
      return [...ever].filter((id) => before.get(id)?.hash !== wanted.get(id)?.hash);
    },
  };
};
