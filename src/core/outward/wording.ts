import { type Alert, type AlertCause, type AlertLevel, rankOf } from "../../shared/alert.ts";
import type { Instant } from "../../shared/instant.ts";
import { linkTo } from "../../shared/link.ts";
import {
  alertOutward,
  matchOutward,
  type OutwardText,
  severalOutward,
  testOutward,
} from "../../shared/text/outward.ts";
import type { Wording } from "../../shared/text/sentences.ts";
import { redactPayload } from "../feed/redact.ts";
import type { Digest } from "../ports.ts";
import type { OutwardMessage } from "./messenger.ts";
import type { Part } from "./outbox.ts";

type Tools = { readonly digest: Digest; readonly wording: Wording };

/** Long enough that no two are alike. */
const nameOf = (text: string, digest: Digest): string => digest(text).slice(0, 32);

/** An alert and its end are one thread, as is all that is told of a match. */
export const threadOf = (part: Part, digest: Digest): string => {
  if (part.kind === "match") return nameOf(`thread/${part.entry.key}`, digest);
  return part.thread ?? nameOf(`thread/${part.entry.key}/${part.alert.firstAt}`, digest);
};

/** A publisher's own words may say how to reach somebody. */
const withoutContacts = (cause: AlertCause): AlertCause => {
  if (cause.kind === "system") return { ...cause, text: redactPayload(cause.text) };
  if (cause.kind === "cycle-failed" && cause.text !== null) return { ...cause, text: redactPayload(cause.text) };
  return cause;
};

const levelOf = (part: Part): AlertLevel => (part.kind === "match" ? "warning" : part.alert.level);

const textOf = (part: Part, wording: Wording): OutwardText => {
  if (part.kind === "match") return matchOutward(part.match, wording);
  const alert: Alert = { ...part.alert, cause: withoutContacts(part.alert.cause) };
  return alertOutward(alert, wording);
};

const worse = (one: AlertLevel, other: AlertLevel): AlertLevel => (rankOf(other) > rankOf(one) ? other : one);

/** What goes out of these, in words. `lost`: so many before them were let go. */
export const messageOf = (
  [first, ...rest]: readonly [Part, ...Part[]],
  { digest, wording, lost }: Tools & { readonly lost: number },
): OutwardMessage => {
  const parts = [first, ...rest];
  const isOne = rest.length === 0;
  const texts = parts.map((part) => textOf(part, wording));
  const { title, text } = severalOutward(texts, lost, wording);
  return {
    id: nameOf(parts.map(({ entry }) => `${entry.key}/${entry.since}`).join("\n"), digest),
    thread: isOne ? threadOf(first, digest) : null,
    about: isOne ? first.entry.key : "several",
    state: parts.every(({ kind }) => kind === "over") ? "over" : "news",
    level: parts.map(levelOf).reduce(worse),
    at: first.entry.since,
    title,
    text,
    link: isOne && first.kind === "match" ? linkTo("match", first.match.matchId) : null,
  };
};

export const testMessage = (at: Instant, { digest, wording }: Tools): OutwardMessage => ({
  id: nameOf(`test/${at}`, digest),
  thread: null,
  about: "test",
  state: "news",
  level: "info",
  at,
  ...testOutward(wording),
  link: null,
});
