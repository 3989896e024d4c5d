import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { launchApp, type RunningApp } from "./fixtures/app.ts";
import { expectAccessible, expectAccessibleInBothThemes } from "./fixtures/axe.ts";
import { inDays, publishHeard, update } from "./fixtures/desk.ts";
import { type RedisServer, startRedis } from "./fixtures/redis.ts";
import { type Served, serve } from "./fixtures/serve.ts";

const token = "a-token-for-the-office-1234";
const english = { AVSPARK_LANGUAGE: "en" };
const title = "Provby IF – Testa BK";

type Office = {
  readonly redis: RedisServer;
  readonly service: Served;
  readonly address: string;
  readonly folder: string;
};

/** A service of which several windows are shown. */
const withOffice = async (work: (office: Office) => Promise<void>): Promise<void> => {
  const redis = await startRedis();
  const folder = await mkdtemp(join(tmpdir(), "avspark-office-"));
  const service = await serve({
    REDIS_URL: redis.url,
    REDIS_RETRY_DELAY: "0.05",
    AVSPARK_HTTP_HOST: "127.0.0.1",
    AVSPARK_HTTP_TOKEN: token,
  });
  try {
    await publishHeard(redis, "updates", update({ id: 41, home: "Provby IF", away: "Testa BK", kickoff: inDays(2) }));
    await work({ redis, service, address: service.address, folder });
  } finally {
    await service.stop();
    await redis.close();
    await rm(folder, { recursive: true, force: true });
  }
};

/** Windows that are closed again whatever happens. */
const withWindows = async (
  launches: readonly Parameters<typeof launchApp>[0][],
  work: (...windows: readonly RunningApp[]) => Promise<void>,
): Promise<void> => {
  const open: RunningApp[] = [];
  try {
    for (const launch of launches) open.push(await launchApp(launch));
    await work(...open);
  } finally {
    for (const one of open) await one.close();
  }
};
const to = (address: string) => ({
  env: { ...english, AVSPARK_SERVICE_URL: address, AVSPARK_SERVICE_TOKEN: token },
});

const openMatch = async (window: Page): Promise<void> => {
  await window.evaluate(() => globalThis.location.assign("#/matches/41"));
  await expect(window.getByRole("heading", { level: 1, name: title })).toBeVisible();
};
const noteField = (window: Page) => window.getByRole("textbox", { name: "Write a note" });
const connection = (window: Page) => window.getByRole("region", { name: "Connection to the service" });

test("a window is given to a service by the first step, when that has answered", async () => {
  await withOffice(async ({ address }) =>
    withWindows([{ env: { AVSPARK_LANGUAGE: "en" }, welcome: true }], async (running) => {
      const { window } = running ?? {};
      if (window === undefined) throw new Error("There is no window.");
      const welcome = window.getByRole("dialog", { name: "Welcome to Avspark" });
      await welcome.getByRole("radio", { name: /^Our server/ }).click();
      await expect(welcome.getByText("Enter the address of your service.")).toBeVisible();
      await expectAccessibleInBothThemes(window, "first step, a service elsewhere");
      await welcome.getByRole("textbox", { name: "Address" }).fill(address);
      await welcome.getByLabel("Your token there").fill("not-the-right-token");
      await welcome.getByRole("button", { name: "Test and go on" }).click();
      await expect(welcome.getByRole("alert")).toContainText("Your service does not accept the token.");
      await expect(welcome.getByRole("button", { name: "Go on all the same" })).toBeHidden();
      await welcome.getByLabel("Your token there").fill(token);
      await welcome.getByRole("button", { name: "Test and go on" }).click();
      await expect(welcome.getByRole("heading", { level: 2, name: "Done" })).toBeVisible();
      await welcome.getByRole("button", { name: "Open Avspark" }).click();
      await expect(window.getByText(new URL(address).host).first()).toBeVisible();
      await openMatch(window);
    }),
  );
});

