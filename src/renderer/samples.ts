import type { Alert } from "../shared/alert.ts";
import { type TargetStatus, untouched } from "../shared/calendar.ts";
import type { Change } from "../shared/change.ts";
import type { Setting } from "../shared/config.ts";
import type { TodoItem } from "../shared/desk.ts";
import { unknownFacts } from "../shared/match.ts";
import type { MessageSummary } from "../shared/message.ts";
import type { MatchView, Snapshot } from "../shared/snapshot.ts";
import { noCounts } from "../shared/stats.ts";
import { instant } from "../shared/testing/instant.ts";

/** What tests of the window are made from. */

const at = instant("2027-05-08T12:00:00.000Z");

export const match = (id: string, kickoff: string | null, venue = "Heden"): MatchView => ({
  ...unknownFacts,
  id,
  home: "IFK",
  away: "GAIS",
  kickoff: kickoff === null ? null : instant(kickoff),
  venue,
  updatedAt: at,
  changedAt: at,
  changeId: 0,
  sources: [],
  goneAt: null,
  goneBy: null,
  inDoubt: null,
  declinedAt: null,
  enteredByHand: false,
  length: null,
  noted: [],
  placements: {},
  warnings: [],
  told: [],
  notes: [],
});

/** Somebody has left this match. */
export const left = (matchId: string, kickoff: string): Extract<TodoItem, { readonly kind: "withdrawn" }> => ({
  kind: "withdrawn",
  id: `withdrawn/${matchId}`,
  since: at,
  urgency: "hours",
  matchId,
  title: "IFK – GAIS",
  kickoff: instant(kickoff),
  venue: null,
  people: [],
  upTo: 0,
});

export const message = (id: number): MessageSummary => ({
  id,
  receivedAt: at,
  publishedAt: null,
  channel: "updates",
  messageId: null,
  bytes: 10,
  verdict: "valid",
  gist: { type: "processing_status", status: "started", cycle: null, matches: null, durationMs: null },
});

export const change = (id: number): Change => ({
  id,
  matchId: "1",
  title: "IFK – GAIS",
  at,
  difference: { field: "added" },
  origin: { at, dialect: "fogis", channel: "updates" },
  note: null,
  urgent: false,
});

export const alert = (id: number, rest: Partial<Alert> = {}): Alert => ({
  id,
  key: String(id),
  cause: { kind: "feed", problem: { kind: "redis-unreachable", message: "ECONNREFUSED" } },
  level: "warning",
  severity: null,
  firstAt: at,
  lastAt: at,
  count: 1,
  state: { name: "active" },
  ...rest,
});

export const target = (name: TargetStatus["name"], rest: Partial<TargetStatus> = {}): TargetStatus => ({
  name,
  label: name,
  state: { name: "idle" },
  ...untouched,
  ...rest,
});

export const setting = (name: Setting["name"], rest: Partial<Setting> = {}): Setting => ({
  name,
  value: "",
  source: "default",
  locked: false,
  from: [],
  problem: null,
  ...rest,
});

export const snapshot = (seq: number, rest: Partial<Snapshot> = {}): Snapshot => ({
  seq,
  version: "0.1.0",
  mode: "live",
  startedAt: at,
  httpAddress: null,
  calendarAddress: null,
  connection: { state: "stopped", since: at, cause: null },
  source: { state: "unconfigured" },
  health: { level: "ok", since: at },
  counters: noCounts(at),
  lastCycle: null,
  matches: [],
  changes: [],
  seenChangeId: 0,
  messages: [],
  alerts: [],
  gaps: [],
  quarantine: { count: 0, bytes: 0 },
  targets: [],
  settings: [],
  notificationsMuted: false,
  messengers: [],
  todo: [],
  waiting: 0,
  attachment: null,
  ...rest,
});
