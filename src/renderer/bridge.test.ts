import { describe, expect, it } from "vitest";
import type { WindowEvent } from "../shared/bridge.ts";
import { deskOver } from "./bridge.ts";

/** A main process that answers so to every call, and tells what it is made to. */
const mainThat = (answer: () => Promise<string>) => {
  let listener: ((event: string) => void) | null = null;
  const told: WindowEvent[] = [];
  let invalid = 0;
  const desk = deskOver(
    {
      call: answer,
      subscribe: (hear) => {
        listener = hear;
        return () => {
          listener = null;
        };
      },
    },
    () => {
      invalid += 1;
    },
  );
  const stop = desk.subscribe((event) => void told.push(event));
  return { desk, stop, told, invalid: () => invalid, tell: (event: unknown) => listener?.(JSON.stringify(event)) };
};

describe("the window's way to main", () => {
  it("hands on what main has made as it is", async () => {
    const value = { snapshot: { seq: 3 } };
    const { desk } = mainThat(async () => JSON.stringify({ ok: true, value }));
    expect(await desk.call("snapshot", {})).toEqual({ ok: true, value });
  });

  it("hands on a problem with what was achieved all the same", async () => {
    const reply = { ok: false, problem: { kind: "partly-failed", message: "Two of three." }, data: { results: [] } };
    const { desk } = mainThat(async () => JSON.stringify(reply));
    expect(await desk.call("snapshot", {})).toEqual(reply);
  });

  it.each([
    ["rejects", () => Promise.reject(new Error("gone"))],
    ["answers no JSON", () => Promise.resolve("no JSON")],
    ["answers no reply", () => Promise.resolve(JSON.stringify({ value: 1 }))],
    ["names a problem nobody knows", () => Promise.resolve(JSON.stringify({ ok: false, problem: { kind: "mood" } }))],
  ])("says so when main %s", async (_, answer) => {
    const { desk } = mainThat(answer);
    expect(await desk.call("snapshot", {})).toMatchObject({ ok: false, problem: { kind: "internal" } });
  });

  it("says so where there is no bridge", async () => {
    const desk = deskOver(undefined, () => undefined);
    expect(await desk.call("snapshot", {})).toMatchObject({ ok: false, problem: { kind: "internal" } });
    expect(desk.subscribe(() => undefined)()).toBeUndefined();
  });

  it("hears deltas and pages that are asked for, and says of anything else that it cannot be read", () => {
    const main = mainThat(async () => "{}");
    main.tell({ kind: "delta", delta: { seq: 4, matches: [] } });
    main.tell({ kind: "open", view: "matches", id: null });
    expect(main.told.map(({ kind }) => kind)).toEqual(["delta", "open"]);
    main.tell({ kind: "delta", delta: { matches: [] } });
    main.tell({ kind: "mood" });
    expect([main.told.length, main.invalid()]).toEqual([2, 2]);
    main.stop();
    main.tell({ kind: "open", view: "matches", id: null });
    expect(main.told).toHaveLength(2);
  });
});
