import { foldedName } from "../../shared/identity.ts";
import { isOursAlone, placedFor, reachesOf } from "./card.ts";
import type { ContactPerson, WantedContact } from "./contact.ts";
import type { Entry } from "./port.ts";

type People = ReadonlyMap<string, WantedContact>;
type Somebody = { readonly id: string; readonly person: ContactPerson; readonly reaches: ReadonlySet<string> };

const words = (name: string): ReadonlySet<string> => new Set(foldedName(name).split(/[\s,;]+/));

/** How well a contact fits somebody with whom it shares a telephone or an address. null: it is another's. */
const fitOf = ({ person, reaches }: Somebody, { card }: Entry): "name" | "reach" | null => {
  // Another referee's number is another referee.
  if (card.number !== null && person.number !== null && card.number !== person.number) return null;
  const shared = [...reachesOf(card)].filter((reach) => reaches.has(reach)).length;
  if (shared === 0) return null;
  if (card.name !== null && foldedName(card.name) === foldedName(person.name)) return "name";
  // Father and son may share a telephone, and a family an address: the first name must agree as well, or both.
  const [given = ""] = words(person.name);
  return card.name === null || words(card.name).has(given) || shared > 1 ? "reach" : null;
};

/**
 * Whose contact each is, by its name in the address book: our mark decides, or the one that it had when they left, else the
 * referee's number, else a telephone or e-mail address. Never a name alone. A contact is one person's, and a person without a contact of ours gets one at most. So
 * does a person whose contact we made and nobody has touched: somebody may have made theirs at the same time, and ours is to go.
 */
export const recognise = (entries: Iterable<Entry>, people: People): ReadonlyMap<string, string> => {
  const all = [...entries];
  const whose = new Map<string, string>();
  const has = new Set<string>();
  const give = ({ remoteId }: Entry, id: string): void => {
    whose.set(remoteId, id);
    has.add(id);
  };
  for (const { remoteId, card } of all)
    if (card.mark !== null && people.has(card.mark.id)) whose.set(remoteId, card.mark.id);
  for (const { card, hasMore } of all) if (card.mark !== null && !isOursAlone(card, hasMore)) has.add(card.mark.id);

  // Whoever comes back has the contact that they left.
  for (const entry of all) {
    const { mark, formerly } = entry.card;
    if (mark === null && formerly !== null && people.has(formerly.id) && !has.has(formerly.id))
      give(entry, formerly.id);
  }

  const numbered = new Map<string, Entry>();
  const byReach = new Map<string, Entry[]>();
  for (const entry of all.toReversed()) {
    if (whose.has(entry.remoteId)) continue;
    if (entry.card.number !== null) numbered.set(entry.card.number, entry);
    for (const reach of reachesOf(entry.card)) byReach.set(reach, [entry, ...(byReach.get(reach) ?? [])]);
  }
  const without = (): readonly Somebody[] =>
    [...people.values()].flatMap(({ id, person }) =>
      person === null || has.has(id) ? [] : [{ id, person, reaches: reachesOf(placedFor(person)) }],
    );
  for (const { id, person } of without()) {
    const entry = person.number === null ? undefined : numbered.get(person.number);
    if (entry !== undefined && !whose.has(entry.remoteId)) give(entry, id);
  }
  for (const wanted of ["name", "reach"] as const) {
    const pairs = without().flatMap((somebody) =>
      [...new Set([...somebody.reaches].flatMap((reach) => byReach.get(reach) ?? []))]
        .filter((entry) => !whose.has(entry.remoteId) && fitOf(somebody, entry) === wanted)
        .map((entry) => ({ id: somebody.id, entry })),
    );
    for (const { id, entry } of pairs) {
      const isSure = wanted === "name" || pairs.every((pair) => (pair.id === id) === (pair.entry === entry));
      if (isSure && !has.has(id) && !whose.has(entry.remoteId)) give(entry, id);
    }
  }
  // Whom nobody tells of any more keeps theirs until it has left.
  for (const { remoteId, card } of all)
    if (card.mark !== null && !whose.has(remoteId)) whose.set(remoteId, card.mark.id);
  return whose;
};
