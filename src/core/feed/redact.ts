import { parseJson } from "../../shared/json/read.ts";

/**
 * What may be seen of a payload without asking for personal data: everything but how to reach people, and secrets. Names
 * stay: who referees which match is what this is about.
 */

const mask = "•••";

/** Keys whose whole value says how to reach somebody, or is a secret. */
const personalKey =
  /telefon|mobil|phone|e-?post|mail|add?ress|postn(?:r|ummer)|postort|postal|zip|street|personn(?:r|ummer)|passw|losenord|secret|token|api_?key|authorization|^(?:contact|kontakt|city)$/i;
/** Numbers of matches and referees, which may look like telephone numbers. */
const numberingKeys: ReadonlySet<string> = new Set([
  "matchid",
  "match_id",
  "matchnr",
  "match_number",
  "tavlingnr",
  "domarnr",
  "message_id",
]);

// Each of these begins only at a boundary or a rare character, so that no text however long takes more than one reading.
const email = /(?<![^\s"'<>(),:;@])[^\s"'<>(),:;@]+@[^\s"'<>(),:;@]+/g;
const phone = /(?<![\w.:/-])(?:(?:\+|00)[1-9](?:[\s().-]{0,3}\d){6,14}|0[1-9](?:[\s/-]{0,3}\d){5,10})(?!\d)/g;
const credentials =
  /(?<=\/calendar\/)[\w-]{16,}(?=\.ics)|\b(?:Bearer|Basic)\s+[\w+/=.~-]{8,}|\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?|(?<=:\/\/)[^\s/@]+(?=@)/g;
const assignedSecret = /\b(password|passwd|secret|token|api_?key|authorization)(["']?\s*[:=]\s*["']?)[^\s"',;&}]+/gi;
/** A key and its value in JSON that is broken, cut off or Python's own. */
const keyedValue =
  /(["'])([^"'\\]{1,60})\1(\s*:\s*)("[^"\\]*(?:\\.[^"\\]*)*"?|'[^'\\]*(?:\\.[^'\\]*)*'?|[^\s,{}[\]"']+)/gs;

const maskSecrets = (text: string): string =>
  text.replace(credentials, mask).replace(assignedSecret, `$1$2${mask}`).replace(email, mask);

const maskText = (text: string): string => maskSecrets(text).replace(phone, mask);

const maskLooseText = (text: string): string =>
  maskText(
    text.replace(keyedValue, (found, quote: string, key: string, colon: string) =>
      personalKey.test(key) ? `${quote}${key}${quote}${colon}"${mask}"` : found,
    ),
  );

const isBlank = (value: unknown): boolean =>
  value === null || value === "" || (Array.isArray(value) && value.length === 0);

/** A publisher's note of a change names the field; the values beside it are as personal as that field. */
const isPersonal = (key: string, beside: object): boolean =>
  personalKey.test(key) || fieldNames.some((name) => key !== name && isPersonalName(Reflect.get(beside, name)));

const fieldNames = ["field", "field_name"] as const;
const isPersonalName = (name: unknown): boolean => typeof name === "string" && personalKey.test(name);

const maskValue = (value: unknown): unknown => {
  if (typeof value === "string") return maskText(value);
  if (Array.isArray(value)) return value.map(maskValue);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      if (isPersonal(key, value)) return [key, isBlank(inner) ? inner : mask];
      if (typeof inner === "string" && numberingKeys.has(key)) return [key, maskSecrets(inner)];
      return [maskText(key), maskValue(inner)];
    }),
  );
};

/** JSON comes back as JSON; anything else as its text with what looks personal or secret masked. */
export const redactPayload = (text: string): string => {
  // `maskValue` walks on the stack; what is parsed nests no deeper than it can.
  const json = parseJson(text);
  return json.ok ? JSON.stringify(maskValue(json.value)) : maskLooseText(text);
};
