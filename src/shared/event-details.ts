/** What of how to reach somebody may stand in events, in the order in which it does; all of it, as the predecessor had it. */
export const eventDetails = ["mobile", "phone", "email", "address"] as const;
export type EventDetail = (typeof eventDetails)[number];
