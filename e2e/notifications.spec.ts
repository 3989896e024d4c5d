import { expect, test } from "@playwright/test";
import { alert, type DeskUnderTest, inDays, openDesk, update } from "./fixtures/desk.ts";
import { json, startMatchServer } from "./fixtures/match-server.ts";
import { startNotificationServer } from "./fixtures/notifications.ts";

/** A desk to which nothing is missing, so that it has nothing to say by itself. */
const openCalmDesk = async (env: Readonly<Record<string, string>>): Promise<DeskUnderTest> => {
  const list = await startMatchServer(json([{ matchid: 1, lag1namn: "Lugnets IF", lag2namn: "Testunga BK" }]));
  const desk = await openDesk({ env: { AVSPARK_MATCHES_URL: list.url, ...env } });
  await expect(desk.window.getByText("Everything works", { exact: true })).toBeVisible();
  return {
    ...desk,
    close: async () => {
      await desk.close();
      await list.close();
    },
  };
};

const isVisible = (app: Awaited<ReturnType<typeof openDesk>>["app"]) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().some((each) => each.isVisible()));

test("closing the window is no end: the first time a notification says so, and a click on it opens the window", async () => {
  const notifications = await startNotificationServer();
  const desk = await openCalmDesk(notifications.env);
  try {
    const { app } = desk;
    const closeWindow = async (): Promise<void> => {
      await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
      await expect.poll(() => isVisible(app)).toBe(false);
    };
    await closeWindow();
    await expect.poll(notifications.displayed).toBe(1);
    await notifications.click();
    await expect.poll(() => isVisible(app)).toBe(true);
    await expect.poll(async () => (await notifications.history()).join("\n")).toContain("Avspark is still running");
    await closeWindow();
    // What comes after it in order is there, and it is not.
    await desk.publish("alerts", alert("Provlarm efter stängningen", "critical"));
    await expect.poll(notifications.displayed).toBe(1);
    await notifications.click();
    await expect.poll(async () => (await notifications.history())[0]).toContain("Provlarm efter stängningen");
  } finally {
    await desk.close();
    await notifications.close();
  }
});

test("an alert notifies; a click on it opens the very alert; acknowledging ends it", async () => {
  const notifications = await startNotificationServer();
  const desk = await openCalmDesk(notifications.env);
  try {
    const { app, window } = desk;
    await expect(window.getByText("Listening", { exact: true })).toBeVisible();
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
    await expect.poll(() => isVisible(app)).toBe(false);

    await desk.publish("alerts", alert("Provlarm till aviseringen", "critical"));
    await expect.poll(notifications.displayed).toBe(1);
    // The same cause again is counted, not shown beside itself.
    await desk.publish("alerts", alert("Provlarm till aviseringen", "critical"));
    await expect.poll(notifications.displayed).toBe(1);

    await notifications.click();
    await expect.poll(() => isVisible(app)).toBe(true);
    await expect(window).toHaveURL(/#\/alerts\/\d+$/);
    await expect.poll(async () => (await notifications.history()).join("\n")).toContain("Provlarm till aviseringen");

    await window.getByRole("button", { name: "Acknowledge" }).first().click();
    await expect(
      window.getByRole("region", { name: "Needs attention" }).getByText("Provlarm till aviseringen"),
    ).toBeHidden();
    await expect.poll(notifications.displayed).toBe(0);
  } finally {
    await desk.close();
    await notifications.close();
  }
});

test("a match in which something newly waits notifies from the tray, once and in place; a click opens it", async () => {
  const notifications = await startNotificationServer();
  const desk = await openCalmDesk(notifications.env);
  try {
    const { app, window } = desk;
    await expect(window.getByText("Listening", { exact: true })).toBeVisible();
    await app.evaluate((electron) => {
      Object.assign(electron.app, { setBadgeCount: (count: number) => Object.assign(globalThis, { badge: count }) });
    });
    const match = (id: number, days: number) => ({
      id,
      home: "Provby IF",
      away: `Testby ${id}`,
      kickoff: inDays(days),
    });
    // Too far ahead to notify; once it is shown, what waits has been reckoned.
    await desk.publish("updates", update(match(2, 5), match(3, 1)));
    await expect(window.getByText("Provby IF – Testby 2")).toBeVisible();
    await desk.publish("updates", update(match(2, 6)));
    await expect(window.getByRole("region", { name: "To do" }).getByText("Provby IF – Testby 2")).toBeVisible();
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
    await expect.poll(() => isVisible(app)).toBe(false);
    expect(await notifications.displayed()).toBe(0);

    await desk.publish("updates", update(match(3, 2)));
    await expect.poll(notifications.displayed).toBe(1);
    await desk.publish("updates", update({ ...match(3, 2), cancelled: true }));
    await expect.poll(async () => (await notifications.history()).join("\n")).toContain("Moved: ");
    await expect.poll(notifications.displayed).toBe(1);
    // Two matches wait, and the app's icon says so.
    expect(await app.evaluate(() => Reflect.get(globalThis, "badge"))).toBe(2);
    await notifications.click();
    await expect.poll(() => isVisible(app)).toBe(true);
    await expect(window).toHaveURL(/#\/matches\/3$/);
    await expect.poll(async () => (await notifications.history()).join("\n")).toContain("Called off");
  } finally {
    await desk.close();
    await notifications.close();
  }
});

test("our own alert notifies when Redis stays away, and its notification closes when Redis is back", async () => {
  const notifications = await startNotificationServer();
  const desk = await openCalmDesk({ ...notifications.env, REDIS_RETRY_DELAY: "0.1", REDIS_MAX_RETRIES: "1" });
  try {
    await expect(desk.window.getByText("Listening", { exact: true })).toBeVisible();
    await desk.redis.stop();
    await expect.poll(notifications.displayed).toBe(1);
    await desk.redis.restart();
    await expect(desk.window.getByText("Listening", { exact: true })).toBeVisible();
    await expect.poll(async () => (await notifications.history()).some((text) => text.includes("Redis"))).toBe(true);
  } finally {
    await desk.close();
    await notifications.close();
  }
});

test("quiet hours hold back a warning but let what is critical through", async () => {
  const notifications = await startNotificationServer();
  const desk = await openCalmDesk({ ...notifications.env, AVSPARK_QUIET_HOURS: "00:00-23:59" });
  try {
    await desk.publish("alerts", alert("Tyst varning", "warning"));
    await expect(desk.window.getByText("Tyst varning").first()).toBeVisible();
    await desk.publish("alerts", alert("Hörs ändå", "critical"));
    await expect.poll(notifications.displayed).toBe(1);
    await notifications.click();
    await expect.poll(async () => (await notifications.history()).join("\n")).toContain("Hörs ändå");
    expect((await notifications.history()).join("\n")).not.toContain("Tyst varning");
  } finally {
    await desk.close();
    await notifications.close();
  }
});
