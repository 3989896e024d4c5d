import type { Format } from "./format.ts";
import type { Texts } from "./type.ts";

/** How far it is, as the crow flies and to the hectometre, as a person says it. */
export const distanceText = (
  km: number,
  { texts, format }: { readonly texts: Texts; readonly format: Format },
): string => (km === 0 ? texts.match.sameVenue : texts.match.km(format.decimal(km)));
