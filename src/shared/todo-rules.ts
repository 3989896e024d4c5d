import type { TodoItem, TodoKind, Urgency } from "./desk.ts";
import { dayMs } from "./duration.ts";
import type { Instant } from "./instant.ts";
import { compareTexts } from "./order.ts";
import { urgentWithinMs } from "./urgent.ts";

type Rule = {
  /** Among what is equally near, the greater stands first. */
  readonly weight: number;
  /** How long before the kick-off it begins to matter; null: it has no kick-off. */
  readonly withinMs: number | null;
};

/** What counts for how much, and from when. */
export const rules: Readonly<Record<TodoKind, Rule>> = {
  "no-referee": { weight: 100, withinMs: 7 * dayMs },
  withdrawn: { weight: 90, withinMs: 30 * dayMs },
  "called-off": { weight: 80, withinMs: 30 * dayMs },
  postponed: { weight: 75, withinMs: 30 * dayMs },
  "double-booked": { weight: 70, withinMs: 30 * dayMs },
  "on-again": { weight: 65, withinMs: 30 * dayMs },
  moved: { weight: 60, withinMs: 30 * dayMs },
  "open-place": { weight: 50, withinMs: 7 * dayMs },
  calendar: { weight: 45, withinMs: null },
  "sign-in": { weight: 40, withinMs: null },
  held: { weight: 35, withinMs: null },
};

/** Beyond this nothing of a match matters yet. */
export const horizonMs = Math.max(...Object.values(rules).map(({ withinMs }) => withinMs ?? 0));

/** Whether it matters by now. What has no kick-off yet matters at once; what has begun matters no more. */
export const isDue = (kind: TodoKind, kickoff: Instant | null, now: number): boolean => {
  if (kickoff === null) return true;
  const ahead = Date.parse(kickoff) - now;
  return ahead > 0 && ahead <= (rules[kind].withinMs ?? Number.POSITIVE_INFINITY);
};

const daysMs = 7 * dayMs;

export const urgencyOf = (kickoff: Instant | null, now: number): Urgency => {
  const ahead = kickoff === null ? Number.POSITIVE_INFINITY : Date.parse(kickoff) - now;
  if (ahead <= urgentWithinMs) return "hours";
  return ahead <= daysMs ? "days" : "later";
};

/** How long before the kick-off something changes only because time has passed; the first is the kick-off itself. */
const turns = [0, urgentWithinMs, daysMs, ...Object.values(rules).map(({ withinMs }) => withinMs ?? 0)].sort(
  (a, b) => a - b,
);

/** When what waits in a match will next be something else though nothing has changed; null: never. */
export const nextTurn = (kickoff: Instant | null, now: number): number | null => {
  if (kickoff === null) return null;
  const ahead = Date.parse(kickoff) - now;
  const next = turns.findLast((turn) => turn < ahead);
  return next === undefined ? null : now + ahead - next;
};

const nearness: Readonly<Record<Urgency, number>> = { hours: 0, days: 1, later: 2 };

const kickoffOf = (item: TodoItem): string => (item.matchId === null ? "0" : (item.kickoff ?? "9"));

/** The most pressing first: by how near it is, then by weight, then by kick-off. */
export const byPressure = (a: TodoItem, b: TodoItem): number =>
  nearness[a.urgency] - nearness[b.urgency] ||
  rules[b.kind].weight - rules[a.kind].weight ||
  compareTexts(kickoffOf(a), kickoffOf(b)) ||
  compareTexts(a.id, b.id);
