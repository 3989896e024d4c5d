import { describe, expect, it } from "vitest";
import type { WindowEvent } from "../shared/bridge.ts";
import type { Output } from "../shared/contract.ts";
import { failed, ok, type Problem, type Result } from "../shared/problem.ts";
import { delta } from "../shared/testing/delta.ts";
import type { WindowState } from "./apply.ts";
import type { Desk } from "./bridge.ts";
import { follow } from "./follow.ts";
import { snapshot } from "./samples.ts";

type Answer = Result<Output<"snapshot">>;

/** A service in the hands of the test: it says when a snapshot is answered and what is told meanwhile. */
const service = () => {
  const asked: ((answer: Answer) => void)[] = [];
  const states: WindowState[] = [];
  const problems: Problem[] = [];
  const opened: string[] = [];
  let tell: (event: WindowEvent) => void = () => undefined;
  const call: Desk["call"] = (name) => {
    if (name !== "snapshot") throw new Error("Only the snapshot is asked for here.");
    // The one command that is called; its answer has the type of that command.
    return new Promise((resolve) => asked.push(resolve as (answer: Answer) => void));
  };
  const following = follow({
    desk: {
      call,
      subscribe: (listener) => {
        tell = listener;
        return () => undefined;
      },
    },
    onState: (state) => states.push(state),
    onProblem: (problem) => problems.push(problem),
    onOpen: (event) => opened.push(`${event.view} ${event.id}`),
  });
  const answer = async (result: Answer): Promise<void> => {
    asked.shift()?.(result);
    await new Promise((resolve) => setTimeout(resolve));
  };
  return {
    following,
    states,
    problems,
    opened,
    waiting: () => asked.length,
    hear: (seq: number, seenChangeId = seq) => tell({ kind: "delta", delta: delta(seq, { set: { seenChangeId } }) }),
    open: () => tell({ kind: "open", view: "matches", id: "7" }),
    answer,
    snapshot: (seq: number) => answer(ok({ snapshot: snapshot(seq) })),
  };
};

describe("follow", () => {
  it("applies what came while the snapshot was on its way, and drops what is in it already", async () => {
    const { following, hear, snapshot: give, states, waiting } = service();
    void following.refresh();
    for (const seq of [9, 10, 11, 12]) hear(seq);
    await give(10);
    expect(states.map(({ seq, seenChangeId }) => [seq, seenChangeId])).toEqual([[12, 12]]);
    hear(13);
    expect(states.at(-1)?.seq).toBe(13);
    expect(waiting()).toBe(0);
  });

  it("takes a new snapshot after a hole, once, and goes on", async () => {
    const { following, hear, snapshot: give, states, waiting } = service();
    void following.refresh();
    await give(1);
    hear(2);
    hear(4);
    hear(5);
    expect(states.at(-1)?.seq).toBe(2);
    expect(waiting()).toBe(1);
    await give(4);
    expect(states.at(-1)?.seq).toBe(5);
    hear(6);
    expect(states.at(-1)?.seq).toBe(6);
  });

  it("begins anew when a delta is missing between the snapshot and what was kept", async () => {
    const { following, hear, snapshot: give, states, waiting } = service();
    void following.refresh();
    hear(12);
    await give(10);
    expect(waiting()).toBe(1);
    await give(12);
    expect(states.at(-1)?.seq).toBe(12);
    expect(waiting()).toBe(0);
  });

  it("notices a service that was started anew, whose numbers begin elsewhere", async () => {
    const { following, hear, snapshot: give, states } = service();
    void following.refresh();
    await give(1000);
    hear(51);
    await give(51);
    expect(states.at(-1)?.seq).toBe(51);
  });

  it("tells why there is nothing, and tries again when asked", async () => {
    const { following, problems, answer, snapshot: give, states } = service();
    void following.refresh();
    await answer(failed("journal-failed", "The journal could not be read."));
    expect(problems.map((problem) => problem.kind)).toEqual(["journal-failed"]);
    void following.refresh();
    await give(3);
    expect(states.at(-1)?.seq).toBe(3);
  });

  it("goes on counting what it heard across snapshots", async () => {
    const { following, hear, snapshot: give, states } = service();
    void following.refresh();
    await give(1);
    hear(2);
    const before = states.at(-1)?.heard ?? -1;
    hear(9);
    await give(9);
    expect(states.at(-1)?.heard).toBe(before);
  });

  it("passes on what a notification asks to open", () => {
    const { open, opened } = service();
    open();
    expect(opened).toEqual(["matches 7"]);
  });
});
