import { PerformanceObserver } from "node:perf_hooks";
import { getHeapSpaceStatistics, setFlagsFromString } from "node:v8";

/** With as much it grows no further. */
const enoughBytes = 16 * 1024 * 1024;

const youngBytes = (): number =>
  getHeapSpaceStatistics().find(({ space_name: name }) => name === "new_space")?.space_size ?? 0;

/**
 * Where V8 puts what is made: left to itself it grows to some 130 MB in a flood of messages, which are read no faster for it.
 * Its most can only be set where the program is begun, so it is kept from growing once it has enough, and let grow again when
 * V8 has made it smaller, as it does with who does nothing for a while.
 */
export const boundYoungGeneration = (): void => {
  let grows = true;
  const look = (): void => {
    const mayGrow = youngBytes() < enoughBytes;
    if (mayGrow === grows) return;
    grows = mayGrow;
    setFlagsFromString(`--semi-space-growth-factor=${grows ? 2 : 1}`);
  };
  new PerformanceObserver(look).observe({ entryTypes: ["gc"] });
};
