/**
 * The matches in what somebody hands in: a list, a list as publishers, FOGIS or whole messages wrap it, or one match by
 * itself. null: there is none.
 */
export const matchesIn = (value: unknown): readonly unknown[] | null => {
  if (Array.isArray(value)) return value;
  if (!isObject(value)) return null;
  for (const key of listKeys) {
    const list = value[key];
    if (Array.isArray(list)) return list;
    // A list of one, as those write it who make their JSON of XML.
    if (isMatch(list)) return [list];
  }
  for (const key of wrapperKeys) {
    const inside = value[key];
    const found = Array.isArray(inside) || isObject(inside) ? matchesIn(inside) : null;
    if (found !== null) return found;
  }
  return isMatch(value) ? [value] : null;
};

/** The request that hands in what somebody has, in whichever of these forms. What holds no match is judged as it is. */
export const asRequest = (value: readonly unknown[] | object): unknown => {
  const matches = matchesIn(value);
  return matches === null ? value : { matches };
};

type Fields = Readonly<Record<string, unknown>>;

/** Where publishers and FOGIS put their lists. */
export const listKeys = ["matches", "matchlista"] as const;
/** A message's own, what other buses call it, and what .NET's services put around an answer. */
export const wrapperKeys = ["payload", "data", "d"] as const;

const isObject = (value: unknown): value is Fields => typeof value === "object" && value !== null;

/** Whether it is a match by itself: it has an id. */
export const isMatch = (value: unknown): boolean =>
  isObject(value) && !Array.isArray(value) && ("matchid" in value || "match_id" in value);
