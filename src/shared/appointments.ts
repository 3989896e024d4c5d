import type { Official } from "./match.ts";

const missingFrom = (others: readonly Official[], officials: readonly Official[]): readonly Official[] => {
  const names = new Set(others.map((official) => official.name));
  return officials.filter((official) => !names.has(official.name));
};

/** Those who have another role than before. */
const moved = (before: readonly Official[], after: readonly Official[]): readonly Official[] => {
  const roles = new Map(before.map(({ name, role }) => [name, role]));
  return after.filter(({ name, role }) => role !== null && roles.has(name) && roles.get(name) !== role);
};

/** Who has come, who has left and who has another role. */
export const reappointed = (before: readonly Official[], after: readonly Official[]) => ({
  assigned: missingFrom(before, after),
  dropped: missingFrom(after, before),
  moved: moved(before, after),
});

/** Whether the same people have the same roles, so that all that differs is how they are reached. */
export const isSameAppointment = (before: readonly Official[], after: readonly Official[]): boolean =>
  Object.values(reappointed(before, after)).every((people) => people.length === 0);
