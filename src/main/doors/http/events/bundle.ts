import { accepts, after, type EventFilter, frameOf, type Position, type StreamEvent } from "./event.ts";

/** Events as they go over the wire, for whatever filter; each is written out once, whatever the number of clients. */
export type Bundle = (filter: EventFilter) => Uint8Array;

export const bundle = (
  events: readonly { readonly from: Position; readonly events: readonly StreamEvent[] }[],
): Bundle => {
  const framed = events.flatMap((part) => frames(part.from, part.events));
  const byFilter = new Map<string, Uint8Array>();
  return (filter) => {
    const key = JSON.stringify(filter);
    const known = byFilter.get(key) ?? Buffer.from(select(filter, framed));
    byFilter.set(key, known);
    return known;
  };
};

type Framed = { readonly event: StreamEvent; readonly text: string };

const frames = (from: Position, events: readonly StreamEvent[]): readonly Framed[] => {
  let at = from;
  return events.map((event) => {
    at = after(at, event);
    return { event, text: frameOf(event, at) };
  });
};

const select = (filter: EventFilter, framed: readonly Framed[]): string =>
  framed.flatMap(({ event, text }) => (accepts(filter, event) ? [text] : [])).join("");
