import { z } from "zod";
import { anyPlace } from "../../../shared/calendar-feed.ts";
import { compareNames } from "../../../shared/order.ts";
import { dayAfter } from "../../../shared/text/format.ts";
import { type Span, stepped, weekOf } from "../../parts/days.ts";
import { type Filter, filterSchema, noFilter } from "./filter.ts";
import { type Sort, sortSchema } from "./sort.ts";

/** Where somebody is sought, asked for every week; each view is a place of its own (`#/matches/open-next-week`). */
export const openPlaceViews = ["open-this-week", "open-next-week"] as const;
export type OpenPlaceView = (typeof openPlaceViews)[number];

/** What is left of this week, or the whole of the next. */
export const weekOfView = (view: OpenPlaceView, today: string): Span =>
  view === "open-this-week"
    ? { kind: "dates", from: today, to: dayAfter(weekOf(today).until, -1) }
    : stepped({ kind: "week", day: null }, 1, today);

/** All that the person has not seen (`#/matches/unseen`). */
export const unseenView = "unseen";

/** The filter of the view that is asked for; null: it is a match that is. */
export const filterAt = (id: string | null, today: string): Filter | null => {
  if (id === unseenView) return { ...noFilter, changed: "unseen" };
  const view = openPlaceViews.find((one) => one === id);
  return view === undefined ? null : { ...noFilter, openPlace: anyPlace, days: weekOfView(view, today) };
};

/** Filters and an order under a name. Days that follow the calendar do so here too: "this weekend" is always this one. */
const savedViewSchema = z
  .object({ name: z.string().trim().min(1).max(60), filter: filterSchema, sort: sortSchema })
  .readonly();
export type SavedView = z.infer<typeof savedViewSchema>;

export const savedViewsSchema = z.array(savedViewSchema).max(100).readonly();
export type SavedViews = z.infer<typeof savedViewsSchema>;

const isNamed =
  (name: string) =>
  (view: SavedView): boolean =>
    compareNames(view.name.toLowerCase(), name.toLowerCase()) === 0;

export const withoutView = (views: SavedViews, name: string): SavedViews =>
  views.filter((view) => !isNamed(name)(view));

/** By name; a second one of the same name takes the first one's place. A name of nothing saves nothing. */
export const withView = (views: SavedViews, view: SavedView): SavedViews => {
  const read = savedViewSchema.safeParse(view);
  if (!read.success) return views;
  return [...withoutView(views, read.data.name), read.data].sort((a, b) => compareNames(a.name, b.name));
};

/** The view that shows what is shown now. */
export const viewShown = (views: SavedViews, filter: Filter, sort: Sort): SavedView | null => {
  const written = (of: Pick<SavedView, "filter" | "sort">): string =>
    JSON.stringify([filterSchema.parse(of.filter), sortSchema.parse(of.sort)]);
  const shown = written({ filter, sort });
  return views.find((view) => written(view) === shown) ?? null;
};
