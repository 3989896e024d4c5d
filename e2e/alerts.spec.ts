import { expect, test } from "@playwright/test";
import { expectAccessible } from "./fixtures/axe.ts";
import { alert, inDays, matchList, openDesk } from "./fixtures/desk.ts";
import { json, startMatchServer } from "./fixtures/match-server.ts";

/** A desk where all is well, its list included. */
const openCalmDesk = async (env: Readonly<Record<string, string>> = {}) => {
  const match = { id: 7601, home: "Lugna IF", away: "Testunga BK", kickoff: inDays(5) };
  const source = await startMatchServer(json(matchList(match)));
  const desk = await openDesk({ env: { AVSPARK_MATCHES_URL: source.url, ...env } });
  await expect(desk.window.getByText("Everything works", { exact: true })).toBeVisible();
  return {
    ...desk,
    close: async () => {
      await desk.close();
      await source.close();
    },
  };
};

test("an alert goes from its message to the banner, to the page, is snoozed, shown again and acknowledged", async () => {
  const desk = await openCalmDesk();
  try {
    const { window } = desk;
    await desk.publish("alerts", alert("Kön växer", "warning"));
    await desk.publish("alerts", alert("Kön växer", "warning"));
    const banner = window.getByRole("region", { name: "Needs attention" });
    await expect(banner.getByText("2 times")).toBeVisible();
    await desk.publish("alerts", alert("FOGIS svarar inte", "critical"));
    // The most severe stands first, whatever came first.
    await expect(banner.getByRole("listitem").first()).toContainText("FOGIS svarar inte");
    await banner.getByRole("link", { name: /FOGIS svarar inte/ }).click();

    await expect(window.getByRole("heading", { level: 1, name: "Alerts" })).toBeVisible();
    const active = window.getByRole("region", { name: "Active" });
    const fogis = active.getByRole("button", { name: /FOGIS svarar inte/ });
    await expect(fogis).toHaveAttribute("aria-expanded", "true");
    await expect(fogis).toBeFocused();
    await expect(active.getByText("2 times, first", { exact: false })).toBeVisible();

    // Snoozed by mouse, taken back from the list of those that wait.
    await active.getByRole("button", { name: "Snooze" }).first().click();
    await window.getByRole("menuitem", { name: "For an hour" }).click();
    const snoozed = window.getByRole("region", { name: "Snoozed" });
    await expect(snoozed).toContainText("FOGIS svarar inte");
    await expect(banner).not.toContainText("FOGIS svarar inte");
    await snoozed.getByRole("button", { name: "Show again" }).click();
    await expect(snoozed).toBeHidden();
    await expect(fogis).toBeVisible();

    // Acknowledged, and that taken back by the offer beside the result.
    await active.getByRole("button", { name: "Acknowledge" }).first().click();
    const history = window.getByRole("region", { name: "History" });
    await expect(history).toContainText("FOGIS svarar inte");
    await expect(window.getByText("Acknowledged.")).toBeVisible();
    await window.getByRole("button", { name: "Undo" }).last().click();
    await expect(fogis).toBeVisible();

    await window.getByRole("button", { name: "Acknowledge all" }).click();
    await expect(window.getByText("Nothing needs you")).toBeVisible();
    for (const text of ["FOGIS svarar inte", "Kön växer"])
      await expect(history.getByRole("listitem").filter({ hasText: text })).toContainText("Acknowledged");
  } finally {
    await desk.close();
  }
});

test("the keyboard alone walks, opens, snoozes and acknowledges alerts; the palette does so from anywhere", async () => {
  const desk = await openCalmDesk();
  try {
    const { window } = desk;
    for (const text of ["Första", "Andra", "Tredje", "Fjärde"]) await desk.publish("alerts", alert(text, "warning"));
    await window.getByRole("navigation").getByRole("link", { name: "Alerts" }).click();
    const active = window.getByRole("region", { name: "Active" });
    await expect(active.getByRole("button", { name: "Acknowledge" })).toHaveCount(4);
    await expect(active.getByText("Alerts from the feed")).toBeVisible();
    await window.keyboard.press("j");
    await window.keyboard.press("j");
    await window.keyboard.press("Enter");
    await expect(window.locator(":focus")).toHaveAttribute("aria-expanded", "true");
    await window.keyboard.press("a");
    await expect(active.getByRole("button", { name: "Acknowledge" })).toHaveCount(3);
    await window.keyboard.press("h");
    await expect(active.getByRole("button", { name: "Acknowledge" })).toHaveCount(2);
    await expect(window.getByRole("region", { name: "Snoozed" })).toBeVisible();

    await window.getByRole("navigation").getByRole("link", { name: "Today" }).click();
    await window.keyboard.press("Control+k");
    await expect(window.getByRole("textbox", { name: "Search and actions" })).toBeFocused();
    await window.keyboard.type("acknowledge: ");
    await window.keyboard.press("Enter");
    await window.getByRole("navigation").getByRole("link", { name: "Alerts" }).click();
    await expect(active.getByRole("button", { name: "Acknowledge" })).toHaveCount(1);
  } finally {
    await desk.close();
  }
});

