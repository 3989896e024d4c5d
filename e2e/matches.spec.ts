import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "./fixtures/axe.ts";
import { fixture, inDays, openDesk, update } from "./fixtures/desk.ts";

const open = async (window: Page, view: string): Promise<void> => {
  await window.getByRole("navigation").getByRole("link", { name: view }).click();
  await expect(window.getByRole("heading", { level: 1, name: view })).toBeVisible();
};

const grid = (window: Page) => window.getByRole("grid", { name: "Matches" });
/** Those of matches, without the head and the days. */
const rows = (window: Page) => grid(window).locator("tr[aria-selected]");
const rowOf = (window: Page, title: string) => grid(window).getByRole("row", { name: new RegExp(title) });

test("a change is followed from its message to the timeline and the calendar", async () => {
  const desk = await openDesk();
  try {
    const { window } = desk;
    const match = { id: 7101, home: "Provköpings IF", away: "Testunga BK", kickoff: inDays(3) };
    await desk.publish("updates", update(match));
    await open(window, "Matches");
    await rowOf(window, "Provköpings IF – Testunga BK").click();
    await expect(window.getByRole("heading", { level: 1, name: "Provköpings IF – Testunga BK" })).toBeVisible();
    const timeline = window.getByRole("list", { name: "Timeline" });
    await expect(timeline.getByText("New match")).toBeVisible();
    const calendars = window.getByRole("region", { name: "Calendars" });
    await expect(calendars.getByText("In the calendar", { exact: false })).toBeVisible();

    // While the page is open the venue changes, and so does the calendar.
    await desk.publish("updates", update({ ...match, venue: "Nya Provvallen" }));
    await expect(timeline.getByRole("listitem").first()).toContainText("Venue");
    await expect(timeline.locator("del").first()).toHaveText("Provvallen");
    await expect(timeline.locator("ins").first()).toHaveText("Nya Provvallen");
    await expect(timeline.getByRole("listitem").first()).not.toContainText("fogis:");
    await expect(window.getByRole("link", { name: "Nya Provvallen on a map" })).toBeVisible();

    await calendars.getByRole("button", { name: "Sync Calendar file now" }).click();
    await expect(window.getByText("Already up to date.")).toBeVisible();

    // How it came is told in the engine room.
    await window.getByRole("link", { name: "What was heard of the match" }).click();
    await expect(window.getByRole("region", { name: "Raw messages" })).toContainText("2 messages");
    await expect(timeline.getByRole("listitem").first()).toContainText("FOGIS, fogis:matches:updates");

    // From the raw message one is back with the same history the browser has.
    await window
      .getByRole("link", { name: /Open message/ })
      .first()
      .click();
    await expect(window.getByRole("heading", { level: 1, name: "Stream" })).toBeVisible();
    await window.goBack();
    await expect(window.getByRole("heading", { level: 1, name: "Provköpings IF – Testunga BK" })).toBeVisible();
  } finally {
    await desk.close();
  }
});

test("officials are called and copied by a click", async () => {
  const desk = await openDesk();
  try {
    const { app, window } = desk;
    // The system's programs are not the test's business; that they are asked is.
    await app.evaluate(({ shell }) => {
      const opened: string[] = [];
      Object.assign(globalThis, { opened });
      shell.openExternal = async (url) => void opened.push(url);
    });
    await desk.publish("updates", await fixture("match_updates.fogis"));
    await open(window, "Matches");
    await rowOf(window, "IFK Göteborg – Falkenbergs FF").click();
    const officials = window.getByRole("region", { name: "Officials" });
    await officials.getByRole("link", { name: "Call Prov Domare, 070-000 00 01" }).click();
    await officials.getByRole("link", { name: "Write to Prov Domare, domare@example.com" }).click();
    await window.getByRole("link", { name: "Kamratgården 2 hybrid on a map" }).click();
    await expect
      .poll(() => app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened))
      .toEqual(["tel:0700000001", "mailto:domare@example.com", expect.stringContaining("57.697617%2C12.028288")]);
    await officials.getByRole("button", { name: "Copy 070-000 00 01" }).click();
    await expect.poll(() => app.evaluate(({ clipboard }) => clipboard.readText())).toBe("0700000001");
  } finally {
    await desk.close();
  }
});

