import { type Instant, instantSchema } from "../instant.ts";

/** An instant as a test writes it. */
export const instant = (text: string): Instant => instantSchema.parse(text);
