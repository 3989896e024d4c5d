import { type Figure, quantile } from "./bench.ts";

/** What Avspark took and the least that it could take, measured one right after the other, so that both met the same machine. */
export type Pair = { readonly ours: number; readonly floor: number };

type Limit = {
  /** So many times the floor, or so much over it. */
  readonly kind: "times" | "over";
  readonly most: number;
};

const median = (values: readonly number[]): number => quantile(values, 0.5);

/** A figure beside its floor. What other programs took of the machine meanwhile is in both, so the ratio says more than either. */
export const besideFloor = (given: {
  readonly what: string;
  readonly floorIs: string;
  readonly pairs: readonly Pair[];
  readonly show: (value: number) => string;
  readonly limit: Limit;
}): Figure => {
  const { what, floorIs, pairs, show, limit } = given;
  const [ours, floor] = [median(pairs.map((pair) => pair.ours)), median(pairs.map((pair) => pair.floor))];
  const all = pairs.map((pair) => pair.ours / pair.floor);
  const times = { median: median(all), least: Math.min(...all), most: Math.max(...all) };
  const reached = limit.kind === "times" ? times.median : median(pairs.map((pair) => pair.ours - pair.floor));
  return {
    what,
    value: show(ours),
    limit: limit.kind === "times" ? `${limit.most} ×` : `${show(limit.most)} over it`,
    held: reached <= limit.most,
    beside: { floorIs, floor, ours, times },
  };
};
