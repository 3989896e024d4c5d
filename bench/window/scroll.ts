import type { Page } from "@playwright/test";

export type Scrolled = { readonly rate: number; readonly gaps: readonly number[] };

/** Scrolls the table at every frame, steadily or to anywhere. */
export const scroll = (window: Page, how: "steadily" | "anywhere", seconds: number): Promise<Scrolled> =>
  window.evaluate(
    async ({ how: way, lasts }) => {
      const table = document.querySelector("[role=grid]")?.parentElement;
      if (!(table instanceof HTMLElement)) throw new Error("There is no table.");
      const gaps: number[] = [];
      const begun = performance.now();
      let last = begun;
      let by = 120;
      while (last - begun < lasts) {
        const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
        gaps.push(now - last);
        last = now;
        if (way === "anywhere") table.scrollTop = Math.random() * table.scrollHeight;
        else {
          if (table.scrollTop + table.clientHeight + by > table.scrollHeight || table.scrollTop + by < 0) by = -by;
          table.scrollTop += by;
        }
      }
      return { rate: (gaps.length * 1000) / (last - begun), gaps };
    },
    { how, lasts: seconds * 1000 },
  );
