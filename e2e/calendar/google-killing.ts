import { expect } from "vitest";
import { eventName } from "../../src/main/adapters/calendar/identity.ts";
import { wantedOf } from "./engine.ts";
import { calendarId, googleFor } from "./google.ts";
import { killDuringSyncs } from "./killing.ts";
import { comingMatches } from "./matches.ts";

/** Kills the engine so many times while it syncs to Google: what is in the calendar at the end is right. */
export const killWhileSyncingToGoogle = async (options: { readonly kills: number; readonly seed: number }) => {
  const { google, folder, tokenFile } = await googleFor({ latencyMs: 10 });
  const lunch = google.person.insert(calendarId, {
    summary: "Lunch",
    start: { dateTime: "2027-05-04T10:00:00Z" },
    end: { dateTime: "2027-05-04T11:00:00Z" },
  });
  const matches = await killDuringSyncs({
    folder,
    targets: [{ kind: "google", apiRoot: google.url, calendarId, tokenFile }],
    matches: comingMatches(40),
    ...options,
  });

  const events = google.events(calendarId).filter(({ id }) => id !== lunch.id);
  const essence = (event: (typeof events)[number]) => [event.id, event.summary, event.location];
  expect(events.map(essence).toSorted()).toEqual(
    wantedOf(matches)
      .map(({ id: matchId, summary, location }) => [eventName(matchId), summary, location ?? undefined])
      .toSorted(),
  );
  for (const { id: matchId, hash, start } of wantedOf(matches)) {
    const event = google.event(calendarId, eventName(matchId));
    expect(event).toMatchObject({ extendedProperties: { private: { matchId, avsparkHash: hash } } });
    expect(Date.parse(String(Object(event.start).dateTime))).toBe(Date.parse(start));
  }
  expect(google.event(calendarId, String(lunch.id))).toEqual(lunch);
};
