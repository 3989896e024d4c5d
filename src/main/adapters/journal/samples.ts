import type { WantedEvent } from "../../../core/calendar/port.ts";
import type { MatchFacts, SaidFacts } from "../../../core/facts/facts.ts";
import type { JournaledMessage } from "../../../core/journal.ts";
import type { Known, OutboxRow, RunEntry } from "../../../core/keeper/item.ts";
import { applyFacts } from "../../../core/matches/merge.ts";
import type { MatchRecord } from "../../../core/matches/record.ts";
import type { Log } from "../../../core/ports.ts";
import type { Change } from "../../../shared/change.ts";
import { type Instant, instantOf } from "../../../shared/instant.ts";
import { instant } from "../../../shared/testing/instant.ts";

/** Invented data for the journal's tests. */

const nothing = (): void => undefined;
export const silentLog: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing, part: () => silentLog };

export const noon = instant("2027-05-06T12:00:00.000Z");
export const later = (seconds: number, from = noon): Instant => instantOf(Date.parse(from) + seconds * 1000);

export const channel = "fogis:matches:updates:v2";

/** Bytes that do not compress, the same for the same seed. */
export const noise = (bytes: number, seed = 1): Uint8Array => {
  const words = new Uint32Array(Math.ceil(bytes / 4));
  let state = seed * 2_654_435_761 || 1;
  for (let at = 0; at < words.length; at += 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    words[at] = state;
  }
  return new Uint8Array(words.buffer, 0, bytes);
};

export type SampleMessage = {
  readonly id: number;
  readonly at?: Instant;
  readonly channel?: string;
  readonly matchIds?: readonly string[];
  readonly payload?: Uint8Array | null;
};

export const validMessage = ({ id, at = noon, matchIds = [], ...given }: SampleMessage): JournaledMessage => {
  const payload = given.payload === undefined ? new TextEncoder().encode(`{"n":${id}}`) : given.payload;
  return {
    summary: {
      id,
      receivedAt: at,
      publishedAt: at,
      channel: given.channel ?? channel,
      messageId: `message-${id}`,
      bytes: payload?.byteLength ?? 0,
      verdict: "valid",
      gist: {
        type: "match_updates",
        dialect: "enhanced",
        matches: matchIds.length,
        changes: 0,
        rejected: 0,
        noted: 0,
        matchIds,
      },
    },
    payload,
    matchIds,
    rejections: [],
  };
};

export const refusedMessage = (sample: SampleMessage): JournaledMessage => {
  const valid = validMessage(sample);
  const rejection = { path: "payload", reason: "is not an object" };
  return {
    ...valid,
    summary: { ...valid.summary, verdict: "invalid", gist: { type: "invalid", rejection } },
    rejections: [rejection],
  };
};

export const matchRecord = (id: string, said: SaidFacts = {}): MatchRecord => {
  const person = { name: "Åsa Öst", phones: { mobile: "0700000001" }, email: "asa@example.com" };
  const facts: MatchFacts = {
    id,
    dialect: "enhanced",
    wallClock: true,
    told: {
      number: "000402010",
      competition: "Division 3 Östra Götaland",
      home: "Ängby IF",
      away: "Östra BK",
      kickoff: instant("2027-05-08T13:00:00.000Z"),
      venue: "Ängby IP",
      position: { latitude: 58.41, longitude: 15.62 },
      officials: ["Huvuddomare", "Assisterande 1", "Assisterande 2"].map((role) => ({ role, ...person })),
      contacts: [{ team: "Ängby IF", ...person }],
      ...said,
    },
    noted: [],
  };
  const origin = { at: noon, dialect: "enhanced", channel } as const;
  return applyFacts(undefined, facts, { origin, receivedAt: noon, urgent: false, isReplay: false }).record;
};

export const venueChange = (id: number, matchId: string, at = noon): Change => ({
  id,
  matchId,
  title: "Ängby IF – Östra BK",
  at,
  difference: { field: "venue", before: "Ängby IP", after: "Östra IP" },
  origin: { at, dialect: "enhanced", channel },
  note: null,
  urgent: false,
});

export const wantedEvent = (id: string): WantedEvent => ({
  id,
  hash: `hash-${id}`,
  summary: "Ängby IF – Östra BK",
  description: "Division 3",
  location: "Ängby IP",
  start: instant("2027-05-08T13:00:00.000Z"),
  end: instant("2027-05-08T15:00:00.000Z"),
  cancelled: false,
  url: `https://example.com/matches/${id}`,
  position: null,
  reminders: [{ kind: "popup", minutes: 2880 }],
});

export const outboxRow = (id: string): OutboxRow<WantedEvent> => ({
  target: "google",
  id,
  wanted: wantedEvent(id),
  urgent: false,
  queuedAt: noon,
  state: "ready",
});

export const knownRow = (id: string): Known<WantedEvent> => ({
  target: "google",
  id,
  remoteId: `remote-${id}`,
  etag: null,
  hash: `hash-${id}`,
  actual: `hash-${id}`,
  start: instant("2027-05-08T13:00:00.000Z"),
  cancelled: false,
  writtenAt: noon,
  sequence: 0,
  written: wantedEvent(id),
});

export const runEntry = (run: number, id: string): RunEntry<WantedEvent> => ({
  run,
  target: "google",
  id,
  at: noon,
  before: null,
  after: wantedEvent(id),
});

/** What a run begins with that finds an empty journal. */
export const nothingLoaded = {
  matches: [],
  changes: [],
  newestChanges: [],
  messages: [],
  alerts: [],
  gaps: [],
  lastCycle: null,
  lastIds: { message: 0, change: 0, alert: 0, gap: 0 },
  quarantine: { count: 0, bytes: 0 },
  spilled: { messages: 0, bytes: 0 },
  meta: {},
};
