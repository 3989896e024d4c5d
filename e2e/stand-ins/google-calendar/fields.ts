import { invalid } from "./answers.ts";

/** A partial response's mask: `items(id,start/dateTime),nextPageToken`. null: everything. */
type Mask = Map<string, Mask | null>;

const parseMask = (text: string): Mask => {
  let at = 0;
  const list = (): Mask => {
    const mask: Mask = new Map();
    for (;;) {
      const name = /^[\w*]+/.exec(text.slice(at))?.[0];
      if (name === undefined) return invalid(`Invalid field selection ${text}`, "fields");
      at += name.length;
      mask.set(name, inner());
      if (text[at] !== ",") return mask;
      at += 1;
    }
  };
  const inner = (): Mask | null => {
    if (text[at] === "/") {
      at += 1;
      const name = /^[\w*]+/.exec(text.slice(at))?.[0];
      if (name === undefined) return invalid(`Invalid field selection ${text}`, "fields");
      at += name.length;
      return new Map([[name, inner()]]);
    }
    if (text[at] !== "(") return null;
    at += 1;
    const mask = list();
    if (text[at] !== ")") return invalid(`Invalid field selection ${text}`, "fields");
    at += 1;
    return mask;
  };
  const mask = list();
  return at === text.length ? mask : invalid(`Invalid field selection ${text}`, "fields");
};

const apply = (value: unknown, mask: Mask): unknown => {
  if (Array.isArray(value)) return value.map((item) => apply(item, mask));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => {
      const chosen = mask.has(name) ? mask.get(name) : mask.get("*");
      if (chosen === undefined) return [];
      return [[name, chosen === null ? inner : apply(inner, chosen)]];
    }),
  );
};

/** The `fields` parameter: only the named parts of an answer. */
export const selectFields = (body: unknown, fields: string | null): unknown =>
  fields === null || body === undefined ? body : apply(body, parseMask(fields));
