import type { CommandName } from "../../../../shared/contract.ts";
import { httpStatus, messengerKinds, type ProblemKind, problemKinds } from "../../../../shared/problem.ts";

const family = (prefix: string): readonly ProblemKind[] => problemKinds.filter((kind) => kind.startsWith(`${prefix}-`));
const redis = family("redis");
const source = family("source");
const calendar = family("calendar");

/** What any request may be refused for: by the guard, or because the journal behind it all is in trouble. */
const always: readonly ProblemKind[] = [
  "input-invalid",
  "unauthorized",
  "role-too-low",
  "encryption-required",
  "origin-refused",
  "host-refused",
  "journal-full",
  "journal-failed",
];
const actions: readonly ProblemKind[] = ["too-large", "unsupported-media-type", "rate-limited"];
const sync: readonly ProblemKind[] = ["partly-failed", "confirmation-needed", "busy", ...source, ...calendar];
const target: readonly ProblemKind[] = ["not-found", "confirmation-needed", "busy", ...calendar];

/** What each command may answer besides. */
const own: { readonly [N in CommandName]?: readonly ProblemKind[] } = {
  redisRestart: [...redis, "busy"],
  manualSync: ["match-without-id", ...sync],
  match: ["not-found"],
  person: ["not-found"],
  personCalendar: ["not-found"],
  freePeople: ["not-found"],
  makeFeed: ["not-found"],
  renewFeed: ["not-found"],
  revokeFeed: ["not-found"],
  tell: ["not-found"],
  note: ["not-found"],
  removeNote: ["not-found"],
  message: ["not-found"],
  fetchMatches: ["busy", ...source],
  replay: ["not-found", "busy"],
  syncNow: ["not-found", ...sync],
  preview: target,
  held: ["not-found", "calendar-demo"],
  keep: [...target, "removals-changed"],
  confirm: [...target, "removals-changed"],
  undo: [...target, "partly-failed"],
  audit: target,
  notifyTest: ["configuration-invalid", ...messengerKinds],
  enter: ["not-found"],
  decline: ["not-found"],
  remove: ["not-found", "match-listed"],
  acknowledge: ["not-found"],
  snooze: ["not-found"],
  reactivate: ["not-found"],
  tokens: ["tokens-unreadable"],
  addToken: ["tokens-unreadable", "busy"],
  revokeToken: ["not-found", "tokens-unreadable", "busy"],
  saveSettings: ["not-found", "configuration-invalid", "setting-locked", "settings-unreadable"],
};

export type Failures = ReadonlyMap<number, readonly ProblemKind[]>;

/** Every failure of a command, by HTTP status. */
export const failuresOf = (name: CommandName, method: "GET" | "POST"): Failures => {
  const kinds = new Set([...always, ...(method === "POST" ? actions : []), ...(own[name] ?? [])]);
  const known = byStatus([...kinds]);
  // A probe looks at the status alone: not ready is 503, whatever the reason.
  return name === "ready" ? new Map([...known, [503, problemKinds]]) : known;
};

/** What the addresses that are no command may be refused for. */
export const guardFailures = (): Failures => byStatus(always);

/** The same for the deltas, which not every window understands. */
export const deltaFailures = (): Failures => byStatus([...always, "window-too-old"]);

/** The same for an address of which a part is a secret. */
export const secretFailures = (): Failures => byStatus([...always, "not-found", "rate-limited"]);

const byStatus = (kinds: readonly ProblemKind[]): Failures =>
  new Map(
    [...new Set(kinds.map((kind) => httpStatus[kind]))]
      .sort((a, b) => a - b)
      .map((status) => [status, kinds.filter((kind) => httpStatus[kind] === status)]),
  );