test("filters, order, columns and row height are as one left them after a restart", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "avspark-e2e-matches-"));
  const first = await openDesk({ dataDir });
  try {
    const { window } = first;
    await first.publish(
      "updates",
      update(
        { id: 7201, home: "Ahlafors IF", away: "Testunga BK", kickoff: inDays(2), venue: "Sjövallen" },
        { id: 7202, home: "Östra Prov", away: "Testunga BK", kickoff: inDays(3), venue: "Bravallen" },
        { id: 7203, home: "Inställda FF", away: "Testunga BK", kickoff: inDays(4), cancelled: true },
      ),
    );
    await open(window, "Matches");
    await expect(rows(window)).toHaveCount(3);
    await window.getByRole("button", { name: "Filter", exact: true }).click();
    await window.getByRole("combobox", { name: "Status" }).click();
    await window.getByRole("option", { name: "Scheduled" }).click();
    await window.keyboard.press("Escape");
    await expect(rows(window)).toHaveCount(2);
    await window.getByRole("textbox", { name: "Search in matches" }).fill("Inställda");
    await expect(window.getByText("1 hit outside the filters")).toBeVisible();
    await window.getByRole("textbox", { name: "Search in matches" }).fill("Testunga");
    await window.getByRole("button", { name: "Venue" }).click();
    await expect(rows(window).first()).toContainText("Bravallen");
    await window.getByRole("button", { name: "Views" }).click();
    await window.getByRole("textbox", { name: "Save what is shown as" }).fill("By venue");
    await window.keyboard.press("Enter");
    await expect(window.getByRole("button", { name: "By venue", exact: true }).first()).toBeVisible();
    await window.getByRole("button", { name: "Columns" }).click();
    await window.getByRole("menuitemcheckbox", { name: "Number" }).click();
    await window.keyboard.press("Escape");
    await window.getByRole("button", { name: "Dense rows" }).click();
  } finally {
    await first.close();
  }
  const second = await openDesk({ dataDir });
  try {
    const { window } = second;
    await open(window, "Matches");
    await expect(rows(window)).toHaveCount(2);
    await expect(rows(window).first()).toContainText("Bravallen");
    await expect(grid(window).getByRole("columnheader", { name: "Venue" })).toHaveAttribute("aria-sort", "ascending");
    await expect(grid(window).getByRole("columnheader", { name: "Number" })).toBeVisible();
    await expect(window.getByRole("button", { name: "Roomy rows" })).toBeVisible();
    await expect(window.getByRole("textbox", { name: "Search in matches" })).toHaveValue("");
    await window.getByRole("button", { name: "Remove the filter Status: Scheduled" }).click();
    await expect(rows(window)).toHaveCount(3);
    await window.getByRole("button", { name: "Views" }).click();
    await window.getByRole("button", { name: "By venue", exact: true }).click();
    await expect(rows(window)).toHaveCount(2);
  } finally {
    await second.close();
    await rm(dataDir, { recursive: true, force: true });
  }
});

