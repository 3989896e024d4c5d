import type { CalendarTarget, CalendarText, KnownEvent, Log } from "../../../core/ports.ts";

export type IcsTarget = CalendarTarget & { readonly text: () => CalendarText };

/** The calendar file. */
export const createIcsTarget = (options: { readonly file: string; readonly log: Log }): IcsTarget => {
  const events = new Map<string, KnownEvent>();
  const put = async (event: Parameters<CalendarTarget["insert"]>[0]): Promise<KnownEvent> => {
    const known = {
      matchId: event.matchId,
      remoteId: event.matchId,
      etag: null,
      hash: event.hash,
      actual: event.hash,
      start: event.start,
      cancelled: event.cancelled,
    };
    events.set(event.matchId, known);
    return known;
  };
  return {
    name: "ics",
    id: "ics",
    label: options.file,
    list: async () => ({ kind: "full", events: [...events.values()], removed: [], token: null }),
    insert: put,
    update: put,
    remove: async ({ matchId }) => void events.delete(matchId),
    close: () => undefined,
    text: () => ({ text: "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", etag: "0", modified: new Date(0).toISOString() }),
  };
};
