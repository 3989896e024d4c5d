/**
 * How many times as long some work takes for an input sixteen times as long: about 16 when it grows with the length, 256
 * when it grows with its square. `now`: a clock that only goes forward, best the processor's own time. A machine that is busy
 * with other things makes work look longer, never shorter, and what an engine or a cache can no longer hold at some length
 * makes one step, at that length alone: so the least of some measurements, each of twice the length, is the truest.
 */
export const growth = <T>(make: (length: number) => T, work: (input: T) => unknown, now: () => number): number => {
  /** The first run also pays for what is done to an input once, such as putting the pieces of a text together. */
  const quickest = (input: T): number => {
    const times: number[] = [];
    for (let run = 0; run < 2 || (run < 5 && Math.min(...times) < tooLongMs); run += 1) {
      const start = now();
      work(input);
      times.push(now() - start);
    }
    return Math.min(...times);
  };
  // So long that a clock can tell it.
  let length = 256;
  while (quickest(make(length)) < enoughMs && length < longest) length *= 2;
  let least = Number.POSITIVE_INFINITY;
  for (let measurement = 0; measurement < most && least >= linearGrowth; measurement += 1) {
    const long = quickest(make(16 * length));
    least = Math.min(least, long / Math.max(quickest(make(length)), leastMs));
    if (long >= tooLongMs) break;
    length *= 2;
  }
  return least;
};

const enoughMs = 0.2;
/** What takes no time at all does not grow. */
const leastMs = 0.01;
const longest = 1 << 17;
const most = 8;
/** Whatever takes this long and has not come down to a straight line does not; nor need it be measured again. */
const tooLongMs = 500;

/** Between the two, with room for a machine that is busy. */
export const linearGrowth = 64;
