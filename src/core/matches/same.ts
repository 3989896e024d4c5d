const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

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

/**
 * Whether two facts are the same to whoever reads them. The order of a list is no fact: publishers give people in any
 * order. A key that is undefined is a key that is not there.
 */
export const same = (one: unknown, other: unknown): boolean => {
  if (one === other) return true;
  if (!isObject(one) || !isObject(other)) return false;
  if (Array.isArray(one) || Array.isArray(other))
    return Array.isArray(one) && Array.isArray(other) && sameInAnyOrder(one, other);
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].every((key) => same(Reflect.get(one, key), Reflect.get(other, key)));
};
