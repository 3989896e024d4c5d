import { z } from "zod";
import { compareNames } from "../../../shared/order.ts";
import { type Filter, filterSchema } from "./filter.ts";
import { type Sort, sortSchema } from "./sort.ts";

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
