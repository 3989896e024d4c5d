import { type AlertCause, problemKindOf } from "../../shared/alert.ts";
import type { Instant } from "../../shared/instant.ts";
import type { Problem } from "../../shared/problem.ts";
import { en } from "../../shared/text/en.ts";
import { formatFor } from "../../shared/text/format.ts";
import { alertSentence } from "../../shared/text/sentences.ts";

/** What an alert tells of, as a problem: its own, or its sentence in English. */
export const problemOfCause = (cause: AlertCause, at: Instant): Problem =>
  "problem" in cause
    ? cause.problem
    : { kind: problemKindOf(cause), message: alertSentence(cause, { texts: en, format, now: Date.parse(at) }) };

const format = formatFor("en");
