/**
 * How many times as long some work takes for an input sixteen times as long: about 16 when it grows with the length, 256
 * when it grows with its square. `now`: any clock that only goes forward; the quickest of some runs is the truest.
 */
export const growth = <T>(make: (length: number) => T, work: (input: T) => unknown, now: () => number): number => {
  const quickest = (input: T): number => {
    const times: number[] = [];
    for (let run = 0; run < 7; run += 1) {
      const start = now();
      work(input);
      times.push(now() - start);
    }
    return Math.min(...times);
  };
  // So long that a clock can tell it.
  let length = 256;
  while (quickest(make(length)) < enoughMs && length < longest) length *= 2;
  return quickest(make(16 * length)) / quickest(make(length));
};

const enoughMs = 0.2;
const longest = 1 << 18;

/** Between the two, with room for a machine that is busy. */
export const linearGrowth = 64;
