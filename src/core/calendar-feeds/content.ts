import { dayMs } from "../../shared/duration.ts";
import type { Instant } from "../../shared/instant.ts";
import type { Match } from "../../shared/match.ts";
import { compareTexts } from "../../shared/order.ts";
import { wantedEvent } from "../calendar/event.ts";
import type { WantedEvent } from "../calendar/port.ts";
import type { EventStyle } from "../calendar/style.ts";
import type { Revision } from "../keeper/target.ts";
import type { MatchRecord } from "../matches/record.ts";
import type { Digest } from "../ports.ts";

/** For so long a match that is gone stands there as cancelled, so that whoever follows the calendar sees that it is. */
const goneDays = 14;

/** How calendars are written. */
export type CalendarWriter = {
  /** The event's own lines. */
  readonly event: (event: WantedEvent, revision: Revision) => string;
  readonly whole: (name: string, events: readonly string[]) => string;
};

/** A calendar that is asked for. `etag`: without quotes; equal for equal text, and known without it. */
export type Content = { readonly etag: string; readonly text: () => string };

type Options = {
  readonly writer: CalendarWriter;
  readonly style: EventStyle;
  readonly digest: Digest;
  readonly now: () => number;
  /** Another version may write the same otherwise. */
  readonly version: string;
};

const beginning = Date.UTC(2020, 0, 1);

/** By when a match changed last, which all nodes of a desk know alike: each numbers its changes by itself. */
const sequenceOf = (changedAt: Instant): number => Math.max(0, Math.floor((Date.parse(changedAt) - beginning) / 1000));

type Entry = { readonly event: WantedEvent; readonly revision: Revision };

/**
 * Makes calendars of matches. A match that has not changed is the same value (`MatchRecord.match`), so what was made of it is
 * kept by that: an unchanged calendar costs a look at each of its matches.
 */
export const createContents = ({ writer, style, digest, now, version }: Options) => {
  const events = new WeakMap<Match, WantedEvent | null>();
  const cancelled = new WeakMap<Match, WantedEvent | null>();
  const texts = new WeakMap<WantedEvent, Entry & { readonly text: string }>();

  const made = (match: Match): WantedEvent | null => {
    // A team's contact person is of use to those alone who may know how to reach them.
    const shown = style.details.length === 0 ? { ...match, contacts: [] } : match;
    const event = wantedEvent(shown, { digest, style });
    return "skip" in event ? null : event;
  };
  const kept = (where: WeakMap<Match, WantedEvent | null>, match: Match, as: Match): WantedEvent | null => {
    const known = where.get(match);
    if (known !== undefined) return known;
    const event = made(as);
    where.set(match, event);
    return event;
  };

  const entryOf = ({ match, goneAt, declinedAt, changedAt }: MatchRecord): Entry | null => {
    if (declinedAt !== null) return null;
    const sequence = sequenceOf(changedAt);
    if (goneAt === null) {
      const event = kept(events, match, match);
      return event && { event, revision: { sequence, at: changedAt } };
    }
    if (now() - Date.parse(goneAt) > goneDays * dayMs) return null;
    const event = kept(cancelled, match, { ...match, status: "cancelled" });
    return event && { event, revision: { sequence: sequence + 1, at: latest(goneAt, changedAt) } };
  };

  const textOf = ({ event, revision }: Entry): string => {
    const known = texts.get(event);
    if (known?.revision.sequence === revision.sequence && known.revision.at === revision.at) return known.text;
    const text = writer.event(event, revision);
    texts.set(event, { event, revision, text });
    return text;
  };

  return (name: string, records: readonly MatchRecord[]): Content => {
    const entries = records
      .flatMap((record) => entryOf(record) ?? [])
      .toSorted(({ event: a }, { event: b }) => compareTexts(a.start, b.start) || compareTexts(a.id, b.id));
    const marks = entries.map(({ event, revision: { sequence, at } }) => `${event.hash} ${sequence} ${at}`);
    return {
      etag: digest(JSON.stringify([version, name, marks])).slice(0, 32),
      text: () => writer.whole(name, entries.map(textOf)),
    };
  };
};

const latest = (one: Instant, other: Instant): Instant => (one < other ? other : one);
