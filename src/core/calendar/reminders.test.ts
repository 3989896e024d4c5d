import { expect, test } from "vitest";
import type { Reminder } from "../../shared/reminders.ts";
import { reminderStep, type StandingReminder } from "./reminders.ts";

const ours: Reminder = { kind: "popup", minutes: 2880 };
const theirs: Reminder = { kind: "popup", minutes: 90 };

const cases: readonly (readonly [
  string,
  { placed: readonly Reminder[] | null; there: readonly StandingReminder[] | null },
  { onIt: string; noneWanted: string },
])[] = [
  ["nothing was ever put there", { placed: null, there: null }, { onIt: "write", noneWanted: "write" }],
  ["ours stand there", { placed: [ours], there: [ours] }, { onIt: "write", noneWanted: "write" }],
  ["none was put there, and none stands there", { placed: [], there: [] }, { onIt: "write", noneWanted: "write" }],
  ["ours and theirs", { placed: [ours], there: [theirs, ours] }, { onIt: "leave", noneWanted: "withdraw" }],
  ["theirs alone", { placed: [ours], there: [theirs] }, { onIt: "leave", noneWanted: "leave" }],
  ["they took ours away", { placed: [ours], there: [] }, { onIt: "leave", noneWanted: "leave" }],
  ["theirs, from before", { placed: null, there: [theirs] }, { onIt: "leave", noneWanted: "leave" }],
  ["they want none, from before", { placed: null, there: [] }, { onIt: "leave", noneWanted: "leave" }],
  ["back to the calendar's usual", { placed: [ours], there: null }, { onIt: "leave", noneWanted: "leave" }],
  ["what our words cannot tell", { placed: [ours], there: [null] }, { onIt: "leave", noneWanted: "leave" }],
  [
    "one of ours changed",
    { placed: [ours], there: [{ ...ours, kind: "email" }] },
    { onIt: "leave", noneWanted: "leave" },
  ],
];
test.each(cases)("%s", (_, standing, { onIt, noneWanted }) => {
  expect(reminderStep([ours], standing)).toBe(onIt);
  expect(reminderStep([theirs], standing)).toBe(onIt);
  expect(reminderStep([], standing)).toBe(noneWanted);
  expect(reminderStep(null, standing)).toBe(noneWanted);
});
