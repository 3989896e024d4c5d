import { expect, it } from "vitest";
import type { Change } from "../../shared/change.ts";
import { instantOf } from "../../shared/instant.ts";
import { ProblemError } from "../../shared/problem.ts";
import { aMatch, aRecord } from "../calendar/testing/records.ts";
import { createMatchBook } from "../matches/book.ts";
import { createReferees } from "../people/referees.ts";
import { createDesk } from "./desk.ts";

const now = Date.UTC(2027, 4, 6, 12);
const kickoff = instantOf(now + 30 * 3_600_000);

const moved: Change = {
  id: 1,
  matchId: "1",
  title: "",
  at: instantOf(now),
  difference: { field: "kickoff", before: instantOf(now), after: kickoff },
  origin: { at: instantOf(now), dialect: "fogis", channel: "c" },
  note: null,
  urgent: false,
};

it("while the journal refuses to be read, what needs no timeline is told; and the rest as soon as it can be", () => {
  const match = aMatch({ id: "1", kickoff, openPlaces: ["Assisterande 2"] });
  const book = createMatchBook({
    records: [aRecord(match, { changedAt: instantOf(now) })],
    changes: [],
    now: () => now,
    placements: () => ({}),
  });
  let refuses = true;
  const desk = createDesk({
    entries: new Map(),
    journal: {
      changesOf: () => {
        if (refuses) throw new ProblemError({ kind: "journal-failed", message: "It cannot be read." });
        return [moved];
      },
    },
    clock: { now: () => now, after: () => () => undefined, random: () => 0 },
    book,
    directory: createReferees({
      records: () => book.records.values(),
      revision: book.revision,
      digest: (text) => text,
    }),
    targets: () => [],
    alerts: () => [],
    lastChangeId: () => 1,
    tellAll: null,
    write: async () => undefined,
    onEntry: () => undefined,
    onTodo: () => undefined,
  });
  const kinds = () => desk.items().map(({ kind }) => kind);
  expect(kinds()).toEqual(["open-place"]);
  refuses = false;
  expect(kinds()).toEqual(["moved", "open-place"]);
});