test("an alert of our own comes and goes by itself, and stays in the history", async () => {
  const desk = await openCalmDesk({ REDIS_RETRY_DELAY: "0.1", REDIS_MAX_RETRIES: "1" });
  try {
    const { window, redis } = desk;
    await window.getByRole("navigation").getByRole("link", { name: "Alerts" }).click();
    await redis.stop();
    const active = window.getByRole("region", { name: "Active" });
    const feed = active.getByRole("button", { name: /Feed: / });
    await expect(feed).toBeVisible();
    await feed.click();
    await expect(active.getByText("What to do").first()).toBeVisible();
    // The field that mends it, from the alert and from the first line alike.
    const field = window.locator("#setting-REDIS_URL");
    await active.getByRole("button", { name: "Change: Address" }).click();
    await expect(field).toBeFocused();
    await window.getByRole("navigation").getByRole("link", { name: "Alerts" }).click();
    await expect(field).toBeHidden();
    await window.getByRole("banner").getByRole("button", { name: "Change: Address" }).click();
    await expect(field).toBeFocused();
    await window.getByRole("navigation").getByRole("link", { name: "Alerts" }).click();
    await redis.restart();
    await expect(feed).toBeHidden();
    const past = window.getByRole("region", { name: "History" }).getByRole("listitem").filter({ hasText: "Feed: " });
    await expect(past).toContainText("Over");
  } finally {
    await desk.close();
  }
});

test("the rule of what notifies is said in words, quiet hours included", async () => {
  const desk = await openDesk({ env: { AVSPARK_NOTIFY: "warning", AVSPARK_QUIET_HOURS: "00:00-23:59" } });
  try {
    const { window } = desk;
    await window.getByRole("navigation").getByRole("link", { name: "Alerts" }).click();
    const rules = window.getByRole("region", { name: "What notifies" });
    await expect(rules.getByRole("row", { name: /Critical/ })).toContainText("Always");
    await expect(rules.getByRole("row", { name: /Warning/ })).toContainText("Outside quiet hours");
    await expect(rules.getByRole("row", { name: /Information/ })).toContainText("Never");
    await expect(rules).toContainText(
      "00:00–23:59. Only critical alerts notify then; the rest, matches too, is told when they end.",
    );
    await window.getByRole("button", { name: "Mute notifications" }).click();
    await expect(rules).toContainText("Muted until the next start");
  } finally {
    await desk.close();
  }
});

for (const theme of ["light", "dark"]) {
  test(`axe finds nothing on the page of alerts in the ${theme} theme`, async () => {
    test.slow();
    const desk = await openCalmDesk({ AVSPARK_THEME: theme });
    try {
      const { window } = desk;
      await window.getByRole("navigation").getByRole("link", { name: "Alerts" }).click();
      await expect(window.getByText("Nothing needs you")).toBeVisible();
      await expectAccessible(window, "no alerts");
      for (const [text, severity] of [
        ["Kritiskt prov", "critical"],
        ["Varnande prov", "warning"],
        ["Informerande prov", "info"],
        ["Kvitterat prov", "error"],
      ] as const)
        await desk.publish("alerts", alert(text, severity));
      const active = window.getByRole("region", { name: "Active" });
      await active.getByRole("button", { name: /Kritiskt prov/ }).click();
      await active
        .getByRole("listitem")
        .filter({ hasText: "Kvitterat prov" })
        .last()
        .getByRole("button", { name: "Acknowledge" })
        .click();
      await expect(window.getByRole("region", { name: "History" })).toContainText("Kvitterat prov");
      await expectAccessible(window, "alerts of every level, one open, one acknowledged");
    } finally {
      await desk.close();
    }
  });
}
