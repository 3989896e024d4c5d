import { isAddressBook, type TargetName } from "../calendar.ts";
import type { ProblemKind } from "../problem.ts";
import type { Advice } from "./advice.ts";
import type { Texts } from "./type.ts";

/** What is said of a calendar, or of an address book, where people decide about it. */
export const targetTexts = (texts: Texts, target: TargetName): Texts["calendars"] =>
  isAddressBook(target) ? texts.addressBooks.say : texts.calendars;

/** What a person needs when something is wrong with it. `target` null: it is about no target. */
export const adviceFor = (texts: Texts, kind: ProblemKind, target: TargetName | null): Advice => {
  if (target === null || !isAddressBook(target)) return texts.advice[kind];
  const own: Partial<Readonly<Record<ProblemKind, Advice>>> = texts.addressBooks.advice;
  return own[kind] ?? texts.advice[kind];
};
