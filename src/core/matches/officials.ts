import type { Match } from "../../shared/match.ts";

type Appointment = { readonly at: number; readonly id: string };
type Near = { readonly id: string; readonly apartMs: number };
type Known = {
  readonly officials: Match["officials"];
  readonly names: ReadonlySet<string>;
  readonly appointment: Appointment;
};

/** Which matches each official has, by kick-off: what is near in time is found at once, however many there are. */
export const createOfficialIndex = () => {
  const byOfficial = new Map<string, Appointment[]>();
  const known = new Map<string, Known>();

  const remove = ({ names, appointment }: Known): void => {
    known.delete(appointment.id);
    for (const name of names) {
      const all = byOfficial.get(name) ?? [];
      all.splice(placeOf(all, appointment), 1);
      if (all.length === 0) byOfficial.delete(name);
    }
  };

  const near = function* (match: Match, name: string, withinMs: number): Generator<Near> {
    if (match.kickoff === null) return;
    const all = byOfficial.get(keyOf(name)) ?? [];
    for (const { id, apartMs } of outward(all, Date.parse(match.kickoff))) {
      if (apartMs >= withinMs) return;
      if (id !== match.id) yield { id, apartMs };
    }
  };

  return {
    put: ({ id, officials, kickoff }: Match): void => {
      const before = known.get(id);
      if (before !== undefined) remove(before);
      if (kickoff === null) return;
      // Merging leaves a list that does not change as it is.
      const names = before?.officials === officials ? before.names : new Set(officials.map(({ name }) => keyOf(name)));
      const appointment = { at: Date.parse(kickoff), id };
      known.set(id, { officials, names, appointment });
      for (const name of names) {
        const all = byOfficial.get(name) ?? [];
        byOfficial.set(name, all);
        all.splice(placeOf(all, appointment), 0, appointment);
      }
    },
    remove: (id: string): void => {
      const before = known.get(id);
      if (before !== undefined) remove(before);
    },
    /** The other matches with somebody of that name, those nearest in time first. */
    near,
    /** All matches that the officials of these have near them. */
    neighbours: (matches: readonly Match[], withinMs: number): ReadonlySet<string> => {
      const ids = new Set<string>();
      for (const [name, times] of timesByOfficial(matches)) {
        const all = byOfficial.get(name) ?? [];
        let next = 0;
        // Windows overlap; none is walked twice.
        for (const at of times.sort((a, b) => a - b)) {
          next = Math.max(next, placeOf(all, { at: at - withinMs + 1, id: "" }));
          for (let found = all[next]; found !== undefined && found.at < at + withinMs; found = all[next]) {
            ids.add(found.id);
            next += 1;
          }
        }
      }
      return ids;
    },
  };
};
export type OfficialIndex = ReturnType<typeof createOfficialIndex>;

/** By what the index finds people: whether namesakes are one person is not asked here. */
export const keyOf = (name: string): string => name.normalize("NFC").toLocaleLowerCase("sv").trim();

const timesByOfficial = (matches: readonly Match[]): ReadonlyMap<string, number[]> => {
  const times = new Map<string, number[]>();
  for (const { kickoff, officials } of matches) {
    if (kickoff === null) continue;
    for (const name of new Set(officials.map((official) => keyOf(official.name)))) {
      const known = times.get(name) ?? [];
      times.set(name, known);
      known.push(Date.parse(kickoff));
    }
  }
  return times;
};

const isBefore = (a: Appointment, b: Appointment): boolean => (a.at === b.at ? a.id < b.id : a.at < b.at);

/** Where it stands in the sorted list, or would. */
const placeOf = (all: readonly Appointment[], wanted: Appointment): number => {
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const found = all[middle];
    if (found !== undefined && isBefore(found, wanted)) low = middle + 1;
    else high = middle;
  }
  return low;
};

const outward = function* (all: readonly Appointment[], at: number): Generator<Near> {
  let right = placeOf(all, { at, id: "" });
  let left = right - 1;
  for (;;) {
    const before = all[left];
    const after = all[right];
    if (before === undefined && after === undefined) return;
    const beforeMs = before === undefined ? Number.POSITIVE_INFINITY : at - before.at;
    const afterMs = after === undefined ? Number.POSITIVE_INFINITY : after.at - at;
    if (before !== undefined && beforeMs <= afterMs) {
      yield { id: before.id, apartMs: beforeMs };
      left -= 1;
    } else if (after !== undefined) {
      yield { id: after.id, apartMs: afterMs };
      right += 1;
    }
  }
};
