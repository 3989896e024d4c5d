import fc from "fast-check";
import { expect, test } from "vitest";
import type { Official } from "../../shared/match.ts";
import { anOfficial } from "../../shared/testing/people.ts";
import { digest } from "../calendar/testing/calendar-model.ts";
import { emptyCard } from "../contacts/card.ts";
import { wantedContacts } from "../contacts/contact.ts";
import type { MatchRecord } from "../matches/record.ts";
import { createPeopleBench, withOfficials } from "./testing/people.ts";

const breathe = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

/** `npm run test:long` sets it. */
const runs = import.meta.env.AVSPARK_LONG === undefined ? 150 : 10_000;

const phones = ["0700000001", "0700000002", "0700000003"] as const;

/** Some share a name, some a telephone; of some neither id nor number is told, or only later. */
const officialArbitrary: fc.Arbitrary<Official> = fc
  .record({
    who: fc.constantFrom("1", "2", "3", "4"),
    phone: fc.constantFrom(...phones),
    tells: fc.constantFrom("id", "id", "number", "reach"),
    email: fc.boolean(),
  })
  .map(({ who, phone, tells, email }) =>
    anOfficial({
      name: who === "3" ? "Nils Prov" : `Prov${who} Provsson`,
      personId: tells === "id" ? who : null,
      number: tells === "reach" ? null : `10${who}`,
      phone,
      email: email ? `prov${who}@example.com` : null,
    }),
  );

const stepArbitrary = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("tell" as const),
      match: fc.constantFrom("1", "2", "3"),
      officials: fc.array(officialArbitrary, { maxLength: 4 }),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant("pass" as const), ms: fc.constantFrom(1, 30, 1100, 7000, 600_000) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("trouble" as const), share: fc.constantFrom(0, 0.3, 1) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("kill" as const), survives: fc.boolean() }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom("note" as const, "delete" as const, "by-hand" as const),
      index: fc.nat({ max: 9 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom("sync" as const, "audit" as const, "preview" as const, "restart" as const, "listed" as const),
    }),
  },
);

const lifeArbitrary = fc.record({ seed: fc.nat(), steps: fc.array(stepArbitrary, { maxLength: 25 }) });

type Life = typeof lifeArbitrary extends fc.Arbitrary<infer L> ? L : never;

const liveThrough = async ({ seed, steps }: Life): Promise<void> => {
  const bench = createPeopleBench({ breathe, seed });
  const { model, time } = bench;
  const records = new Map<string, MatchRecord>();
  let life = { alive: true, survives: false };
  let engine = bench.begin([], life);
  const dear = new Set<string>();
  const failures: string[] = [];
  const quietly = (work: Promise<unknown>): void =>
    void work.catch((error: unknown) => {
      if (!(error instanceof Error && "problem" in error)) failures.push(String(error));
    });
  const bear = (): void => {
    life = { alive: true, survives: false };
    engine = bench.begin([...records.values()], life);
  };
  const someEntry = (index: number) => model.entries()[index % Math.max(1, model.entries().length)];

  for (const step of steps) {
    switch (step.do) {
      case "tell": {
        const record = withOfficials(step.match, step.officials);
        records.set(step.match, record);
        engine.changed([record]);
        break;
      }
      case "pass":
        await time.advance(step.ms);
        break;
      case "trouble":
        bench.trouble(step.share);
        break;
      case "kill":
        life.survives = step.survives;
        life.alive = false;
        bear();
        break;
      case "restart": {
        const stopped = engine.stop();
        await time.advance(1000);
        await stopped;
        life.alive = false;
        bear();
        break;
      }
      case "note": {
        const entry = someEntry(step.index);
        if (entry === undefined) break;
        dear.add(entry.remoteId);
        model.put({ ...entry, hasMore: true });
        break;
      }
      case "delete": {
        const entry = someEntry(step.index);
        if (entry === undefined) break;
        dear.delete(entry.remoteId);
        model.drop(entry.remoteId);
        break;
      }
      case "by-hand":
        dear.add(
          model.add({
            ...emptyCard,
            name: step.index % 2 === 0 ? "Nils Prov" : "Prov1",
            phones: [{ kind: "other", number: phones[step.index % phones.length] ?? "" }],
          }),
        );
        break;
      case "sync":
        quietly(engine.sync());
        break;
      case "audit":
        quietly(engine.audit("google-contacts", true));
        break;
      case "preview":
        quietly(engine.preview(null));
        break;
      case "listed":
        engine.listed();
    }
  }

  bench.trouble(0);
  for (let word = 0; word < 3; word += 1) {
    engine.listed();
    await time.advance(1_200_000);
    await engine.confirm("google-contacts", engine.held("google-contacts")[0]?.token ?? null);
    quietly(engine.sync());
    await time.advance(1_200_000);
  }
  expect(failures).toEqual([]);
  const wanted = wantedContacts(
    [...records.values()].map(({ match }) => match),
    { digest, teams: false, ownNumber: null },
  );
  const marked = model.entries().flatMap(({ card: { mark } }) => (mark === null ? [] : [mark]));
  // Where nobody at all is told of, nobody is taken for no longer needed.
  if (wanted.size > 0) expect(marked.map(({ id }) => id).toSorted()).toEqual([...wanted.keys()].toSorted());
  for (const { id, hash } of marked) if (wanted.has(id)) expect(hash).toBe(wanted.get(id)?.hash);
  const there = new Set(model.entries().map(({ remoteId }) => remoteId));
  expect([...dear].filter((remoteId) => !there.has(remoteId))).toEqual([]);
};

test(`in ${runs} lives, whatever happens, everybody who is needed ends with exactly one contact`, {
  timeout: 1_200_000,
}, async () => {
  await fc.assert(fc.asyncProperty(lifeArbitrary, liveThrough), { numRuns: runs });
});