test("the keyboard alone finds, opens, leaves and steps through matches", async () => {
  const desk = await openDesk();
  try {
    const { window } = desk;
    const matches = ["Alfa", "Beta", "Gamma"].map((home, index) => ({
      id: 7301 + index,
      home,
      away: "Testunga BK",
      kickoff: inDays(2 + index),
    }));
    await desk.publish("updates", update(...matches));
    await open(window, "Matches");
    await expect(rows(window)).toHaveCount(3);
    await window.keyboard.press("j");
    await window.keyboard.press("j");
    await expect(rowOf(window, "Beta")).toHaveAttribute("data-chosen", "true");
    await window.keyboard.press("Enter");
    const heading = window.getByRole("heading", { level: 1 });
    await expect(heading).toHaveText("Beta – Testunga BK");
    await window.keyboard.press("j");
    await expect(heading).toHaveText("Gamma – Testunga BK");
    await window.keyboard.press("Escape");
    await expect(heading).toHaveText("Matches");
    await expect(rowOf(window, "Gamma")).toHaveAttribute("data-chosen", "true");
    await expect(grid(window)).toBeFocused();

    // Two are marked, one from the keyboard and one with the mouse; what is done is done with both.
    await window.keyboard.press("x");
    await window.getByRole("checkbox", { name: "Mark Alfa – Testunga BK" }).click();
    await expect(window.getByRole("toolbar")).toContainText("2 matches marked");
    await window.getByRole("button", { name: "Copy", exact: true }).click();
    await expect.poll(() => desk.app.evaluate(({ clipboard }) => clipboard.readText())).toMatch(/^Alfa .*^Gamma /ms);
    await window.getByRole("button", { name: "Not ours" }).click();
    await expect(rowOf(window, "Alfa")).toContainText("Declined");
    await expect(rowOf(window, "Gamma")).toContainText("Declined");
    await expect(rowOf(window, "Beta")).not.toContainText("Declined");
    await window.getByRole("button", { name: "Undo" }).click();
    await expect(rowOf(window, "Gamma")).not.toContainText("Declined");
    await window.keyboard.press("Escape");
    await expect(window.getByRole("toolbar")).toBeHidden();

    await window.keyboard.press("/");
    await window.keyboard.type("alf");
    await expect(rows(window)).toHaveCount(1);
    await window.keyboard.press("Enter");
    await window.keyboard.press("Enter");
    await expect(heading).toHaveText("Alfa – Testunga BK");

    // The palette reaches every match and what can be done with this one.
    await window.keyboard.press("Control+k");
    await expect(window.getByRole("textbox", { name: "Search and actions" })).toBeFocused();
    await window.keyboard.type("gamma");
    await window.keyboard.press("Enter");
    await expect(heading).toHaveText("Gamma – Testunga BK");
    await window.keyboard.press("Control+k");
    await expect(window.getByRole("textbox", { name: "Search and actions" })).toBeFocused();
    await expect(window.getByRole("button", { name: "Call Anna Provsson, 070-000 00 01" })).toBeVisible();
  } finally {
    await desk.close();
  }
});

test("a friendly is entered by hand, changed and removed", async () => {
  const desk = await openDesk();
  try {
    const { window } = desk;
    await desk.publish("updates", update({ id: 7451, home: "Känd IF", away: "Testunga BK", kickoff: inDays(2) }));
    await open(window, "Matches");
    await window.getByRole("button", { name: "Enter a match" }).click();
    const form = window.getByRole("dialog", { name: "Enter a match" });
    await form.getByRole("textbox", { name: "Home team" }).fill("Vänskap FF");
    await form.getByLabel("Day").fill(new Date(inDays(3)).toISOString().slice(0, 10));
    await form.getByLabel("Kick-off").fill("18:30");
    // Whoever is known comes with the number.
    await form.getByRole("combobox", { name: "Name" }).fill("Anna Provsson");
    await expect(form.getByRole("textbox", { name: "Phone" })).toHaveValue("0700000001");
    await form.getByRole("button", { name: "Enter" }).click();
    await expect(form.getByText("Is missing")).toHaveCount(1);
    await expectAccessible(window, "the form for a match");
    await form.getByRole("textbox", { name: "Away team" }).fill("Testunga BK");
    await form.getByRole("button", { name: "Enter" }).click();
    await expect(window.getByRole("heading", { level: 1 })).toHaveText("Vänskap FF – Testunga BK");

    await window.getByRole("button", { name: "Change the match" }).click();
    const change = window.getByRole("dialog", { name: "Change the match" });
    await change.getByRole("combobox", { name: "Venue" }).fill("Heden");
    await change.getByRole("button", { name: "Save" }).click();
    await expect(window.getByRole("link", { name: "Heden on a map" })).toBeVisible();
    await window.getByRole("button", { name: "Remove it" }).click();
    await expect(window.getByRole("button", { name: "Bring it back" })).toBeVisible();
  } finally {
    await desk.close();
  }
});

