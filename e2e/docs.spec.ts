import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { contract } from "../src/shared/contract.ts";
import { launchApp, type RunningApp } from "./fixtures/app.ts";
import { type RedisServer, startRedis } from "./fixtures/redis.ts";
import { type Served, serve } from "./fixtures/serve.ts";

const commands = Object.values(contract).filter(({ http }) => http !== null);
const token = "0123456789-a-long-token";

/** Opens a page in a bare window of Electron's: a browser without anything of ours. */
const browse = async ({ app }: RunningApp, url: string): Promise<Page> => {
  const opened = app.waitForEvent("window");
  await app.evaluate(({ BrowserWindow }, address) => {
    const window = new BrowserWindow({
      width: 1000,
      height: 800,
      webPreferences: { sandbox: true, partition: "docs" },
    });
    void window.loadURL(address);
  }, url);
  return opened;
};

/** Complaints of the browser: what the policy forbids, what cannot be loaded, what a script throws. */
const complaintsOf = (page: Page): readonly string[] => {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  return complaints;
};

const operation = (page: Page, path: string) =>
  page.locator("details").filter({ has: page.getByText(path, { exact: true }) });

test.describe("/docs", () => {
  let running: RunningApp;
  let redis: RedisServer;
  let served: Served;
  let guarded: Served;
  test.beforeAll(async () => {
    redis = await startRedis();
    served = await serve({ REDIS_URL: redis.url });
    guarded = await serve({ REDIS_URL: redis.url, AVSPARK_HTTP_TOKEN: token });
    running = await launchApp();
  });
  test.afterAll(async () => {
    await running.close();
    await served.stop();
    await guarded.stop();
    await redis.close();
  });

  test("shows every operation and tries it, with nothing from elsewhere", async () => {
    const page = await browse(running, "about:blank");
    const complaints = complaintsOf(page);
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.goto(`${served.address}/docs`);
    await expect(page.locator("details")).toHaveCount(commands.length + 7);

    const status = operation(page, "/redis-status");
    await status.locator("summary").click();
    await status.getByRole("button", { name: "Send" }).click();
    await expect(status.getByText(/^200 OK after/)).toBeVisible();
    await expect(status.locator("pre").nth(1)).toContainText('"redis_status": {');
    await expect(status.locator("pre").nth(0)).toHaveText(`curl '${served.address}/redis-status'`);

    const sync = operation(page, "/manual-sync");
    await sync.locator("summary").click();
    await sync.getByLabel("Body").fill('{"matches": [{"matchid": 123456}]}');
    await sync.getByRole("button", { name: "Send" }).click();
    await expect(sync.locator("pre").nth(1)).toContainText('"matches_processed": 1');
    await sync.getByLabel("Body").fill('{"matches": 1}');
    await sync.getByRole("button", { name: "Send" }).click();
    await expect(sync.getByText(/^400 Bad Request after/)).toBeVisible();
    await expect(sync.locator("pre").nth(1)).toContainText("matches must be a list.");

    const match = operation(page, "/matches/{id}");
    await match.locator("summary").click();
    await match.getByLabel("id").fill("123456");
    await match.getByRole("button", { name: "Send" }).click();
    await expect(match.locator("pre").nth(1)).toContainText('"id": "123456"');

    expect(new Set(asked.map((url) => new URL(url).origin))).toEqual(new Set([served.address]));
    // A refused request is the page's to show, and the browser's to note.
    expect(complaints.filter((text) => !text.includes("400 (Bad Request)"))).toEqual([]);
    await page.close();
  });

  test("follows the events until told to stop", async () => {
    const page = await browse(running, `${served.address}/docs`);
    const events = operation(page, "/events");
    await events.locator("summary").click();
    await events.getByRole("button", { name: "Send" }).click();
    await expect(events.locator("pre").nth(1)).toContainText("event: state");
    await redis.publish("fogis:matches:updates", "no message");
    await expect(events.locator("pre").nth(1)).toContainText("event: message");
    await events.getByRole("button", { name: "Stop" }).click();
    await expect(events.getByRole("button", { name: "Stop" })).toBeHidden();
    await page.close();
  });

  test("asks for the token where one is needed, and shows it nowhere", async () => {
    const page = await browse(running, `${guarded.address}/docs`);
    await expect(page.getByText("This needs the token")).toBeVisible();
    await page.getByLabel("Token").fill(token);
    await page.getByLabel("Token").press("Enter");
    const status = operation(page, "/redis-status");
    await status.locator("summary").click();
    await status.getByRole("button", { name: "Send" }).click();
    await expect(status.getByText(/^200 OK after/)).toBeVisible();
    await expect(status.locator("pre").nth(0)).toContainText('-H "Authorization: Bearer $AVSPARK_HTTP_TOKEN"');
    expect(await page.locator("body").textContent()).not.toContain(token);
    await page.close();
  });

  test("can be used by everybody", async () => {
    const page = await browse(running, `${served.address}/docs`);
    const matches = operation(page, "/matches");
    await matches.locator("summary").focus();
    await page.keyboard.press("Enter");
    await expect(matches.getByRole("button", { name: "Send" })).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    expect(violations).toEqual([]);
    await page.close();
  });
});
