import type { Delta, Snapshot } from "./snapshot.ts";

type Parts = Pick<Snapshot, keyof Delta["set"]>;

const latest = <T>(value: T | undefined, before: T): T => (value === undefined ? before : value);

/** What a delta carries whole, as it is after it: the new value where it has one. */
export const partsAfter = (before: Parts, { set }: Pick<Delta, "set">): Parts => ({
  connection: latest(set.connection, before.connection),
  source: latest(set.source, before.source),
  health: latest(set.health, before.health),
  counters: latest(set.counters, before.counters),
  lastCycle: latest(set.lastCycle, before.lastCycle),
  seenChangeId: latest(set.seenChangeId, before.seenChangeId),
  alerts: latest(set.alerts, before.alerts),
  gaps: latest(set.gaps, before.gaps),
  quarantine: latest(set.quarantine, before.quarantine),
  targets: latest(set.targets, before.targets),
  settings: latest(set.settings, before.settings),
  httpAddress: latest(set.httpAddress, before.httpAddress),
  calendarAddress: latest(set.calendarAddress, before.calendarAddress),
  notificationsMuted: latest(set.notificationsMuted, before.notificationsMuted),
  messengers: latest(set.messengers, before.messengers),
  waiting: latest(set.waiting, before.waiting),
  attachment: latest(set.attachment, before.attachment),
});
