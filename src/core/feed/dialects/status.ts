import type { MatchStatus } from "../../../shared/match.ts";
import { flag, isFields, object, type Said, text, unread, type Wire } from "./wire.ts";

/** Words that tell a status, and those that tell none: publishers say `scheduled` of cancelled matches too. */
const statusWords: ReadonlyMap<string, MatchStatus | null> = new Map([
  ["cancelled", "cancelled"],
  ["canceled", "cancelled"],
  ["inställd", "cancelled"],
  ["installd", "cancelled"],
  ["postponed", "postponed"],
  ["uppskjuten", "postponed"],
  ["abandoned", "abandoned"],
  ["interrupted", "abandoned"],
  ["avbruten", "abandoned"],
  ["completed", "completed"],
  ["finished", "completed"],
  ["avslutad", "completed"],
  ["spelad", "completed"],
  ["scheduled", null],
  ["planned", null],
  ["confirmed", null],
  ["fastställd", null],
  ["ej påbörjad", null],
]);

const statusOfWord = (wire: Wire, key: string): MatchStatus | undefined => {
  const said = text(wire, key);
  if (said === undefined || said === null) return undefined;
  const status = statusWords.get(said.toLowerCase());
  return status === undefined ? unread(wire, "expected a word for a known status", key) : (status ?? undefined);
};

/** The gravest first: it counts. */
const gravest = ["cancelled", "abandoned", "postponed", "completed"] as const;
export type Flags = { readonly [S in (typeof gravest)[number]]: Said<boolean> };

/** What FOGIS's four flags tell; undefined when none of them is told. */
export const statusOfFlags = (flags: Flags): MatchStatus | undefined =>
  gravest.find((status) => flags[status] === true) ??
  (gravest.some((status) => flags[status] === false) ? "scheduled" : undefined);

/** FOGIS's flags, and beside them a word that some publishers add: the graver counts. */
export const fogisStatus = (wire: Wire): MatchStatus | undefined => {
  const told = [
    statusOfFlags({
      cancelled: flag(wire, "installd"),
      abandoned: flag(wire, "avbruten"),
      postponed: flag(wire, "uppskjuten"),
      completed: flag(wire, "arslutresultat"),
    }),
    statusOfWord(wire, "status"),
  ];
  return gravest.find((status) => told.includes(status)) ?? told[0];
};

/**
 * The publisher's schema 2.0: a word, or flags. It fills its flag `suspended` from FOGIS's `installd` and `cancelled` from
 * `avbruten`: not what the words say.
 */
export const enhancedStatus = (wire: Wire): MatchStatus | undefined => {
  if (!isFields(wire.fields.status)) return statusOfWord(wire, "status");
  const flags = object(wire, "status");
  if (flags === undefined || flags === null) return undefined;
  return statusOfFlags({
    cancelled: flag(flags, "suspended"),
    abandoned: flag(flags, "cancelled"),
    postponed: flag(flags, "postponed"),
    completed: flag(flags, "final_result"),
  });
};
