import type { Position } from "../../../shared/match.ts";
import { number, type Said, unread, type Wire } from "./wire.ts";

/** .NET's smallest number stands for a place that nobody knows. */
const beyondMeaning = 1e30;

/** FOGIS writes 0/0 when it does not know. */
export const positionAt = (wire: Wire, latitudeKey: string, longitudeKey: string): Said<Position> => {
  const latitude = number(wire, latitudeKey);
  const longitude = number(wire, longitudeKey);
  if (latitude === undefined || longitude === undefined) return undefined;
  if (latitude === null || longitude === null) return null;
  if (latitude === 0 && longitude === 0) return undefined;
  if (Math.abs(latitude) > beyondMeaning || Math.abs(longitude) > beyondMeaning) return undefined;
  if (Math.abs(latitude) > 90) return unread(wire, "expected degrees from -90 to 90", latitudeKey);
  if (Math.abs(longitude) > 180) return unread(wire, "expected degrees from -180 to 180", longitudeKey);
  return { latitude, longitude };
};
