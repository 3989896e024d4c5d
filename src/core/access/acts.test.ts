import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Act } from "../../shared/act.ts";
import { type CommandName, contract, type Handlers } from "../../shared/contract.ts";
import { raise } from "../../shared/problem.ts";
import { aboutOf, withActs } from "./acts.ts";

type Noted = Pick<Act, "by" | "command" | "about" | "problem">;

const names = Object.keys(contract) as CommandName[];

/** Every handler answers `answer`; what is noted of them. */
const run = (answer: () => unknown) => {
  const noted: Noted[] = [];
  // What they answer is nothing to those who note it.
  const handlers = Object.fromEntries(names.map((name) => [name, async () => answer()])) as unknown as Handlers;
  return {
    noted,
    handlers: withActs(handlers, async (act) => {
      noted.push(act);
    }),
  };
};

describe("what is noted of who did what", () => {
  it("is all that takes more than looking and does something", async () => {
    const { handlers, noted } = run(() => ({}));
    for (const name of names) await (handlers[name] as (input: object) => Promise<unknown>)({});
    const acts = noted.map(({ command }) => command);
    expect(acts).toEqual(names.filter((name) => acts.includes(name)));
    expect(acts).toEqual(
      expect.arrayContaining(["tell", "note", "decline", "remove", "enter", "confirm", "keep", "undo", "acknowledge"]),
    );
    expect(acts).toEqual(expect.arrayContaining(["snooze", "makeFeed", "erasePerson", "personalData", "saveSettings"]));
    for (const name of ["matches", "snapshot", "mute", "acts", "tokens", "exportSettings"])
      expect(acts).not.toContain(name);
    // Whatever is asked for with POST does something.
    const posts = names.filter((name) => contract[name].http?.method === "POST");
    expect(posts.filter((name) => !acts.includes(name))).toEqual([]);
  });

  it("has whose it was, what it was about, and why it was not done", async () => {
    const done = run(() => ({}));
    await done.handlers.decline({ matchId: "7", declined: true }, "Anna");
    await done.handlers.acknowledge({});
    expect(done.noted).toEqual([
      { by: "Anna", command: "decline", about: { matchId: "7", declined: true }, problem: null },
      { by: null, command: "acknowledge", about: {}, problem: null },
    ]);
    const refused = run(() => raise("removals-changed", "They are others now."));
    await expect(refused.handlers.confirm({ target: "ics" }, "Bo")).rejects.toThrow("They are others now.");
    const broken = run(() => {
      throw new TypeError("words of somebody");
    });
    await expect(broken.handlers.replay({ id: 3 })).rejects.toThrow(TypeError);
    expect([...refused.noted, ...broken.noted]).toEqual([
      { by: "Bo", command: "confirm", about: { target: "ics" }, problem: "removals-changed" },
      { by: null, command: "replay", about: { id: 3 }, problem: "internal" },
    ]);
  });

  it("has no word that anybody wrote, nobody's name, no secret and no setting's value", async () => {
    const secret = "hunter2 Anna Andersson 0700000001";
    const { handlers, noted } = run(() => ({}));
    await handlers.note({ matchId: "7", text: secret, by: secret }, null);
    await handlers.tell({ matchId: "7", personId: secret, told: true, by: secret }, null);
    await handlers.erasePerson({ name: secret });
    await handlers.personalData({ name: secret });
    await handlers.makeFeed({ for: { kind: "person", id: secret } });
    await handlers.confirm({ target: "ics", token: secret });
    await handlers.saveSettings({ values: { REDIS_URL: secret }, sessionOnly: false });
    expect(JSON.stringify(noted)).not.toMatch(/hunter2/);
    expect(noted.at(-1)?.about).toEqual({ values: "REDIS_URL" });
  });

  it("is plain, whatever was asked for", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.oneof(fc.string(), fc.constantFrom("id", "values", "target")), fc.anything()),
        (input) => {
          for (const value of Object.values(aboutOf(input))) expect(typeof value).toMatch(/^(string|number|boolean)$/);
        },
      ),
    );
  });
});
