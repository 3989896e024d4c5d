import type { Page } from "@playwright/test";

/** What the window's own clock saw: frames, and when the number of each message was first on the screen. */
export type Seen = {
  readonly frames: number;
  readonly seconds: number;
  /** Times between frames, in milliseconds. */
  readonly gaps: readonly number[];
  /** Number of a message, and the moment (milliseconds since the epoch) after the paint that first had it or a later one. */
  readonly painted: readonly (readonly [number: number, at: number])[];
};

/** Watches the list of messages for some seconds; each row of a processor's run ends in `no. 123`. */
export const watch = (window: Page, seconds: number): Promise<Seen> =>
  window.evaluate(async (lasts) => {
    const gaps: number[] = [];
    const painted: [number, number][] = [];
    const numbers = (): number[] =>
      [...document.querySelectorAll("[role=listbox] [role=option]")].flatMap((row) => {
        const found = /no\. ([\d,]+)/.exec(row.textContent ?? "")?.[1];
        return found === undefined ? [] : [Number(found.replaceAll(",", ""))];
      });
    const channel = new MessageChannel();
    const begun = performance.now();
    let last = begun;
    let newest = 0;
    let waiting = 0;
    // The message comes after the frame has been drawn.
    channel.port1.onmessage = () => {
      if (waiting > newest) {
        newest = waiting;
        painted.push([newest, performance.timeOrigin + performance.now()]);
      }
    };
    while (last - begun < lasts * 1000) {
      const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
      gaps.push(now - last);
      last = now;
      waiting = Math.max(waiting, ...numbers());
      channel.port2.postMessage(null);
    }
    return { frames: gaps.length, seconds: (last - begun) / 1000, gaps, painted };
  }, seconds);
