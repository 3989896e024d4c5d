import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { launchApp, type RunningApp } from "./fixtures/app.ts";
import { expectAccessible, expectAccessibleInBothThemes } from "./fixtures/axe.ts";
import { inDays, openDesk, update } from "./fixtures/desk.ts";
import { expectNothingBeside } from "./fixtures/reach.ts";
import { startRedis } from "./fixtures/redis.ts";

const open = async (window: Page): Promise<void> => {
  await window.getByRole("navigation", { name: "Views" }).getByRole("link", { name: "Settings" }).click();
  await expect(window.getByRole("heading", { level: 1, name: "Settings" })).toBeVisible();
};

const section = (window: Page, name: string) => window.getByRole("region", { name, exact: true });
const address = (window: Page) => section(window, "Redis").getByRole("textbox", { name: "Address" });
const row = (window: Page, name: string) => window.locator(`#row-${name}`);

const call = (window: Page, name: string, input: object): Promise<unknown> =>
  window.evaluate(([command, given]) => Reflect.get(globalThis, "avspark").call(command, given).then(JSON.parse), [
    name,
    input,
  ] as const);

/** The app on a Redis that the settings page set, as a person would have it. */
const settled = async (redisUrl: string, dataDir?: string): Promise<RunningApp> => {
  const running = await launchApp({ env: { AVSPARK_LANGUAGE: "en" }, ...(dataDir !== undefined && { dataDir }) });
  await expect(running.window.getByRole("heading", { level: 1 })).toBeVisible();
  expect(await call(running.window, "saveSettings", { values: { REDIS_URL: redisUrl } })).toMatchObject({ ok: true });
  return running;
};

test("a wrong Redis address is told by its test, can be saved all the same, and is mended on the page", async () => {
  const redis = await startRedis();
  const running = await settled(redis.url);
  try {
    const { window } = running;
    await expect(window.getByText("Listening", { exact: true })).toBeVisible();
    await open(window);
    await address(window).fill("redis://127.0.0.1:1");
    await section(window, "Redis").getByRole("button", { name: "Test Redis" }).click();
    await expect(section(window, "Redis").getByText("Redis cannot be reached.")).toBeVisible();
    await expectAccessibleInBothThemes(window, "a failed test");
    await window.getByRole("button", { name: "Save", exact: true }).click();
    // The sentence of health, with the button that leads back here.
    await expect(window.getByRole("banner").getByText("Redis cannot be reached.")).toBeVisible();

    await address(window).fill(redis.url);
    await section(window, "Redis").getByRole("button", { name: "Test Redis" }).click();
    await expect(section(window, "Redis").getByText(/Redis answers, and a message came back/)).toBeVisible();
    await window.getByRole("button", { name: "Save", exact: true }).click();
    await expect(window.getByText("Saved.").first()).toBeVisible();
    await window.getByRole("link", { name: "Today" }).click();
    await expect(window.getByText("Listening", { exact: true })).toBeVisible();
    while (
      (await redis.publish(
        "fogis:matches:updates",
        JSON.stringify(update({ id: 7501, home: "Lagad IF", away: "Testlag", kickoff: inDays(2) })),
      )) === 0
    )
      await new Promise((resolve) => setTimeout(resolve, 20));
    await expect(window.getByText("Lagad IF – Testlag").first()).toBeVisible();
  } finally {
    await running.close();
    await redis.close();
  }
});

