import { en } from "../../shared/text/en.ts";
import { formatFor } from "../../shared/text/format.ts";

/** The command line speaks English, in the window's own words where it has them. */
export const words = { texts: en, format: formatFor("en") };
