/** A page that dies this often within this time would die again at once. */
const mostDeaths = 3;
const withinMs = 10 * 60_000;

/**
 * Whether a page that died should be opened anew: yes, but not for ever. `elapsed`: the monotonic clock, in milliseconds.
 */
export const createRevival = (elapsed: () => number) => {
  let deaths: readonly number[] = [];
  return {
    mayRevive: (): boolean => {
      const now = elapsed();
      deaths = [...deaths.filter((at) => now - at < withinMs), now];
      return deaths.length <= mostDeaths;
    },
  };
};
