import type { Page } from "@playwright/test";

/** What the window's own clock saw of its thread. */
export type Watched = {
  /** The longest stretches in which the thread did nothing else, in milliseconds, the longest first. */
  readonly freezes: readonly number[];
  /** From each key to the frame that shows it. */
  readonly keys: readonly number[];
};

/** Watches the window's thread from now on; what is called ends it. */
export const watchThread = async (window: Page): Promise<() => Promise<Watched>> => {
  await window.evaluate(() => {
    const freezes: number[] = [];
    const keys: number[] = [];
    const pings = new MessageChannel();
    const frames = new MessageChannel();
    let last = performance.now();
    let on = true;
    let pressed: number[] = [];
    pings.port1.onmessage = () => {
      const now = performance.now();
      if (now - last > 20) freezes.push(now - last);
      last = now;
      if (on) pings.port2.postMessage(null);
    };
    // The message comes after the frame has been drawn.
    frames.port1.onmessage = () => {
      const now = performance.now();
      keys.push(...pressed.map((at) => now - at));
      pressed = [];
    };
    const press = (event: KeyboardEvent): void => {
      pressed.push(event.timeStamp);
      requestAnimationFrame(() => frames.port2.postMessage(null));
    };
    document.addEventListener("keydown", press, true);
    pings.port2.postMessage(null);
    Object.assign(globalThis, {
      benchThread: () => {
        on = false;
        document.removeEventListener("keydown", press, true);
        return { freezes: freezes.toSorted((a, b) => b - a).slice(0, 5), keys };
      },
    });
  });
  return () => window.evaluate(() => (globalThis as unknown as { benchThread: () => Watched }).benchThread());
};
