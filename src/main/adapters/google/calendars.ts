import { z } from "zod";
import { createCalendarClient, type GoogleClientOptions } from "./client.ts";
import { badAnswer } from "./google-problem.ts";

const pageSchema = z.object({
  kind: z.literal("calendar#calendarList"),
  nextPageToken: z.string().nullish(),
  items: z
    .array(
      z.object({
        id: z.string(),
        summary: z.string().nullish(),
        summaryOverride: z.string().nullish(),
        primary: z.boolean().nullish(),
      }),
    )
    .nullish(),
});

export type GoogleCalendar = { readonly id: string; readonly name: string; readonly primary: boolean };

/** The calendars of an account: which there are to choose from, and a new one. */
export type GoogleCalendars = {
  /** Those one may write to; the account's own first. */
  readonly list: () => Promise<readonly GoogleCalendar[]>;
  readonly create: (name: string) => Promise<{ readonly id: string }>;
  readonly close: () => void;
};

const maxPages = 100;

export const createGoogleCalendars = (options: GoogleClientOptions): GoogleCalendars => {
  const client = createCalendarClient(options);
  return {
    list: async () => {
      const calendars: GoogleCalendar[] = [];
      let pageToken: string | null = null;
      for (let count = 0; count < maxPages; count += 1) {
        const page: z.infer<typeof pageSchema> = await client.call(pageSchema, (api) =>
          api.calendarList.list({
            minAccessRole: "writer",
            maxResults: 250,
            ...(pageToken === null ? {} : { pageToken }),
          }),
        );
        for (const { id, summary, summaryOverride, primary } of page.items ?? []) {
          calendars.push({ id, name: summaryOverride ?? summary ?? id, primary: primary === true });
        }
        if (!page.nextPageToken) return calendars.toSorted((a, b) => Number(b.primary) - Number(a.primary));
        pageToken = page.nextPageToken;
      }
      throw badAnswer();
    },
    create: (name) =>
      client.call(z.object({ id: z.string() }), (api) =>
        api.calendars.insert({ requestBody: { summary: name, timeZone: "Europe/Stockholm" } }),
      ),
    close: client.close,
  };
};
