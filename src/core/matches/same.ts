type Keyed = Readonly<Record<string, unknown>>;
const isKeyed = (value: unknown): value is Keyed => typeof value === "object" && value !== null;

const sameInAnyOrder = (one: readonly unknown[], other: readonly unknown[]): boolean => {
  if (one.length !== other.length) return false;
  if (one.every((value, index) => same(value, other[index]))) return true;
  const left = [...other];
  return one.every((value) => {
    const index = left.findIndex((candidate) => same(value, candidate));
    if (index !== -1) left.splice(index, 1);
    return index !== -1;
  });
};

const sameKeys = (one: Keyed, other: Keyed): boolean => {
  for (const key in one) if (!same(one[key], other[key])) return false;
  for (const key in other) if (other[key] !== undefined && one[key] === undefined) return false;
  return true;
};

/**
 * Whether two facts are the same to whoever reads them. The order of a list is no fact: publishers give people in any
 * order. A key that is undefined is a key that is not there.
 */
export const same = (one: unknown, other: unknown): boolean => {
  if (one === other) return true;
  if (!isKeyed(one) || !isKeyed(other)) return false;
  if (Array.isArray(one)) return Array.isArray(other) && sameInAnyOrder(one, other);
  return !Array.isArray(other) && sameKeys(one, other);
};
