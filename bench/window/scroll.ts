import type { Page } from "@playwright/test";

export type Scrolled = { readonly rate: number; readonly gaps: readonly number[] };

const scrollWithin = (
  window: Page,
  selector: string,
  how: "steadily" | "anywhere",
  seconds: number,
): Promise<Scrolled> =>
  window.evaluate(
    async ({ within, way, lasts }) => {
      const list = document.querySelector(within)?.parentElement;
      if (!(list instanceof HTMLElement)) throw new Error("There is nothing to scroll.");
      const gaps: number[] = [];
      const begun = performance.now();
      let last = begun;
      let by = 120;
      while (last - begun < lasts) {
        const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
        gaps.push(now - last);
        last = now;
        if (way === "anywhere") list.scrollTop = Math.random() * list.scrollHeight;
        else {
          if (list.scrollTop + list.clientHeight + by > list.scrollHeight || list.scrollTop + by < 0) by = -by;
          list.scrollTop += by;
        }
      }
      return { rate: (gaps.length * 1000) / (last - begun), gaps };
    },
    { within: selector, way: how, lasts: seconds * 1000 },
  );

/** Scrolls the table at every frame, steadily or to anywhere. */
export const scroll = (window: Page, how: "steadily" | "anywhere", seconds: number): Promise<Scrolled> =>
  scrollWithin(window, "[role=grid]", how, seconds);

/** The floor: a list of as many rows of bare text, as large as the table, laid over it. */
export const scrollPlain = async (window: Page, rows: number, seconds: number): Promise<Scrolled> => {
  await window.evaluate((count) => {
    const { x, y, width, height } = document.querySelector("[role=grid]")?.parentElement?.getBoundingClientRect() ?? {};
    const plain = document.createElement("div");
    plain.id = "bench-plain";
    plain.style.cssText = `position:fixed;z-index:999;left:${x}px;top:${y}px;width:${width}px;height:${height}px;overflow:auto;background:white;color:black`;
    const list = plain.appendChild(document.createElement("div"));
    for (let row = 0; row < count; row += 1) {
      const line = list.appendChild(document.createElement("div"));
      line.style.cssText = "height:40px;contain:strict";
      line.textContent = `${row} IF Provlaget – BK Testlaget, Provvallen, Prov Domare`;
    }
    document.body.append(plain);
  }, rows);
  const scrolled = await scrollWithin(window, "#bench-plain > div", "steadily", seconds);
  await window.evaluate(() => document.getElementById("bench-plain")?.remove());
  return scrolled;
};
