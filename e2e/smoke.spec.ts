import { expect, test } from "@playwright/test";
import { launchApp } from "./fixtures/app.ts";

test("the app opens its window", async () => {
  const { app, window, close } = await launchApp();
  try {
    await expect(window).toHaveTitle(/Avspark/);
    await expect(window.getByRole("heading").first()).toBeVisible();
    const shown = await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((each) => each.isVisible()),
    );
    expect(shown).toEqual([true]);
  } finally {
    await close();
  }
});
