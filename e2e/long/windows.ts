import type { Page } from "@playwright/test";
import { launchApp } from "../fixtures/app.ts";
import type { Telling } from "./deeds.ts";

export type RealWindow = {
  readonly page: Page;
  /** When each match was told of at this window, by its venue: milliseconds since the epoch, the first time. */
  readonly told: () => Promise<ReadonlyMap<string, number>>;
  /** What it was told of what people did, and when. */
  readonly tellings: () => Promise<readonly (readonly [number, Telling])[]>;
  readonly close: () => Promise<void>;
};

/** A real window on a service elsewhere, on the screen that `env` names. */
export const openRealWindow = async (address: string, env: NodeJS.ProcessEnv): Promise<RealWindow> => {
  const screen = Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  const { window: page, close } = await launchApp({
    env: { ...Object.fromEntries(screen), AVSPARK_LANGUAGE: "en", AVSPARK_SERVICE_URL: address },
  });
  // What a start brings with it is no part of what is measured.
  await page.getByRole("heading", { level: 1, name: "Today" }).waitFor();
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
  await page.evaluate(() => {
    const told = new Map<string, number>();
    const tellings: (readonly [number, Telling])[] = [];
    Reflect.set(globalThis, "told", told);
    Reflect.set(globalThis, "tellings", tellings);
    Reflect.get(globalThis, "avspark").subscribe((event: string) => {
      const { delta } = JSON.parse(event);
      const now = performance.timeOrigin + performance.now();
      for (const { venue } of delta?.matches ?? []) if (!told.has(venue)) told.set(venue, now);
      const alerts = delta?.set.alerts ?? [];
      const matches = (delta?.matches ?? []).filter(
        ({ notes, told }: Telling["matches"][number]) => notes.length + told.length > 0,
      );
      if (alerts.length + matches.length > 0) tellings.push([now, { alerts, matches }]);
    });
  });
  return {
    page,
    close,
    tellings: () => page.evaluate(() => Reflect.get(globalThis, "tellings")),
    told: async () => new Map(await page.evaluate(() => [...Reflect.get(globalThis, "told")])),
  };
};
