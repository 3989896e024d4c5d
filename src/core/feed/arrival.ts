import { instantOf } from "../../shared/instant.ts";
import type { Rejection } from "../../shared/message.ts";
import type { DecodedMatches } from "../facts/facts.ts";
import { clampedAt, type Telling } from "../facts/origin.ts";
import type { QuarantineItem } from "../journal.ts";
import { type Fingerprint, fingerprintOf } from "./fingerprint.ts";
import type { Decoded, Message } from "./message.ts";

/** How something reached us. */
export type Way = "redis" | "http" | "manual" | "replay";

/** One message as it came off the wire. `receivedAt` in milliseconds since the epoch. */
export type Heard = {
  readonly channel: string;
  readonly payload: Uint8Array;
  readonly receivedAt: number;
  /** When it was said, where the way it came by knows better than our receipt, in milliseconds since the epoch; its own word goes before. */
  readonly saidAt?: number | null;
  /** It comes out of a log that had it before: its times are the log's, and it is read later than it was heard. */
  readonly isLogged?: boolean;
  /** What is heard next belongs to it: the journal has both at once or neither. */
  readonly goesOn?: boolean;
  /** Small facts that the journal has as soon as it has this: up to where its stream was read. */
  readonly keeping?: Readonly<Record<string, string | null>>;
  /** Set when it comes from the journal's spill, where it stays until it is journaled whole. */
  readonly spillId?: number;
};

/**
 * What the journal keeps of an arrival. A message is kept as it came. The same list comes again and again, so of a list only
 * the matches are kept that brought something or were refused. A replayed message is in the journal already.
 */
export type Kept =
  | { readonly kind: "whole"; readonly payload: Uint8Array }
  | { readonly kind: "news"; readonly matches: readonly unknown[] }
  | { readonly kind: "already"; readonly id: number };

/** Said of a message on which we ourselves fail: it waits in quarantine until that is mended. */
export const ownFailure: Rejection = { path: "", reason: "could not be taken in, for an error of Avspark's own" };

/**
 * One thing that was told, decoded, and where it comes from. A message, a list over HTTP, a list from a person's hand and a
 * message out of quarantine are all of them arrivals, and one batch takes them all.
 */
export type Arrival = {
  readonly telling: Telling;
  readonly decoded: Decoded;
  readonly kept: Kept;
  /** By this a message that comes again is known; null for what has no id, and for what comes again by right. */
  readonly print: Fingerprint | null;
};

/** What could be read of a message's envelope. */
export const envelopeOf = (decoded: Decoded): Pick<Message, "messageId" | "publishedAt"> =>
  decoded.ok ? decoded.message : decoded;

export const messageArrival = (
  { channel, payload, receivedAt: ms, saidAt = null, isLogged = false }: Heard,
  decoded: Decoded,
): Arrival => {
  const receivedAt = instantOf(ms);
  const { messageId, publishedAt } = envelopeOf(decoded);
  const at = clampedAt(publishedAt ?? (saidAt === null ? null : instantOf(saidAt)), receivedAt);
  return {
    telling: { channel, at, receivedAt, isReplay: isLogged, completeAt: null, toldSince: null },
    decoded,
    kept: { kind: "whole", payload },
    print: messageId === null ? null : [messageId, fingerprintOf(payload)],
  };
};

/** It was said when it was said, and heard when it was heard first, whenever it is read again. */
export const replayArrival = (
  { id, channel, receivedAt }: Pick<QuarantineItem, "id" | "channel" | "receivedAt">,
  decoded: Decoded,
): Arrival => {
  const at = clampedAt(envelopeOf(decoded).publishedAt, receivedAt);
  return {
    telling: { channel, at, receivedAt, isReplay: true, completeAt: null, toldSince: null },
    decoded,
    kept: { kind: "already", id },
    print: null,
  };
};

export const listArrival = (
  matches: readonly unknown[],
  decoded: DecodedMatches,
  telling: Omit<Telling, "isReplay" | "toldSince"> & Partial<Pick<Telling, "toldSince">>,
): Arrival => ({
  telling: { toldSince: null, ...telling, isReplay: false },
  decoded: {
    ok: true,
    message: {
      messageId: null,
      publishedAt: null,
      body: { type: "match_updates", ...decoded, notes: [], urgent: new Set() },
    },
  },
  kept: { kind: "news", matches },
  print: null,
});
