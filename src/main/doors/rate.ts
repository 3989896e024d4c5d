/** A bucket that holds `burst` and gains `perMinute`. */
export type Rate = { readonly burst: number; readonly perMinute: number };

/**
 * Token buckets by name. Answers how many seconds to wait; 0: go ahead. It guards against a script gone wild, so everyone
 * shares a command's bucket. `mostNames`: where anybody may come with a name, the one that was used longest ago is forgotten.
 */
export const createRateLimit = (options: {
  readonly elapsed: () => number;
  readonly rate: (name: string) => Rate;
  readonly mostNames?: number;
}) => {
  const { mostNames = Number.POSITIVE_INFINITY } = options;
  const buckets = new Map<string, { readonly left: number; readonly at: number }>();
  return (name: string): number => {
    const { burst, perMinute } = options.rate(name);
    const now = options.elapsed();
    const before = buckets.get(name) ?? { left: burst, at: now };
    const left = Math.min(burst, before.left + ((now - before.at) * perMinute) / 60_000);
    buckets.delete(name);
    for (const oldest of buckets.keys()) {
      if (buckets.size < mostNames) break;
      buckets.delete(oldest);
    }
    buckets.set(name, { left: left < 1 ? left : left - 1, at: now });
    return left < 1 ? Math.ceil(((1 - left) * 60) / perMinute) : 0;
  };
};