test("when the service cannot start, what mends it is changed on the spot; what the environment fixes says so", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "avspark-settings-"));
  let running: RunningApp | null = null;
  try {
    // A file that is no socket, so nothing can listen there.
    const socket = join(dataDir, "http.sock");
    await writeFile(socket, "");
    const saved = { AVSPARK_HTTP_SOCKET: socket, AVSPARK_LANGUAGE: "en", AVSPARK_THEME: "dark" };
    await writeFile(join(dataDir, "settings.json"), JSON.stringify({ values: saved }));
    running = await launchApp({ dataDir });
    const { window } = running;
    await expect(window.getByRole("heading", { name: "Avspark cannot start" })).toBeVisible();
    await expect(window.getByText("The HTTP address could not be opened.")).toBeVisible();
    await expectAccessible(window, "a service that cannot start");
    await row(window, "AVSPARK_HTTP_SOCKET").getByRole("textbox").fill("");
    await window.getByRole("button", { name: "Save and start" }).click();
    await expect(window.getByRole("heading", { level: 1, name: "Today" })).toBeVisible();
    await running.close();

    running = await launchApp({ env: { AVSPARK_NOTIFY: "sometimes" }, dataDir });
    await expect(running.window.getByText("A setting has a value that cannot be used.")).toBeVisible();
    await expect(row(running.window, "AVSPARK_NOTIFY")).toContainText("Should be one of all, warning, critical, none.");
    await expect(row(running.window, "AVSPARK_NOTIFY")).toContainText("Environment");
  } finally {
    await running?.close();
    await rm(dataDir, { recursive: true, force: true });
  }
});

test("a port that is taken is said, and the feed goes on; it is taken when it is free", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const { port } = taken.address() as AddressInfo;
  const desk = await openDesk({ env: { AVSPARK_HTTP_PORT: String(port) } });
  try {
    const { window } = desk;
    const sentence = window.getByRole("banner").getByText("The port is used by another program.");
    await expect(sentence).toBeVisible();
    await expect(window.getByText("Listening", { exact: true })).toBeVisible();
    taken.close();
    await expect(sentence).toBeHidden();
    expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200);
  } finally {
    await desk.close();
    taken.close();
  }
});

test("what cannot be used is told at its field, by itself and beside others; drafts outlive another view", async () => {
  const redis = await startRedis();
  const running = await settled(redis.url);
  try {
    const { window } = running;
    await open(window);
    await address(window).fill("localhost");
    await expect(row(window, "REDIS_URL")).toContainText("Should be an address that begins with redis://");
    await expect(window.getByRole("button", { name: "Save", exact: true })).toBeDisabled();
    await expectAccessibleInBothThemes(window, "a value that cannot be used");

    await window.getByRole("link", { name: "Today" }).click();
    await open(window);
    await expect(address(window)).toHaveValue("localhost");
    await window.getByRole("button", { name: "Discard" }).click();
    await expect(address(window)).toHaveValue(redis.url);

    // CalDAV without an address: right by itself, wrong beside the rest.
    await section(window, "Calendars").getByRole("checkbox", { name: "CalDAV" }).check();
    await window.getByRole("button", { name: "Save", exact: true }).click();
    await expect(row(window, "CALDAV_URL")).toContainText("Should be set when AVSPARK_CALENDARS names caldav.");

    await window.getByRole("textbox", { name: "Find a setting" }).fill("quiet hours");
    await expect(window.getByRole("switch")).toHaveCount(1);
  } finally {
    await running.close();
    await redis.close();
  }
});

test("what the environment fixes is shown locked, with where it comes from", async () => {
  const desk = await openDesk({ env: { REDIS_MAX_RETRIES: "9" } });
  try {
    const { window } = desk;
    await open(window);
    await expect(row(window, "REDIS_URL")).toContainText("Environment");
    await expect(address(window)).not.toBeEditable();
    await expect(address(window)).toHaveValue(desk.redis.url);
    await expect(row(window, "AVSPARK_LANGUAGE").getByRole("radio", { name: "English" })).toBeDisabled();
    await section(window, "Redis")
      .getByRole("button", { name: /more settings/ })
      .click();
    await expect(row(window, "REDIS_MAX_RETRIES").getByRole("textbox")).toHaveValue("9");
    await expect(row(window, "REDIS_RETRY_DELAY")).toContainText("Default");
  } finally {
    await desk.close();
  }
});

