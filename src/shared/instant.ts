import { z } from "zod";

/** A moment: ISO 8601 in UTC with milliseconds and `Z`, e.g. `2027-05-06T15:00:00.000Z`. Sorts as text. */
export const instantSchema = z.iso.datetime({ offset: false });
export type Instant = string;
