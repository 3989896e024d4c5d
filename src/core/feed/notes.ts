import type { Difference, PublisherNote } from "../../shared/change.ts";
import type { MatchField } from "../../shared/match.ts";

/** What the publisher says about one of its own changes, and the fields it seems to speak of; none when it does not say. */
export type MatchNote = {
  readonly matchId: string;
  readonly fields: readonly MatchField[];
  readonly note: PublisherNote;
};

/** The publishers' names for fields (`avsparkstid`, `venue`) and categories (`time_change`), by what is in them. */
const words: readonly (readonly [RegExp, readonly MatchField[]])[] = [
  [/avspark|kick|tid$|time|date|datum/, ["kickoff"]],
  [/anlagg|venue|arena|plats/, ["venue", "position"]],
  [/domar|referee|official|assignment/, ["officials", "openPlaces", "placeStatuses"]],
  [/status|install|avbrut|uppskj|slutresultat|cancel|postpon|abandon/, ["status"]],
  [/lag1|hemma|home/, ["home"]],
  [/lag2|borta|away/, ["away"]],
  [/kontakt|contact/, ["contacts"]],
  [/^lag|team/, ["home", "away"]],
  [/tavling|competition|series|serie/, ["competition"]],
  [/matchnr|match_number/, ["number"]],
];

export const fieldsOfNote = (...names: readonly (string | null | undefined)[]): readonly MatchField[] => {
  for (const name of names) {
    const text = (name ?? "").toLowerCase();
    const found = words.find(([word]) => word.test(text));
    if (found !== undefined) return found[1];
  }
  return [];
};

/** The publisher's word on one difference: the one about that field, else one about the match as a whole. */
export const noteFor = (notes: readonly MatchNote[], difference: Difference): PublisherNote | null => {
  const found =
    "after" in difference
      ? (notes.find(({ fields }) => fields.includes(difference.field)) ?? notes.find(isAboutAll))
      : notes[0];
  return found?.note ?? null;
};

const isAboutAll = ({ fields }: MatchNote): boolean => fields.length === 0;