test("language, theme, quiet hours and what notifies are in force at once and after a restart", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "avspark-settings-"));
  let running: RunningApp | null = null;
  try {
    running = await launchApp({ env: { AVSPARK_LANGUAGE: "" }, dataDir });
    const { window } = running;
    await expect(window.getByRole("heading", { level: 1 })).toBeVisible();
    await call(window, "saveSettings", { values: { AVSPARK_LANGUAGE: "en" } });
    await open(window);
    await row(window, "AVSPARK_THEME").getByText("Dark", { exact: true }).click();
    await expect(window.locator('html[data-mantine-color-scheme="dark"]')).toBeAttached();
    await row(window, "AVSPARK_QUIET_HOURS").getByRole("switch").check();
    await row(window, "AVSPARK_QUIET_HOURS").getByLabel("From", { exact: true }).selectOption("23:30");
    await expect(row(window, "AVSPARK_QUIET_HOURS")).toContainText("Between 23:30 and 07:00, Stockholm time");
    await row(window, "AVSPARK_NOTIFY").getByText("Critical only", { exact: true }).click();
    await expect(row(window, "AVSPARK_NOTIFY")).toContainText("Saved.");
    await row(window, "AVSPARK_LANGUAGE").getByText("Svenska").click();
    await expect(window.getByRole("heading", { level: 1, name: "Inställningar" })).toBeVisible();
    await running.close();

    running = await launchApp({ env: { AVSPARK_LANGUAGE: "" }, dataDir });
    await running.window.getByRole("link", { name: "Inställningar" }).click();
    await expect(row(running.window, "AVSPARK_QUIET_HOURS").getByLabel("Från", { exact: true })).toHaveValue("23:30");
    await expect(row(running.window, "AVSPARK_NOTIFY").getByRole("radio", { name: "Bara kritiska" })).toBeChecked();
    await expect(running.window.locator('html[data-mantine-color-scheme="dark"]')).toBeAttached();
  } finally {
    await running?.close();
    await rm(dataDir, { recursive: true, force: true });
  }
});

test("an export holds no secret; an import says of each line what would become of it, and does that", async () => {
  const redis = await startRedis({ password: "hemligt" });
  const desk = await openDesk({
    redis,
    env: { AVSPARK_THEME: "", AVSPARK_HTTP_TOKEN: "a-token-of-sixteen-letters", CALDAV_USERNAME: "anna@example.com" },
  });
  try {
    const { window } = desk;
    await open(window);
    await window.getByRole("button", { name: "Export" }).click();
    const exported = window.getByRole("dialog", { name: "Export settings" });
    const text = await exported.getByRole("textbox", { name: "The settings as text" }).inputValue();
    expect(text).toContain("CALDAV_USERNAME=anna@example.com");
    for (const secret of ["hemligt", "a-token-of-sixteen-letters", "••"]) expect(text).not.toContain(secret);
    await expect(exported).toContainText("Left out: REDIS_URL, AVSPARK_HTTP_TOKEN.");
    await expectAccessibleInBothThemes(window, "export");
    await window.keyboard.press("Escape");

    await window.getByRole("button", { name: "Import" }).click();
    const imported = window.getByRole("dialog", { name: "Import settings" });
    await imported
      .getByRole("textbox", { name: "Text of a .env file" })
      .fill("AVSPARK_KEEP_PAST_DAYS=14\nCALDAV_USERNAME=bo\nAVSPARK_NOTIFY=sometimes\nREDIS_ULR=redis://x\n");
    const line = (name: string) => imported.getByRole("listitem").filter({ hasText: name });
    await expect(line("AVSPARK_KEEP_PAST_DAYS")).toContainText("Changes");
    await expect(line("CALDAV_USERNAME")).toContainText("Fixed by the environment");
    await expect(line("AVSPARK_NOTIFY")).toContainText("Cannot be used");
    await expect(line("REDIS_ULR")).toContainText("Not a setting of Avspark");
    await expectAccessibleInBothThemes(window, "import");
    await imported.getByRole("button", { name: "Import 1 setting" }).click();
    await expect(window.getByText("1 setting imported.")).toBeVisible();
    await expect(row(window, "AVSPARK_KEEP_PAST_DAYS").getByRole("textbox")).toHaveValue("14");
    await expect(row(window, "AVSPARK_KEEP_PAST_DAYS")).toContainText("Set here");
  } finally {
    await desk.close();
    await redis.close();
  }
});

