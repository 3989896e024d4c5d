import { describe, expect, it } from "vitest";
import { actingIn, createPace } from "./pace.ts";

/** A window that takes so long to draw. */
const aWindow = (drawMs: number, acting = false) => {
  const shown: number[] = [];
  const timers: { readonly at: number; readonly work: () => void }[] = [];
  let now = 0;
  let told = 0;
  const pace = createPace({
    show: () => {
      shown.push(told);
      now += drawMs;
    },
    elapsed: () => now,
    acting: () => acting,
    after: (ms, work) => void timers.push({ at: now + ms, work }),
    painted: (work) => void timers.push({ at: now, work }),
  });
  return {
    shown,
    tell: () => {
      told += 1;
      pace.news();
    },
    /** Lets so much time go by. */
    pass: (ms: number): void => {
      const until = now + ms;
      for (;;) {
        const due = timers.findIndex(({ at }) => at <= until);
        const [timer] = due === -1 ? [] : timers.splice(due, 1);
        if (timer === undefined) break;
        now = Math.max(now, timer.at);
        timer.work();
      }
      now = Math.max(now, until);
    },
  };
};

describe("how often a window shows something new", () => {
  it("is at once, after a rest", () => {
    const { tell, shown, pass } = aWindow(20);
    tell();
    expect(shown).toEqual([1]);
    pass(20);
    tell();
    expect(shown).toEqual([1, 2]);
  });

  it("is together what came while it was drawing and for as long again, the last word included", () => {
    const { tell, shown, pass } = aWindow(200);
    for (let news = 0; news < 50; news += 1) tell();
    expect(shown).toEqual([1]);
    pass(199);
    expect(shown).toEqual([1]);
    pass(1);
    expect(shown).toEqual([1, 50]);
    pass(1000);
    expect(shown).toEqual([1, 50]);
  });

  it("is twice a second at least, however long drawing takes", () => {
    const { tell, shown, pass } = aWindow(60_000);
    tell();
    tell();
    pass(500);
    expect(shown).toEqual([1, 2]);
  });

  it("is four times a second while somebody scrolls or types", () => {
    const { tell, shown, pass } = aWindow(20, true);
    tell();
    tell();
    pass(249);
    expect(shown).toEqual([1]);
    pass(1);
    expect(shown).toEqual([1, 2]);
  });
});

describe("whether somebody scrolls or types", () => {
  it.each(["scroll", "keydown"])("is known by %s, and is over a moment after the last", (kind) => {
    const page = new EventTarget();
    let now = 0;
    const acting = actingIn(page, () => now);
    expect(acting()).toBe(false);
    now = 1000;
    page.dispatchEvent(new Event(kind));
    now = 1249;
    expect(acting()).toBe(true);
    now = 1250;
    expect(acting()).toBe(false);
  });
});
