import { z } from "zod";
import { type CommandName, contract, type Parsed } from "../../shared/contract.ts";
import { raise } from "../../shared/problem.ts";

/** The contract's input schemas, by name. */
const commands: { readonly [N in CommandName]: { readonly input: z.ZodType<Parsed<N>> } } = contract;

/** What a caller handed in, checked by the command's own schema; raises `input-invalid` with a plain sentence. */
export const readInput = <N extends CommandName>(name: N, raw: unknown): Parsed<N> => check(commands[name].input, raw);

/** The value as the schema reads it; raises `input-invalid`. The sentence never repeats what was sent. */
export const check = <T>(schema: z.ZodType<T>, raw: unknown): T => {
  const parsed = schema.safeParse(raw, { reportInput: true });
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  if (issue === undefined) return raise("input-invalid", "The input is not valid.");
  const at = pathOf(issue.path);
  const allowed = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
  return raise("input-invalid", sentence(issue, at, allowed), at === "" ? undefined : at);
};

/** `matches[3].id` */
const pathOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, key) => (typeof key === "number" ? `${text}[${key}]` : `${text}${text === "" ? "" : "."}${String(key)}`),
    "",
  );

type Issue = z.core.$ZodIssue;

const sentence = (issue: Issue, at: string, allowed: readonly string[]): string => {
  if (issue.code === "unrecognized_keys") {
    return allowed.length === 0
      ? "This takes no input."
      : `There is a field too many; this knows ${allowed.join(", ")}.`;
  }
  if (at === "") return 'The input must be a JSON object, such as {"field": "value"}.';
  if (issue.code === "invalid_type" && issue.input === undefined) return `${at} is missing.`;
  return `${at} must be ${wanted(issue)}.`;
};

const kinds: Readonly<Record<string, string>> = {
  array: "a list",
  object: "an object",
  record: "an object",
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
};

const wanted = (issue: Issue): string => {
  switch (issue.code) {
    case "invalid_type":
      return kinds[issue.expected] ?? issue.expected;
    case "invalid_value":
      return `one of ${issue.values.map(String).join(", ")}`;
    case "invalid_format":
      return issue.format === "datetime" ? "a time in UTC such as 2027-05-06T15:00:00.000Z" : "text of another form";
    case "too_big":
      return bound("at most", issue.maximum, issue.origin);
    case "too_small":
      return bound("at least", issue.minimum, issue.origin);
    default:
      return "of another kind; see /openapi.json";
  }
};

const bound = (words: string, limit: number | bigint, origin: string): string => {
  if (origin === "string") return `${words} ${limit} characters long`;
  return origin === "array" ? `${words} ${limit} items long` : `${words} ${limit}`;
};
