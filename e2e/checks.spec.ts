import { expect, type Page, test } from "@playwright/test";
import { expectAccessibleInBothThemes } from "./fixtures/axe.ts";
import { inDays, matchList, openDesk, update } from "./fixtures/desk.ts";
import { json, startMatchServer } from "./fixtures/match-server.ts";

const open = async (window: Page): Promise<void> => {
  await window.getByRole("navigation", { name: "Views" }).getByRole("link", { name: "Checks" }).click();
  await expect(window.getByRole("heading", { level: 1, name: "Checks" })).toBeVisible();
};

const check = (window: Page, title: string) =>
  window.getByRole("listitem").filter({ has: window.getByRole("heading", { name: title }) });

const ended = /checks? (passed|failed)$/;

test("each check is run for real when the page is opened, with its result, its time and its remedy", async () => {
  const desk = await openDesk({ env: { AVSPARK_THEME: "" } });
  try {
    const { window } = desk;
    await desk.publish("updates", update({ id: 7201, home: "Provlag", away: "Testlag", kickoff: inDays(3) }));
    await expect(window.getByText("Listening", { exact: true })).toBeVisible();
    await open(window);
    await expect(window.getByText(ended)).toBeVisible();
    await expect(check(window, "Redis infrastructure deployed")).toContainText(`Redis answers at ${desk.redis.url}`);
    await expect(check(window, "Redis infrastructure deployed")).toContainText(/\d ms/);
    await expect(check(window, "Message handling tested")).toContainText("A message went through Redis");

    // No list is set: the way back is missing, and the setting that mends it is one click away.
    const fallback = check(window, "REDIS_PUBSUB_ENABLED=false would leave a way in");
    await expect(fallback).toContainText("No match list over HTTP is set.");
    await expectAccessibleInBothThemes(window, "checks");
    await fallback.getByRole("link", { name: "Open the setting" }).click();
    await expect(window.getByRole("textbox", { name: "Address of the list" })).toBeFocused();
  } finally {
    await desk.close();
  }
});

test("with a list over HTTP every check passes, one phase and one check can be run alone", async () => {
  const source = await startMatchServer(
    json(matchList({ id: 7202, home: "Listlag", away: "Testlag", kickoff: inDays(4) })),
  );
  const desk = await openDesk({ env: { AVSPARK_MATCHES_URL: source.url } });
  try {
    const { window } = desk;
    await expect(window.getByText("Listening", { exact: true })).toBeVisible();
    await open(window);
    await expect(window.getByText("All 12 checks passed")).toBeVisible();
    const asked = source.requests.length;
    await window.getByRole("button", { name: "Run “Rollback”" }).click();
    await expect.poll(() => source.requests.length).toBeGreaterThan(asked);
    await expect(check(window, "HTTP fallback verified")).toContainText("The list was fetched and holds 1 match.");

    // Redis goes: only what needs it fails, and passes again once it is back.
    await desk.redis.stop();
    const redis = check(window, "Redis infrastructure deployed");
    await window.getByRole("button", { name: "Run again: Redis infrastructure deployed" }).click();
    await expect(redis).toContainText("Redis cannot be reached.");
    await expect(window.getByText("1 of 12 checks failed")).toBeVisible();
    await desk.redis.restart();
    await window.getByRole("button", { name: "Run again: Redis infrastructure deployed" }).click();
    await expect(redis).toContainText("Redis answers at");
    await expect(window.getByText("All 12 checks passed")).toBeVisible();
  } finally {
    await desk.close();
    await source.close();
  }
});

test("what was found outlives another view, is copied for support, and is told in Swedish", async () => {
  const desk = await openDesk({ env: { AVSPARK_LANGUAGE: "sv" } });
  try {
    const { app, window } = desk;
    await expect(window.getByText("Lyssnar", { exact: true })).toBeVisible();
    await window.getByRole("link", { name: "Kontroller" }).click();
    await expect(window.getByText(/kontroller är (underkända?|godkända)$/)).toBeVisible();
    await expect(check(window, "Redis finns på plats")).toContainText("Redis svarar på");
    await window.getByRole("link", { name: "I dag" }).click();
    await window.getByRole("link", { name: "Kontroller" }).click();
    await expect(check(window, "Redis finns på plats")).toContainText("Redis svarar på");

    await window.getByRole("button", { name: "Kopiera till supporten" }).click();
    const copied = () => app.evaluate(({ clipboard }) => clipboard.readText());
    await expect.poll(copied).toMatch(/^Avspark .*\n\[passed\] Environment variables configured: /);
    // Whoever helps reads it in English, and no address with a password is in it.
    expect(await copied()).toContain("[failed] REDIS_PUBSUB_ENABLED=false would leave a way in:");
  } finally {
    await desk.close();
  }
});
