import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { launchApp } from "./fixtures/app.ts";
import { inDays, openDesk, update } from "./fixtures/desk.ts";
import { json, startMatchServer } from "./fixtures/match-server.ts";

/** What the system, and chance, do to the app. What only Windows and macOS tell is told here as they tell it. */

test("an error that nobody caught is in the log without its words and told as an alert, and the service goes on", async () => {
  const desk = await openDesk();
  try {
    const { app, window, dataDir, publish } = desk;
    await expect(window.getByText("Listening", { exact: true })).toBeVisible();
    await app.evaluate(() => {
      setTimeout(() => {
        throw new RangeError("anna@example.com");
      });
      void Promise.reject(new TypeError("anna@example.com"));
    });
    await expect(window.getByText("Something went wrong inside Avspark").first()).toBeVisible();
    const logged = () => readFile(join(dataDir, "logs", "avspark.log"), "utf8");
    for (const name of ["RangeError", "TypeError"]) await expect.poll(logged).toContain(name);
    expect(await logged()).not.toContain("anna@example.com");
    await publish("updates", update({ id: 1, home: "Hemma IF", away: "Borta BK", kickoff: inDays(2) }));
    await window.getByRole("navigation", { name: "Views" }).getByRole("link", { name: "Matches" }).click();
    await expect(window.getByText("Hemma IF").first()).toBeVisible();
  } finally {
    await desk.close();
  }
});

test("waking from sleep asks for the list at once, with Redis off too", async () => {
  const list = await startMatchServer(json([]));
  const { app, close } = await launchApp({
    env: {
      AVSPARK_LANGUAGE: "en",
      REDIS_PUBSUB_ENABLED: "false",
      AVSPARK_MATCHES_URL: list.url,
      AVSPARK_POLL_INTERVAL: "3600",
    },
  });
  try {
    await expect.poll(() => list.requests.length).toBe(1);
    await app.evaluate(({ powerMonitor }) => void powerMonitor.emit("resume"));
    await expect.poll(() => list.requests.length).toBe(2);
  } finally {
    await close();
    await list.close();
  }
});

for (const [system, end] of [
  ["Windows", "session-end"],
  ["macOS", "shutdown"],
] as const)
  test(`the app ends by itself when ${system} does, and can be started again`, async () => {
    const dataDir = await mkdtemp(join(tmpdir(), "avspark-system-"));
    const env = { AVSPARK_LANGUAGE: "en" };
    const first = await launchApp({ dataDir, env });
    try {
      await expect(first.window.getByText("Demo", { exact: true }).first()).toBeVisible();
      const ended = new Promise((resolve) => first.app.process().once("exit", resolve));
      await first.app.evaluate(({ BrowserWindow, powerMonitor }, event) => {
        // It is gone before it can answer.
        setTimeout(() => {
          if (event === "session-end") BrowserWindow.getAllWindows()[0]?.emit(event);
          else powerMonitor.emit(event);
        });
      }, end);
      expect(await ended).toBe(0);
      await first.close();
      const second = await launchApp({ dataDir, env });
      await expect(second.window.getByText("Demo", { exact: true }).first()).toBeVisible();
      await second.close();
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  });

test("the tray's menu is made anew when it says something else, however much comes in", async () => {
  const desk = await openDesk();
  try {
    const { app, window, publish } = desk;
    await expect(window.getByText("Listening", { exact: true })).toBeVisible();
    const made = (): Promise<number> =>
      app.evaluate(() => (globalThis as unknown as { menus?: readonly string[] }).menus?.length ?? 0);
    await app.evaluate(({ Tray }) => {
      const menus: string[] = [];
      Object.assign(globalThis, { menus });
      const { setContextMenu } = Tray.prototype;
      Tray.prototype.setContextMenu = function (menu) {
        menus.push(menu?.items.map(({ label }) => label).join("\n") ?? "");
        setContextMenu.call(this, menu);
      };
    });
    const rounds = 40;
    for (let round = 1; round <= rounds; round += 1) {
      await publish(
        "updates",
        update({ id: 7, home: `Lag ${round}`, away: "Borta BK", kickoff: inDays(30), referee: "Prov Domare" }),
      );
      await expect
        .poll(() => window.evaluate(async () => await Reflect.get(globalThis, "avspark").call("match", { id: "7" })))
        .toContain(`Lag ${round}`);
    }
    // What is news to the tray: that there is something to do, and how many.
    expect(await made()).toBeLessThan(rounds / 4);
    const menus = await app.evaluate(() => (globalThis as unknown as { menus: readonly string[] }).menus);
    expect(menus.every((menu, index) => menu !== menus[index - 1])).toBe(true);
  } finally {
    await desk.close();
  }
});
