import { isMatch } from "../../shared/match-list.ts";
import type { StreamEntry } from "../ports.ts";

/** The field in which the publisher's deployment puts the message. */
const messageField = "data";

type Words = {
  /** null: the bytes are no text. */
  readonly text: (bytes: Uint8Array) => string | null;
  readonly encode: (text: string) => Uint8Array;
};

/**
 * The messages in an entry of a stream, of which there is one as a rule. An entry has fields, and a message is one piece:
 *
 * 1. each field `data`, or the only field there is, is a message;
 * 2. an entry with a field `payload`, or with a match's id, is itself the message, field by field;
 * 3. else the only field whose value is a JSON object or list is the message.
 *
 * What is none of these is taken field by field as well, and then the decoder says what is wrong with it.
 */
export const messagesIn = ({ fields }: Pick<StreamEntry, "fields">, words: Words): readonly Uint8Array[] => {
  const named = fields.filter(([name]) => name === messageField);
  const told = named.length === 0 && fields.length === 1 ? fields : named;
  if (told.length > 0) return told.map(([, value]) => value);
  const isMessage = fields.some(([name]) => name === "payload") || isMatch(Object.fromEntries(fields));
  const [whole, ...others] = isMessage ? [] : fields.filter(([, value]) => isJson(value));
  return [whole !== undefined && others.length === 0 ? whole[1] : flat(fields, words)];
};

const white = new Set([0x20, 0x09, 0x0a, 0x0d]);

const isJson = (value: Uint8Array): boolean => {
  const begin = value.find((byte) => !white.has(byte));
  return begin === 0x7b || begin === 0x5b;
};

/** The entry as one JSON object. A value that is JSON stays what it is, any other is a text. */
const flat = (fields: StreamEntry["fields"], { text, encode }: Words): Uint8Array => {
  const members = fields.map(([name, value]) => {
    const said = text(value);
    return `${JSON.stringify(name)}:${said !== null && isJson(value) ? said : JSON.stringify(said)}`;
  });
  return encode(`{${members.join(",")}}`);
};
