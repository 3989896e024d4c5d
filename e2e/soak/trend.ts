import type { Kinds } from "./descriptors.ts";

/** What was measured at one time of everything that belongs to the app. */
export type Sample = {
  /** Since the beginning, in milliseconds. */
  readonly at: number;
  readonly megabytes: number;
  readonly descriptors: number;
  /** The descriptors by kind. */
  readonly kinds: Kinds;
  readonly threads: number;
  readonly processes: number;
  /** How long the page's process has run, and has waited for a processor though it could have; null: there is none. */
  readonly page: { readonly ranMs: number; readonly waitedMs: number } | null;
};

/** Of the time in which the page had something to do, the part in which others had the processor. */
export const starvedShare = (samples: readonly Sample[]): number => {
  const turns = samples.flatMap(({ page }) => page ?? []);
  const [first, last] = [turns.at(0), turns.at(-1)];
  if (first === undefined || last === undefined) return 0;
  const waited = Math.max(0, last.waitedMs - first.waitedMs);
  const ran = Math.max(0, last.ranMs - first.ranMs);
  return waited + ran === 0 ? 0 : waited / (waited + ran);
};
export const measures = ["megabytes", "descriptors", "threads", "processes"] as const;
export type Measure = (typeof measures)[number];

/** Half of the values lie below: one that a fault made large for a while does not move it. */
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

export type Growth = { readonly early: number; readonly late: number };

/** The second quarter of a life beside its last; the first is warming up. */
const growth = (samples: readonly Sample[], valueIn: (sample: Sample) => number): Growth => {
  const quarter = samples.length / 4;
  const of = (from: number, to: number): number =>
    median(samples.slice(Math.floor(from * quarter), Math.floor(to * quarter)).map(valueIn));
  return { early: of(1, 2), late: of(3, 4) };
};

/** How much the end of a life has more than its second quarter. */
export const growthOf = (samples: readonly Sample[], measure: Measure): Growth =>
  growth(samples, (sample) => sample[measure]);

/** The kinds of descriptors of which there are more at the end, most of them first. */
export const grownKinds = (samples: readonly Sample[]): readonly (Growth & { readonly kind: string })[] =>
  [...new Set(samples.flatMap(({ kinds }) => Object.keys(kinds)))]
    .map((kind) => ({ kind, ...growth(samples, ({ kinds }) => kinds[kind] ?? 0) }))
    .filter(({ early, late }) => late > early)
    .toSorted((one, other) => other.late - other.early - (one.late - one.early));

/** What may come on top of the second quarter's: beyond that it is no coincidence. */
const allowance: Readonly<Record<Measure, { readonly share: number; readonly more: number }>> = {
  megabytes: { share: 0.1, more: 40 },
  descriptors: { share: 0.05, more: 10 },
  threads: { share: 0.05, more: 6 },
  processes: { share: 0, more: 1 },
};

export const isFlat = ({ early, late }: Growth, measure: Measure): boolean => {
  const { share, more } = allowance[measure];
  return late <= early * (1 + share) + more;
};