test("a secret is never shown, and without a keyring it is kept for the session when the person says so", async () => {
  const redis = await startRedis();
  const running = await settled(redis.url);
  try {
    const { window } = running;
    await open(window);
    const password = row(window, "CALDAV_PASSWORD").locator("input");
    await password.fill("mycket hemligt");
    await window.getByRole("button", { name: "Save", exact: true }).click();
    const session = window.getByRole("button", { name: "Save for this session" });
    const saved = window.getByText("Saved.").first();
    await expect(session.or(saved)).toBeVisible();
    if (await session.isVisible()) await session.click();
    await expect(saved).toBeVisible();
    await expect(password).toHaveValue("");
    await expect(password).toHaveAttribute("placeholder", "A value is set and hidden");
    expect(JSON.stringify(await call(window, "snapshot", {}))).not.toContain("mycket hemligt");
  } finally {
    await running.close();
    await redis.close();
  }
});

test("every place is reached from the palette", async () => {
  const desk = await openDesk();
  try {
    const { window } = desk;
    await expect(window.getByRole("heading", { level: 1 })).toBeVisible();
    const go = async (words: string): Promise<void> => {
      await window.keyboard.press("Control+k");
      await window.getByRole("textbox", { name: "Search and actions" }).fill(words);
      await window.keyboard.press("Enter");
    };
    for (const [words, dialog] of [
      ["export settings", "Export settings"],
      ["import settings", "Import settings"],
      ["sync would do calendar file", "What a sync would do: Calendar file"],
      ["set up caldav", "Set up CalDAV"],
      ["first steps", "Welcome to Avspark"],
    ] as const) {
      await go(words);
      await expect(window.getByRole("dialog", { name: dialog })).toBeVisible();
      await window.keyboard.press("Escape");
      await expect(window.getByRole("dialog", { name: dialog })).toBeHidden();
    }
    await go("matches by hand");
    await expect(window.getByRole("textbox", { name: "Matches as JSON" })).toBeFocused();
  } finally {
    await desk.close();
  }
});

test("tokens are made, read and revoked on a page that axe finds nothing on, in the smallest window too", async () => {
  const redis = await startRedis();
  const running = await settled(redis.url);
  try {
    const { app, window } = running;
    await window.evaluate(() => globalThis.location.assign("#/settings/access"));
    const tokens = section(window, "Who comes in");
    await tokens.getByRole("textbox", { name: "Name" }).fill("Anna's window");
    await tokens.getByRole("button", { name: "Make a token" }).click();
    await expect(tokens.getByText("The token for Anna's window", { exact: false })).toBeVisible();
    await expect(tokens.getByRole("listitem")).toHaveCount(1);
    await expectAccessibleInBothThemes(window, "a new token");
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(900, 600));
    await expect.poll(() => window.evaluate(() => globalThis.innerWidth)).toBe(900);
    await tokens.getByRole("listitem").scrollIntoViewIfNeeded();
    await expectNothingBeside(window, "tokens in the smallest window");
    await expectAccessible(window, "tokens in the smallest window");
    await tokens.getByRole("button", { name: /Revoke/ }).click();
    await expect(window.getByRole("dialog")).toBeVisible();
    await expectAccessibleInBothThemes(window, "before a token is revoked");
    await window.getByRole("dialog").getByRole("button", { name: "Revoke", exact: true }).click();
    await expect(tokens.getByRole("listitem")).toHaveCount(0);
    await expectAccessibleInBothThemes(window, "a revoked token");
  } finally {
    await running.close();
    await redis.close();
  }
});
