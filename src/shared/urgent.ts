import { hourMs } from "./duration.ts";

/** So near its kick-off a match is urgent. */
export const urgentWithinMs = 48 * hourMs;
