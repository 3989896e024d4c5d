import type { PlannedOperation, Preview } from "../../../shared/calendar.ts";

/** What a sync does, in the order in which it matters to a person; `leave` is nothing to read about. */
export const shownKinds = [
  "remove",
  "cancel",
  "update",
  "insert",
] as const satisfies readonly PlannedOperation["kind"][];
export type ShownKind = (typeof shownKinds)[number];

export type KindCount = { readonly kind: ShownKind; readonly count: number };

export const countKinds = ({ operations }: Preview): readonly KindCount[] =>
  shownKinds
    .map((kind) => ({ kind, count: operations.filter((operation) => operation.kind === kind).length }))
    .filter(({ count }) => count > 0);

/** null: all of them. */
export const operationsOf = ({ operations }: Preview, kind: ShownKind | null): Preview["operations"] =>
  operations.filter((operation) => operation.kind !== "leave" && (kind === null || operation.kind === kind));
