import fc from "fast-check";
import { expect, test } from "vitest";
import type { Instant } from "../../shared/instant.ts";
import { instantOf } from "../../shared/instant.ts";
import { type Entry, emptyEntry, inTime, withoutTold, withTold } from "../desk/entries.ts";
import { subjectsOf, type Word } from "./word.ts";
import { createWordOrder, type Said } from "./word-order.ts";

const begin = Date.parse("2027-05-01T10:00:00Z");
const matchId = "1";
const by = null;

const wordArbitrary: fc.Arbitrary<Word> = fc.oneof(
  fc.boolean().map((declined): Word => ({ kind: "decline", matchId, declined, by })),
  fc.boolean().map((removed): Word => ({ kind: "remove", matchId, removed, by })),
  fc
    .subarray(["a", "b", "c"], { minLength: 1 })
    .map((people): Word => ({ kind: "tell", matchId, people, by, upTo: null })),
  fc.constantFrom("a", "b", null).map((personId): Word => ({ kind: "untell", matchId, personId })),
  fc.subarray(["k", "l"], { minLength: 1 }).map((keys): Word => ({ kind: "acknowledge", keys, by })),
  fc.subarray(["k", "l"], { minLength: 1 }).map((keys): Word => ({ kind: "reactivate", keys, by })),
  fc.boolean().map((go): Word => ({ kind: "removals", target: "google", ids: ["1", "2"], begins: false, go })),
);

/** What a node makes of the words that it takes. */
const createNode = () => {
  const facts = new Map<string, string>();
  const holds = new Map<string, string>();
  let entry: Entry = emptyEntry;
  const open = () =>
    createWordOrder({ stored: Object.fromEntries(facts), markOf: (text) => text, keepHours: 48, now: begin });
  let order = open();
  const take = (word: Word, at: Instant): void => {
    if (word.kind === "tell")
      entry = inTime(word.people.reduce((all, personId) => withTold(all, { personId, at, by, upTo: 0 }), entry));
    else if (word.kind === "untell") entry = withoutTold(entry, word.personId, at);
    else
      for (const subject of subjectsOf(word))
        holds.set(
          subject,
          JSON.stringify([
            "go" in word && word.go,
            word.kind,
            "declined" in word && word.declined,
            "removed" in word && word.removed,
          ]),
        );
  };
  return {
    read: ({ word, said }: { readonly word: Word; readonly said: Said }): void => {
      const news = order.newsIn(word, said);
      if (news === null) return;
      take(news, instantOf(Number(said.id.split("-")[0])));
      for (const [name, text] of Object.entries(order.took(news, said)))
        if (text === null) facts.delete(name);
        else facts.set(name, text);
    },
    restart: (): void => {
      order = open();
    },
    state: () => ({ holds: [...holds].toSorted(), told: entry.told }),
  };
};

test("nodes that read the same words, each in an order of its own and some of them again, agree on what holds", () => {
  fc.assert(
    fc.property(
      fc.array(wordArbitrary, { minLength: 1, maxLength: 12 }).chain((words) => {
        const all = words.map((word, n) => ({
          word,
          said: { id: `${begin + n}-${n % 2}`, name: `n-${n}` },
        }));
        const reading = fc.shuffledSubarray([...all, ...all], { minLength: 2 * all.length });
        return fc.record({ all: fc.constant(all), one: reading, other: reading, restartsAt: fc.nat({ max: 24 }) });
      }),
      ({ all, one, other, restartsAt }) => {
        const inOrder = createNode();
        for (const each of all) inOrder.read(each);
        for (const reading of [one, other]) {
          const node = createNode();
          for (const [n, each] of reading.entries()) {
            if (n === restartsAt) node.restart();
            node.read(each);
          }
          expect(node.state()).toEqual(inOrder.state());
        }
      },
    ),
    { numRuns: 1000 },
  );
});

test("what was taken is kept by marks that tell nothing of it, and forgotten when no log has it any more", () => {
  const said = { id: `${begin}-0`, name: "n" };
  const word: Word = { kind: "erase", name: "Ada Prov" };
  const markOf = (text: string): string => String(text.length);
  const order = createWordOrder({ stored: {}, markOf, keepHours: 48, now: begin });
  const kept = order.took(word, said);
  expect(JSON.stringify(kept)).not.toContain("Ada");
  const stored = Object.fromEntries(Object.entries(kept).map(([name, text]) => [name, text ?? ""]));
  const later = createWordOrder({ stored, markOf, keepHours: 48, now: begin + 71 * 3_600_000 });
  expect(later.newsIn(word, said)).toBeNull();
  const muchLater = createWordOrder({ stored, markOf, keepHours: 48, now: begin + 73 * 3_600_000 });
  const next: Word = { kind: "decline", matchId, declined: true, by };
  expect(Object.values(muchLater.took(next, { id: `${begin + 9}-0`, name: "m" }))).toContain(null);
});
