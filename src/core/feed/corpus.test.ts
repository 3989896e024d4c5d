import { describe, expect, it } from "vitest";
import envelopes from "./corpus/envelope.json" with { type: "json" };
import matches from "./corpus/matches.json" with { type: "json" };
import { decodeMatches } from "./decode/matches.ts";
import { type DecodeOptions, decodeMessage } from "./decode.ts";

/** The cases are data, so that they can be added to without a line of code. */

const options: DecodeOptions = {
  text: (bytes, encoding) => {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      return null;
    }
  },
  utf8Only: true,
  maxBytes: 5 * 1024 * 1024,
};

type Envelope = {
  readonly about: string;
  /** What is on the wire: a value, a text or bytes. */
  readonly message?: unknown;
  readonly text?: string;
  readonly hex?: string;
  readonly utf8Only?: boolean;
  /** What is expected: a refusal, or these parts of the body. */
  readonly refused?: { readonly path: string; readonly reason: string };
  readonly body?: Readonly<Record<string, unknown>>;
  readonly messageId?: string | null;
  readonly publishedAt?: string | null;
};

const payloadOf = ({ message, text, hex }: Envelope): Uint8Array =>
  hex === undefined ? Buffer.from(text ?? JSON.stringify(message)) : Buffer.from(hex, "hex");

describe("a message", () => {
  it.for<Envelope>(envelopes)("$about", (example) => {
    const decoded = decodeMessage(payloadOf(example), { ...options, utf8Only: example.utf8Only ?? true });
    if (!decoded.ok) {
      expect(decoded.rejection).toEqual(example.refused);
      expect([decoded.messageId, decoded.publishedAt]).toEqual([
        example.messageId ?? null,
        example.publishedAt ?? null,
      ]);
      return;
    }
    const { message } = decoded;
    expect(example.refused).toBeUndefined();
    const told = Object.entries(message.body).filter(([key]) => example.body !== undefined && key in example.body);
    const { rejections } = message.body.type === "match_updates" ? message.body : { rejections: [] };
    const placed = rejections.map(({ path, reason }) => ({ path, reason }));
    const listed = told.map(([key, value]) => {
      if (key === "rejections") return [key, placed];
      return [key, value instanceof Set ? [...value] : value];
    });
    expect(Object.fromEntries(listed)).toEqual(example.body);
    expect([message.messageId, message.publishedAt]).toEqual([example.messageId ?? null, example.publishedAt ?? null]);
  });
});

type MatchCase = {
  readonly about: string;
  readonly match?: unknown;
  readonly matchText?: string;
  readonly id?: string;
  readonly dialect?: string;
  readonly wallClock?: boolean;
  readonly told?: Readonly<Record<string, unknown>>;
  /** What could not be read; the path from the match on. */
  readonly noted?: readonly { readonly path: string; readonly reason: string }[];
  /** `path` from the match on. */
  readonly refused?: { readonly path: string; readonly reason: string };
  readonly kind?: string;
};

describe("a match", () => {
  it.for<MatchCase>(matches)("$about", (example) => {
    const { match, matchText, id, dialect, wallClock = false, told, noted = [], refused, kind } = example;
    const raw: unknown = matchText === undefined ? match : JSON.parse(matchText);
    const decoded = decodeMatches([raw], "matches");
    if (refused === undefined) {
      expect(decoded).toEqual({ matches: [{ id, dialect, wallClock, told, noted }], rejections: [] });
      return;
    }
    expect(decoded.matches).toEqual([]);
    const { path, reason } = refused;
    expect(decoded.rejections).toEqual([
      { index: 0, path: `matches[0]${path}`, reason, kind: kind ?? "input-invalid" },
    ]);
  });
});