test("a match nobody referees, and one whose kick-off moves late, are marked and found", async () => {
  const desk = await openDesk();
  try {
    const { window } = desk;
    const message = update({ id: 7401, home: "Domarlösa IF", away: "Testunga BK", kickoff: inDays(2) });
    const text = JSON.stringify(message).replace("Huvuddomare", "Assisterande 1");
    await desk.publish("updates", JSON.parse(text));
    const late = { id: 7402, home: "Sena FF", away: "Testunga BK", referee: "Bo Prov", kickoff: inDays(1) };
    await desk.publish("updates", update(late));
    await desk.publish("updates", update({ ...late, kickoff: late.kickoff + 7_200_000 }));
    await open(window, "Matches");
    await expect(rowOf(window, "Domarlösa IF")).toContainText("No main referee, and less than 7 days to go");
    await expect(rowOf(window, "Sena FF")).toContainText("Kick-off changed less than 48 hours before");
    await window.getByRole("button", { name: /No referee/ }).click();
    await expect(rows(window)).toHaveCount(1);
    await window.getByRole("button", { name: /No referee/ }).click();
    await rowOf(window, "Sena FF").click();
    await window.getByRole("button", { name: "See the change" }).click();
    await expect(window.locator(":focus")).toContainText("Urgent");

    // The same referee in two places at once: each match leads to the other.
    const twice = { away: "Testunga BK", referee: "Dubbla Prov", kickoff: inDays(3) };
    await desk.publish(
      "updates",
      update(
        { ...twice, id: 7403, home: "Här IF", venue: "Heden" },
        { ...twice, id: 7404, home: "Där IF", venue: "Sjövallen" },
      ),
    );
    await window.keyboard.press("Escape");
    await rowOf(window, "Mark Här IF").click();
    const warnings = window.getByRole("list", { name: "Warnings" });
    await expect(warnings).toContainText("Dubbla Prov also has Där IF – Testunga BK");
    await warnings.getByRole("link", { name: "See that match" }).click();
    await expect(window.getByRole("heading", { level: 1 })).toHaveText("Där IF – Testunga BK");
    await expect(window.getByRole("list", { name: "Timeline" }).getByRole("listitem")).toHaveCount(1);
  } finally {
    await desk.close();
  }
});

for (const theme of ["light", "dark"]) {
  test(`axe finds nothing in the table and on the page of a match in the ${theme} theme`, async () => {
    test.slow();
    const desk = await openDesk({ env: { AVSPARK_THEME: theme } });
    try {
      const { window } = desk;
      await open(window, "Matches");
      await expectAccessible(window, "no matches");
      await desk.publish("updates", await fixture("match_updates.fogis"));
      await desk.publish(
        "updates",
        update({ id: 7501, home: "Inställda FF", away: "Testunga BK", kickoff: inDays(1), cancelled: true }),
      );
      await expect(rowOf(window, "Inställda FF")).toBeVisible();
      await window.keyboard.press("j");
      await window.keyboard.press("x");
      await expectAccessible(window, "the table");
      await window.getByRole("button", { name: "Filter", exact: true }).click();
      await expect(window.getByRole("combobox", { name: "Venue" })).toBeVisible();
      await expectAccessible(window, "the filters");
      await window.keyboard.press("Escape");
      await window.getByRole("button", { name: "All days" }).click();
      await expect(window.getByRole("button", { name: "This weekend" })).toBeVisible();
      await expectAccessible(window, "the choice of days");
      await window.keyboard.press("Escape");
      await window.getByRole("button", { name: "Columns" }).click();
      await expect(window.getByRole("menuitemcheckbox", { name: "Venue" })).toBeVisible();
      await expectAccessible(window, "the choice of columns");
      await window.keyboard.press("Escape");
      await rowOf(window, "IFK Göteborg – Falkenbergs FF").click();
      await expect(window.getByRole("list", { name: "Timeline" }).getByRole("listitem")).not.toHaveCount(0);
      await expectAccessible(window, "the page of a match");
    } finally {
      await desk.close();
    }
  });
}
