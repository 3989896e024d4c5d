import { expect, it } from "vitest";
import { anOfficial } from "../../../shared/testing/people.ts";
import { createMirror } from "./mirror.ts";
import { knownRow, matchRecord, noon, outboxRow, runEntry, venueChange, wantedEvent } from "./samples.ts";

const phone = "0700000001";
const event = (matchId: string) => ({
  ...wantedEvent(matchId),
  description: `Huvuddomare: Åsa Öst\nTelefon: ${phone}`,
});

/** What is kept of two matches. */
const filled = () => {
  const mirror = createMirror();
  for (const id of ["1", "2"]) {
    const difference = { field: "officials", before: [], after: [anOfficial({ name: "Åsa Öst", phone })] } as const;
    const batch = { matches: [matchRecord(id)], changes: [{ ...venueChange(Number(id), id), difference }] };
    mirror.written({ kind: "append", batch });
    mirror.written({
      kind: "calendar",
      target: "google",
      batch: {
        known: [{ ...knownRow(id), written: event(id) }],
        outbox: [{ ...outboxRow(id), wanted: event(id) }],
        run: [{ ...runEntry(1, id), before: event(id), after: event(id) }],
        meta: { [`sequence:${id}`]: "1" },
      },
    });
  }
  const all = (): string => JSON.stringify(mirror.all());
  return { mirror, all, times: (text: string): number => all().split(text).length - 1 };
};

it("what was erased is in no new file either", () => {
  const { mirror, times } = filled();
  const before = times(phone);
  mirror.written({ kind: "append", batch: { erased: { kind: "contacts", matchIds: ["1"] } } });
  expect(times(phone)).toBe(before / 2);
  mirror.written({ kind: "append", batch: { erased: { kind: "person", name: "åsa öst", ways: [] } } });
  expect([times(phone), times("Åsa Öst")]).toEqual([0, 0]);
});

it("what was archived is in no new file", () => {
  const { mirror, times } = filled();
  const before = times('"id":"2"');
  mirror.written({ kind: "append", batch: { archived: [{ id: "1", playedAt: noon }] } });
  expect([times('"id":"1"'), times('"id":"2"')]).toEqual([0, before]);
  expect([times("sequence:1"), times("sequence:2")]).toEqual([0, 1]);
});
