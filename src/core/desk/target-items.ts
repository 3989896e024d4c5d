import type { Alert } from "../../shared/alert.ts";
import type { TargetStatus } from "../../shared/calendar.ts";
import type { TodoItem } from "../../shared/desk.ts";
import { problemOfCause } from "../alerts/cause-problem.ts";
import { isOver } from "../alerts/kinds.ts";

type TargetItem = Extract<TodoItem, { readonly matchId: null }>;

/** What waits for somebody in the calendars: a decision, a mended setting, a sign-in. */
export const targetItems = (targets: readonly TargetStatus[], alerts: readonly Alert[]): readonly TodoItem[] =>
  targets.flatMap((target) => [...stateItem(target), ...expiryItem(target, alerts)]);

const headOf = (kind: TargetItem["kind"], { name, label }: TargetStatus) =>
  ({ id: `${kind}/${name}`, matchId: null, target: name, label, people: [], urgency: "hours" }) as const;

const stateItem = (target: TargetStatus): readonly TargetItem[] => {
  const { state } = target;
  switch (state.name) {
    case "needs-preview":
      return [{ kind: "held", ...headOf("held", target), since: state.since, removals: null }];
    case "needs-confirmation":
      return [{ kind: "held", ...headOf("held", target), since: state.since, removals: state.removals }];
    case "needs-person": {
      const { since, problem } = state;
      return problem.kind === "calendar-sign-in"
        ? [{ kind: "sign-in", ...headOf("sign-in", target), since, problem, expiresAt: null }]
        : [{ kind: "calendar", ...headOf("calendar", target), since, problem }];
    }
    case "idle":
    case "working":
    case "waiting":
    case "off":
      return [];
  }
};

/** A sign-in that is still good; one that is over is told by the calendar's state. */
const expiryItem = (target: TargetStatus, alerts: readonly Alert[]): readonly TargetItem[] => {
  if (target.state.name === "needs-person") return [];
  return alerts.flatMap((alert): readonly TargetItem[] => {
    const { cause, firstAt } = alert;
    if (cause.kind !== "sign-in-expiring" || cause.target !== target.name || isOver(alert)) return [];
    return [
      {
        kind: "sign-in",
        ...headOf("sign-in", target),
        since: firstAt,
        problem: problemOfCause(cause, firstAt),
        expiresAt: cause.at,
      },
    ];
  });
};
