import { expect, test } from "vitest";
import type { Problem } from "../../../shared/problem.ts";
import { type DoorEvent, type DoorPhase, nextDoor } from "./await-port.ts";

// The whole machine. A phase or an event that is added has to be entered here before this compiles.

const at = { address: "http://127.0.0.1:5003", calendarAddress: "http://127.0.0.1:5003/calendar.ics?secret" };
const taken: Problem = { kind: "port-taken", message: "Taken." };
const other: Problem = { kind: "listen-failed", message: "Not here." };

type Phase = DoorPhase<typeof at>;
const phases: { readonly [N in Phase["name"]]: Phase & { readonly name: N } } = {
  "first-try": { name: "first-try" },
  "given-up": { name: "given-up", problem: other },
  waiting: { name: "waiting", problem: taken },
  trying: { name: "trying", problem: taken },
  open: { name: "open", at },
  closed: { name: "closed" },
};

type Event = DoorEvent<typeof at>;
type Happening = Exclude<Event["name"], "refused"> | "taken" | "refused otherwise";
const events: Readonly<Record<Happening, Event>> = {
  listens: { name: "listens", at },
  taken: { name: "refused", problem: taken, forNow: true },
  "refused otherwise": { name: "refused", problem: other, forNow: false },
  due: { name: "due" },
  close: { name: "close" },
};

/** null: it stays as it is. */
type Row = Readonly<Record<Happening, Phase | null>>;
const stays = { listens: null, taken: null, "refused otherwise": null, due: null } as const;
const closed: Phase = { name: "closed" };
const table: Readonly<Record<Phase["name"], Row>> = {
  "first-try": {
    listens: { name: "open", at },
    taken: { name: "waiting", problem: taken },
    "refused otherwise": { name: "given-up", problem: other },
    due: null,
    close: closed,
  },
  "given-up": { ...stays, close: closed },
  waiting: { ...stays, due: { name: "trying", problem: taken }, close: closed },
  trying: {
    listens: { name: "open", at },
    taken: { name: "waiting", problem: taken },
    // Whatever it is by now, it was another program's port before.
    "refused otherwise": { name: "waiting", problem: other },
    due: null,
    close: closed,
  },
  open: { ...stays, close: closed },
  closed: { ...stays, close: closed },
};

test.for(Object.entries(table))("%s, at every event", ([name, row]) => {
  const before = Object.values(phases).find((phase) => phase.name === name);
  expect(before).toBeDefined();
  if (before === undefined) return;
  for (const [happening, after] of Object.entries(row)) {
    const event = Object.entries(events).find(([known]) => known === happening)?.[1];
    expect(event).toBeDefined();
    if (event !== undefined) expect([happening, nextDoor(before, event)]).toEqual([happening, after ?? before]);
  }
});
