import { grouped } from "./grouped.ts";
import type { Official } from "./match.ts";
import { onDemand } from "./on-demand.ts";
import { compareTexts } from "./order.ts";

/** Names as people compare them: spacing and capitals aside. */
export const foldedName = (name: string): string => name.normalize("NFC").toLowerCase().replace(/\s+/g, " ").trim();

/** A telephone number as it is dialled in Sweden, however it is written. */
export const phoneKey = (phone: string): string => phone.replace(/\(0\)|\D/g, "").replace(/^0046|^46/, "0");

/** By what a person can be reached: father and son may share a telephone, so the name belongs to it. */
const reachesOf = ({ name, email, phones }: Official): readonly string[] => {
  const numbers = [phones.mobile, phones.home, phones.work].flatMap((phone) => (phone === null ? [] : phoneKey(phone)));
  const addresses = email === null ? [] : [email.toLowerCase()];
  return [...numbers, ...addresses].map((reach) => `${foldedName(name)} ${reach}`);
};

/** Two of one name who are surely two people: FOGIS's ids of them differ, or else their numbers. */
export const areDistinct = (one: Official, other: Official): boolean => {
  if (one.personId !== null && other.personId !== null) return one.personId !== other.personId;
  return one.number !== null && other.number !== null && one.number !== other.number;
};

/** Who somebody is of whom some match tells, or told. */
export type Identify = (official: Official) => string;

export type Identity = {
  readonly idOf: Identify;
  /** Whom an id means that was given before: somebody known by a name, or by less than now, may be known by FOGIS's id since. */
  readonly today: (id: string) => string;
};

/**
 * Who somebody is: FOGIS's id of the person decides, else the referee's number, else a telephone or address beside the same
 * name, and only then the name, where no two people are called so.
 */
export const createIdentity = (all: readonly Official[], digest: (text: string) => string): Identity => {
  /** Nobody needs it while all are told of with FOGIS's ids, as most desks' are. */
  const others = onDemand(() => identifyOthers(all, digest));
  return {
    idOf: (official) => knownId(official) ?? others().idOf(official),
    // Nobody is known by anything surer.
    today: (id) => (id.startsWith("fogis-") ? id : others().today(id)),
  };
};

const knownId = ({ personId }: Official): string | null => (personId === null ? null : `fogis-${personId}`);

/** Who those are whom a match tells of without FOGIS's id: that takes all that is told of everybody. */
const identifyOthers = (all: readonly Official[], digest: (text: string) => string): Identity => {
  /** For addresses and logs, where neither a name nor a telephone number may stand. */
  const hidden = (kind: "reach" | "name", text: string): string => `${kind}-${digest(text).slice(0, 16)}`;
  const idByNumber = new Map<string, string>();
  const idByReach = new Map<string, string>();
  const idsByName = new Map<string, Set<string>>();

  const reachGroups = createGroups();

  const put = (id: string, official: Official): void => {
    if (official.number !== null) setLeast(idByNumber, official.number, id);
    if (isSure(official)) for (const reach of reachesOf(official)) setLeast(idByReach, reach, id);
    gather(idsByName, foldedName(official.name), id);
  };

  const idOf = (official: Official): string => {
    const { number } = official;
    const sure = knownId(official);
    if (sure !== null) return sure;
    if (number !== null) return idByNumber.get(number) ?? `number-${number}`;
    const reaches = reachesOf(official);
    const [reach] = reaches;
    if (reach !== undefined) {
      const joined = reachGroups.of(reach);
      return (
        [...reaches, ...joined].flatMap((one) => idByReach.get(one) ?? [])[0] ?? hidden("reach", joined[0] ?? reach)
      );
    }
    const name = foldedName(official.name);
    const own = hidden("name", name);
    const [only, ...others] = [...(idsByName.get(name) ?? [])].filter((id) => id !== own);
    return only !== undefined && others.length === 0 ? only : own;
  };

  const bySurety = grouped(all, suretyOf);
  for (const official of all) if (!isSure(official)) reachGroups.join(reachesOf(official));
  // The surest words first, so that the others find whom they speak of.
  for (const surety of sureties) for (const official of bySurety.get(surety) ?? []) put(idOf(official), official);

  /** Every id by which somebody was known when less was told of them. The surest word on each comes first, and holds. */
  const idsSince = onDemand((): ReadonlyMap<string, string> => {
    const earlier = new Map<string, string>();
    const lead = (from: string, to: string): void => void (earlier.has(from) || earlier.set(from, to));
    for (const [number, id] of idByNumber) lead(`number-${number}`, id);
    for (const [reach, id] of idByReach) lead(hidden("reach", reach), id);
    for (const official of bySurety.get("reach") ?? []) {
      const id = idOf(official);
      for (const reach of reachesOf(official)) lead(hidden("reach", reach), id);
    }
    for (const [name, ids] of idsByName) {
      const own = hidden("name", name);
      const [only, ...others] = [...ids].filter((id) => id !== own);
      if (only !== undefined && others.length === 0) lead(own, only);
    }
    return earlier;
  });
  return { idOf, today: (id) => idsSince().get(id) ?? id };
};

/** Who is who in these matches; reckoned anew only when their officials have changed: most changes are of other things. */
export const createIdentities = (digest: (text: string) => string) => {
  type Matches = readonly { readonly officials: readonly Official[] }[];
  let known: { readonly matches: Matches; readonly identity: Identity } | null = null;
  return (matches: Matches): Identity => {
    const before = known;
    const isSame =
      before?.matches.length === matches.length &&
      matches.every(({ officials }, index) => officials === before.matches[index]?.officials);
    const identity =
      before !== null && isSame
        ? before.identity
        : createIdentity(
            matches.flatMap(({ officials }) => officials),
            digest,
          );
    known = { matches, identity };
    return identity;
  };
};

/** By what an official is known. */
const sureties = ["id", "number", "reach", "name"] as const;

type Surety = (typeof sureties)[number];

const suretyOf = (official: Official): Surety => {
  if (official.personId !== null) return "id";
  if (official.number !== null) return "number";
  return reachesOf(official).length > 0 ? "reach" : "name";
};

/** Known by an id or a number: who it is does not hang on telephones and addresses. */
const isSure = ({ personId, number }: Official): boolean => personId !== null || number !== null;

/**
 * What was told together is one person's, also over others in between: whoever has a and b, and whoever has b and c. Each
 * group is in the order of its texts, so that it is the same in whatever order it was told.
 */
const createGroups = () => {
  const groups = new Map<string, readonly string[]>();
  return {
    join: (texts: readonly string[]): void => {
      const joined = [...new Set(texts.flatMap((text) => groups.get(text) ?? [text]))].toSorted(compareTexts);
      for (const text of joined) groups.set(text, joined);
    },
    of: (text: string): readonly string[] => groups.get(text) ?? [text],
  };
};

/** Where several claim the same, the least holds, in whatever order they come; FOGIS's ids are less than numbers. */
const setLeast = (map: Map<string, string>, key: string, value: string): void => {
  const known = map.get(key);
  if (known === undefined || compareTexts(value, known) < 0) map.set(key, value);
};

const gather = (map: Map<string, Set<string>>, key: string, value: string): void => {
  const known = map.get(key);
  if (known === undefined) map.set(key, new Set([value]));
  else known.add(value);
};
