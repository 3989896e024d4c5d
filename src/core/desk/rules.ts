import type { TodoItem, TodoKind, Urgency } from "../../shared/desk.ts";
import { dayMs, hourMs } from "../../shared/duration.ts";
import type { Instant } from "../../shared/instant.ts";
import { compareTexts } from "../../shared/order.ts";

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

export const urgencyOf = (kickoff: Instant | null, now: number): Urgency => {
  const ahead = kickoff === null ? Number.POSITIVE_INFINITY : Date.parse(kickoff) - now;
  if (ahead < 48 * hourMs) return "hours";
  return ahead < 7 * dayMs ? "days" : "later";
};

const nearness: Readonly<Record<Urgency, number>> = { hours: 0, days: 1, later: 2 };

const kickoffOf = (item: TodoItem): string => (item.matchId === null ? "0" : (item.kickoff ?? "9"));

/** The most pressing first: by how near it is, then by weight, then by kick-off. */
export const byPressure = (a: TodoItem, b: TodoItem): number =>
  nearness[a.urgency] - nearness[b.urgency] ||
  rules[b.kind].weight - rules[a.kind].weight ||
  compareTexts(kickoffOf(a), kickoffOf(b)) ||
  compareTexts(a.id, b.id);