test("what one does shows at the others, and a window that is cut off says so and loses nothing", async () => {
  await withOffice(async ({ address, service }) =>
    withWindows([to(address), to(address)], async (one, other) => {
      if (one === undefined || other === undefined) throw new Error("Two windows were opened.");
      for (const { window } of [one, other]) await openMatch(window);
      await noteField(one.window).fill("Rings back at six");
      await one.window.getByRole("button", { name: "Save the note" }).click();
      await expect(other.window.getByText("Rings back at six")).toBeVisible();

      service.kill("SIGSTOP");
      await noteField(other.window).fill("Written while it was away");
      await expect(other.window.getByText(`No connection to ${new URL(address).host}`)).toBeVisible();
      await expect(connection(other.window)).toContainText("What you see is how things stood then.");
      await expect(other.window.getByText("Rings back at six")).toBeVisible();
      const save = other.window.getByRole("button", { name: "Save the note" });
      await expect(save).toBeDisabled();
      const why = other.window.getByRole("tooltip").filter({ hasText: "nothing can be changed" });
      // What is said of the line above it may still move it.
      await expect(async () => {
        await other.window.mouse.move(0, 0);
        await save.hover({ force: true });
        await expect(why).toBeVisible({ timeout: 2000 });
      }).toPass();

      service.kill("SIGCONT");
      await expect(save).toBeEnabled();
      await expect(noteField(other.window)).toHaveValue("Written while it was away");
      await save.click();
      await expect(one.window.getByText("Written while it was away")).toBeVisible();
    }),
  );
});

test("what did not arrive is offered again, and is there once", async () => {
  await withOffice(async ({ address, service }) =>
    withWindows([to(address)], async (running) => {
      const { window } = running ?? {};
      if (window === undefined) throw new Error("There is no window.");
      await openMatch(window);
      await noteField(window).fill("On its way");
      service.kill("SIGSTOP");
      await window.getByRole("button", { name: "Save the note" }).click();
      const toast = window.locator(".mantine-Notification-root");
      await expect(toast).toBeVisible();
      await toast.hover();
      await expectAccessible(window, "what failed is told");
      await expect(connection(window)).toContainText("1 thing has not reached the service");
      await expect(connection(window)).toContainText("On its way");
      await expectAccessibleInBothThemes(window, "not sent");
      service.kill("SIGCONT");
      await connection(window).getByRole("button", { name: "Send again" }).click();
      await expect(connection(window)).toBeHidden();
      await expect(window.getByRole("listitem").filter({ hasText: "On its way" })).toHaveCount(1);
    }),
  );
});

test("a service that is away at the start is waited for, and this computer can be used instead", async () => {
  await withOffice(async ({ address, service, folder }) => {
    await withWindows([{ env: english, dataDir: join(folder, "data"), welcome: false }], async (running) => {
      await running?.window.evaluate(
        (values) => Reflect.get(globalThis, "avspark").call("saveSettings", { values, sessionOnly: true }),
        { AVSPARK_SERVICE_URL: address, AVSPARK_SERVICE_TOKEN: token },
      );
      await openMatch(running?.window as Page);
    });
    service.kill("SIGSTOP");
    const launch = { env: { ...english, AVSPARK_SERVICE_TOKEN: token }, dataDir: join(folder, "data"), welcome: false };
    await withWindows([launch], async (running) => {
      const window = running?.window as Page;
      await expect(window.getByRole("heading", { level: 1, name: "No connection to your service" })).toBeVisible();
      await expectAccessible(window, "no service at the start");
      service.kill("SIGCONT");
      await openMatch(window);
      service.kill("SIGSTOP");
    });
    await withWindows([launch], async (running) => {
      const window = running?.window as Page;
      await window.getByRole("button", { name: "Use this computer instead" }).click();
      await expect(window.getByRole("heading", { level: 1, name: "Today" })).toBeVisible();
      await expect(window.getByText(new URL(address).host)).toBeHidden();
      service.kill("SIGCONT");
    });
  });
});
