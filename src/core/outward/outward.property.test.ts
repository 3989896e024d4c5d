import fc from "fast-check";
import { expect, test } from "vitest";
import { type AlertCause, type AlertLevel, rankOf } from "../../shared/alert.ts";
import { hourMs } from "../../shared/duration.ts";
import { alertKey } from "../alerts/key.ts";
import { type Messenger, MessengerProblem, type OutwardMessage } from "./messenger.ts";
import { createWorld } from "./testing/world.ts";

/*
 * Alerts come, go, become worse and are seen by people; the messenger fails and works again; the service ends at any moment.
 * Whatever happens: of each cause there is one notice until it is over, what is wrong in the end has been told, what was
 * told and is over has been told as that, and at night nothing leaves but what is critical.
 */

const lasting: readonly AlertCause[] = [
  { kind: "feed", problem: { kind: "redis-unreachable", message: "" } },
  { kind: "door", problem: { kind: "port-taken", message: "" } },
  { kind: "source", problem: { kind: "source-timeout", message: "" } },
];
/** How each begins in a list, whatever else stands there. */
const words: readonly string[] = ["Feed:", "The address for other programs:", "Match list:"];

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant("raise"), which: fc.nat(2), critical: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("resolve"), which: fc.nat(2), critical: fc.constant(false) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("pass"),
      which: fc.integer({ min: 1, max: 300 }),
      critical: fc.constant(false),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constantFrom("fail", "work", "restart"),
      which: fc.constant(0),
      critical: fc.constant(false),
    }),
  },
);

type Said = {
  readonly which: number;
  readonly state: "news" | "over";
  readonly level: AlertLevel;
  readonly at: number;
};

/** What a message says of each cause. */
const saidIn = ({ title, text }: OutwardMessage, at: number): readonly Said[] => {
  const lines = title.startsWith("Avspark –") ? text.split("\n").filter((line) => line.startsWith("- ")) : [title];
  return lines.flatMap((line) => {
    const which = words.findIndex((word) => line.includes(word));
    const level = line.includes("Critical –") ? "critical" : "warning";
    return which === -1 ? [] : [{ which, state: line.includes("Over –") ? "over" : "news", level, at } as const];
  });
};

const hourIn = (at: number): number => new Date(at + hourMs).getUTCHours();

test("one notice for each cause, none lost, nothing but what is critical at night", async () => {
  const texts = new Map<string, number>();
  const digest = (text: string): string => {
    const number = texts.get(text) ?? texts.size;
    texts.set(text, number);
    return `${number}/`.padEnd(64, "0");
  };
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
      const said: Said[] = [];
      let works = true;
      const messenger: Messenger = {
        name: "webhook",
        server: "chat.example.com",
        send: async (message) => {
          if (!works) throw new MessengerProblem({ kind: "messenger-unreachable", message: "It is away." });
          said.push(...saidIn(message, world.time.now()));
        },
      };
      const world = createWorld({ messengers: [messenger], digest });
      for (const { do: what, which, critical } of steps) {
        const cause = lasting[which];
        if (what === "pass") await world.pass(which, 3);
        else if (what === "restart") world.restart();
        else if (what === "fail" || what === "work") works = what === "work";
        else if (cause !== undefined && what === "raise") world.raise(cause, critical ? "critical" : "warning");
        else if (cause !== undefined) world.resolve(cause);
      }
      works = true;
      await world.pass(26 * 60, 5);

      for (const [which, cause] of lasting.entries()) {
        const ofIt = said.filter((one) => one.which === which);
        let known: AlertLevel | null = null;
        for (const { state, level, at } of ofIt) {
          if (state === "news") {
            expect(known === null || rankOf(level) > rankOf(known)).toBe(true);
            const isNight = hourIn(at) >= 22 || hourIn(at) < 7;
            expect(isNight && level !== "critical").toBe(false);
          }
          known = state === "news" ? level : null;
        }
        const newest = world.alerts().find(({ key }) => key === alertKey(cause));
        // One that is back as less than it was said to be is no news.
        if (newest?.state.name === "active") expect(known !== null && rankOf(known) >= rankOf(newest.level)).toBe(true);
        else expect(known).toBe(null);
      }
    }),
    { numRuns: 60 },
  );
}, 60_000);
