import type { MatchView } from "../../../../shared/snapshot.ts";

/** A place on a map: by its position where that is known, else by its name. */
export const mapUrl = ({ venue, position }: Pick<MatchView, "venue" | "position">): string | null => {
  const search = (query: string): string =>
    `https://www.google.com/maps/search/?api=1&query=${encodeURIComponent(query)}`;
  if (position !== null) return search(`${position.latitude},${position.longitude}`);
  return venue === null ? null : search(venue);
};
