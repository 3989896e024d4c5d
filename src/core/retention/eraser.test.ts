import { expect, test } from "vitest";
import { wantedEvent } from "../calendar/event.ts";
import { aMatch } from "../calendar/testing/records.ts";
import { contactsEraser } from "./eraser.ts";
import { personEraser } from "./person.ts";

const digest = (text: string): string => text;

test.each([
  ["how to reach people", contactsEraser],
  ["a person", personEraser("Prov Domare", ["0700000001"], new Set())],
])("%s is taken out of what stood in an event before it was taken over as well", (_, eraser) => {
  const event = wantedEvent(aMatch({ id: "1", officials: [], contacts: [] }), { digest });
  if ("skip" in event) throw new Error("it has a kick-off");
  const description = "1\nProvcupen\n\nHD:\nProv Domare\nMobil: 0700000001\n\nMatch Details: https://example.com/1/";
  const taken = { ...event, theirs: { description, source: null } };
  const erased = eraser.event(taken).theirs;
  expect(erased?.description).not.toContain("0700000001");
  expect(erased?.description).toContain("Provcupen");
  expect(eraser.event(event)).toBe(event);
});
