/** What was measured at one time of everything that belongs to the app. */
export type Sample = {
  /** Since the beginning, in milliseconds. */
  readonly at: number;
  readonly megabytes: number;
  readonly descriptors: number;
  readonly threads: number;
  readonly processes: number;
};
export const measures = ["megabytes", "descriptors", "threads", "processes"] as const;
export type Measure = (typeof measures)[number];

/** Half of the values lie below: one that a fault made large for a while does not move it. */
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

export type Growth = { readonly early: number; readonly late: number };

/** How much the end of a life has more than its second quarter; the first is warming up. */
export const growthOf = (samples: readonly Sample[], measure: Measure): Growth => {
  const quarter = samples.length / 4;
  const of = (from: number, to: number): number =>
    median(samples.slice(Math.floor(from * quarter), Math.floor(to * quarter)).map((sample) => sample[measure]));
  return { early: of(1, 2), late: of(3, 4) };
};

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
