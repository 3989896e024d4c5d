import type { Calendars } from "../service/context.ts";
import type { Delivery } from "./delivery.ts";

/** The program beside the calendars: the service sees one more place that matches go to. */
export const besideCalendars = (calendars: Calendars, delivery: Delivery): Calendars => ({
  ...calendars,
  start: (records) => {
    calendars.start(records);
    delivery.start(records);
  },
  stop: async () => void (await Promise.all([calendars.stop(), delivery.stop()])),
  changed: (records) => {
    calendars.changed(records);
    delivery.changed(records);
  },
  status: () => [...calendars.status(), delivery.status()],
  placements: (matchId) => {
    const placement = delivery.placement(matchId);
    return { ...calendars.placements(matchId), ...(placement === null ? {} : { program: placement }) };
  },
  sync: async (wanted) => {
    if (wanted.target === "program") return delivery.sync(wanted.matchIds);
    if (wanted.target !== undefined) return calendars.sync(wanted);
    const results = await Promise.all([calendars.sync(wanted), delivery.sync(wanted.matchIds)]);
    return results.flat();
  },
  retry: (target) => (target === "program" ? delivery.retry() : calendars.retry(target)),
});
