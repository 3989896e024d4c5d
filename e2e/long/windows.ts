import type { Page } from "@playwright/test";
import { launchApp } from "../fixtures/app.ts";

export type RealWindow = {
  readonly page: Page;
  /** When each match was told of at this window, by its venue: milliseconds since the epoch, the first time. */
  readonly told: () => Promise<ReadonlyMap<string, number>>;
  readonly close: () => Promise<void>;
};

/** A real window on a service elsewhere, on the screen that `env` names. */
export const openRealWindow = async (address: string, env: NodeJS.ProcessEnv): Promise<RealWindow> => {
  const screen = Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  const { window: page, close } = await launchApp({
    env: { ...Object.fromEntries(screen), AVSPARK_LANGUAGE: "en", AVSPARK_SERVICE_URL: address },
  });
  await page.evaluate(() => {
    const told = new Map<string, number>();
    Reflect.set(globalThis, "told", told);
    Reflect.get(globalThis, "avspark").subscribe((event: string) => {
      const { delta } = JSON.parse(event);
      for (const { venue } of delta?.matches ?? [])
        if (!told.has(venue)) told.set(venue, performance.timeOrigin + performance.now());
    });
  });
  return {
    page,
    close,
    told: async () => new Map(await page.evaluate(() => [...Reflect.get(globalThis, "told")])),
  };
};
