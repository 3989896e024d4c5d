import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type ElectronApplication, expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "./fixtures/axe.ts";
import { alert, fixture, inDays, openDesk, update } from "./fixtures/desk.ts";

const openStream = async (window: Page): Promise<void> => {
  await window.getByRole("navigation").getByRole("link", { name: "Stream" }).click();
  await expect(window.getByRole("heading", { level: 1, name: "Stream" })).toBeVisible();
};

const rows = (window: Page) => window.getByRole("listbox", { name: "Messages, newest first" }).getByRole("option");

const match = (id: number, home: string) => ({ id, home, away: "Testunga BK", kickoff: inDays(2) });

test("a pause goes on receiving and says how many wait; the keyboard alone walks, pauses and searches", async () => {
  const desk = await openDesk();
  try {
    const { window } = desk;
    await openStream(window);
    for (const [id, home] of [
      [7801, "Alfa IF"],
      [7802, "Beta IF"],
      [7803, "Gamma IF"],
    ] as const)
      await desk.publish("updates", update(match(id, home)));
    await expect(rows(window)).toHaveCount(3);
    await window.keyboard.press(" ");
    await expect(window.getByText("Paused")).toBeVisible();
    await desk.publish("updates", update(match(7804, "Delta IF")));
    await desk.publish("alerts", alert("Medan den stod still"));
    await expect(window.getByText("2 messages wait")).toBeVisible();
    await expect(rows(window)).toHaveCount(3);
    await window.keyboard.press(" ");
    await expect(rows(window)).toHaveCount(5);

    await window.keyboard.press("j");
    await expect(rows(window).first()).toHaveAttribute("aria-selected", "true");
    await window.keyboard.press("j");
    await expect(rows(window).nth(1)).toHaveAttribute("aria-selected", "true");
    await expect(window.getByRole("tree")).toContainText("Delta IF");
    await window.keyboard.press("k");
    await window.keyboard.press("/");
    await window.keyboard.type("gamma");
    await expect(rows(window)).toHaveCount(1);
  } finally {
    await desk.close();
  }
});

const filterBy = async (window: Page, filter: string, option: string): Promise<void> => {
  await window.getByRole("button", { name: "Filter", exact: true }).click();
  await window.getByRole("combobox", { name: filter }).click();
  await window.getByRole("option", { name: option, exact: true }).click();
  await window.keyboard.press("Escape");
};

test("filters and search tell messages apart, by what is only in their content too", async () => {
  const desk = await openDesk();
  try {
    const { window } = desk;
    await openStream(window);
    await desk.publish("updates", update({ ...match(7811, "Alfa IF"), referee: "Sällsynt Namnsson" }));
    await desk.publish("updates", update(match(7812, "Beta IF")));
    await desk.publish("status", await fixture("processing_status"));
    await desk.publish("updates", { not: "a message" });
    await expect(rows(window)).toHaveCount(4);
    await filterBy(window, "Verdict", "Invalid");
    await expect(rows(window)).toHaveCount(1);
    await window.getByRole("button", { name: "Reset the filters" }).click();
    await filterBy(window, "Type", "Processor status");
    await expect(rows(window)).toHaveCount(1);
    await window.getByRole("button", { name: "Reset the filters" }).click();
    // The referee's name is in the payload alone.
    await window.getByRole("textbox", { name: "Search in messages" }).fill("namnsson sällsynt");
    await expect(rows(window)).toHaveCount(1);
    await expect(rows(window).first()).toContainText("Alfa IF");
    // So is that of one that comes while the search stands.
    await desk.publish("updates", update({ ...match(7813, "Epsilon IF"), referee: "Sällsynt Namnsson" }));
    await expect(rows(window)).toHaveCount(2);
    await expect(rows(window).first()).toContainText("Epsilon IF");
  } finally {
    await desk.close();
  }
});

test("a message shows its content as a tree and how it differs from the one before", async () => {
  const desk = await openDesk();
  try {
    const { window } = desk;
    await openStream(window);
    await desk.publish("updates", update(match(7821, "Alfa IF")));
    await desk.publish("updates", update({ ...match(7821, "Alfa IF"), venue: "Nya Provvallen" }));
    await expect(rows(window)).toHaveCount(2);
    await rows(window).first().click();
    const tree = window.getByRole("tree");
    await expect(tree).toContainText("Nya Provvallen");
    await window.getByRole("button", { name: "Collapse all" }).click();
    await expect(tree).not.toContainText("Nya Provvallen");
    await window.getByRole("tab", { name: "Difference" }).click();
    const row = window.getByRole("table", { name: "Differences" }).getByRole("row", { name: /anlaggningnamn/ });
    await expect(row).toContainText('"Provvallen"');
    await expect(row).toContainText('"Nya Provvallen"');
    await window.getByRole("button", { name: "Show time of day or time since" }).click();
    await expect(rows(window).first()).toContainText(/now|ago/);
  } finally {
    await desk.close();
  }
});

test("what was refused is in quarantine with its place and reason, and can be replayed, one or all", async () => {
  const desk = await openDesk();
  try {
    const { window } = desk;
    await openStream(window);
    const message = JSON.parse(JSON.stringify(update(match(7831, "Alfa IF")))) as { type: string };
    await desk.publish("updates", { ...message, type: "unknown" });
    await desk.publish("updates", { not: "a message" });
    await window.getByText("Quarantine 2").click();
    const list = window.getByRole("listbox", { name: "Refused messages, newest first" });
    await expect(list.getByRole("option")).toHaveCount(2);
    await window.keyboard.press("j");
    await expect(window.getByRole("tree")).toContainText("a message");
    await expect(window.getByText("Refused", { exact: true })).toBeVisible();
    await window.getByRole("button", { name: "Replay this one" }).click();
    await expect(window.getByText("0 of 1 could be read now.")).toBeVisible();
    await window.getByRole("button", { name: "Replay all" }).click();
    await expect(window.getByText("0 of 2 could be read now.")).toBeVisible();
  } finally {
    await desk.close();
  }
});

/** The system's dialog cannot be driven: it answers with this file. */
const answerDialog = (app: ElectronApplication, filePath: string) =>
  app.evaluate(({ dialog }, file) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: file });
  }, filePath);

test("what is filtered is exported line by line, with personal data only when chosen", async () => {
  const desk = await openDesk();
  try {
    const { app, window } = desk;
    await openStream(window);
    await desk.publish("updates", update(match(7841, "Alfa IF")));
    await desk.publish("updates", update(match(7842, "Beta IF")));
    await desk.publish("alerts", alert("Inte med i urvalet"));
    await expect(rows(window)).toHaveCount(3);
    await filterBy(window, "Type", "Match update");
    await window.getByRole("textbox", { name: "Search in messages" }).fill("beta");
    await expect(rows(window)).toHaveCount(1);
    const read = async (name: string): Promise<readonly string[]> =>
      (await readFile(join(desk.dataDir, name), "utf8")).trimEnd().split("\n");

    await answerDialog(app, join(desk.dataDir, "redacted.ndjson"));
    await window.getByRole("button", { name: "Export" }).click();
    await window.getByRole("menuitem", { name: "Without contact data" }).click();
    await expect(window.getByText(/^1 message written to/)).toBeVisible();
    const redacted = await read("redacted.ndjson");
    expect(redacted).toHaveLength(1);
    expect(redacted[0]).toContain("Beta IF");
    expect(redacted[0]).not.toContain("0700000001");
    expect(redacted[0]).not.toContain("anna.provsson@example.com");

    await answerDialog(app, join(desk.dataDir, "personal.ndjson"));
    await window.getByRole("button", { name: "Export" }).click();
    await window.getByRole("menuitem", { name: /With personal data/ }).click();
    await expect(window.getByText(/personal\.ndjson/)).toBeVisible();
    const [line = ""] = await read("personal.ndjson");
    const exported = JSON.parse(line) as { gist: { matchIds: readonly string[] }; payload: string };
    expect(exported.gist.matchIds).toEqual(["7842"]);
    expect(exported.payload).toContain("0700000001");
  } finally {
    await desk.close();
  }
});

for (const theme of ["light", "dark"]) {
  test(`axe finds nothing in the stream and the quarantine in the ${theme} theme`, async () => {
    test.slow();
    const desk = await openDesk({ env: { AVSPARK_THEME: theme } });
    try {
      const { window } = desk;
      await openStream(window);
      await expectAccessible(window, "no messages");
      await desk.publish("updates", await fixture("match_updates.fogis"));
      await desk.publish("updates", await fixture("match_updates.fogis"));
      await desk.publish("status", await fixture("processing_status"));
      await desk.publish("updates", { not: "a message" });
      await expect(rows(window)).toHaveCount(4);
      await rows(window).nth(2).click();
      await expect(window.getByRole("tree")).toBeVisible();
      await expectAccessible(window, "a message of every verdict, one open");
      await window.getByText("Quarantine 1").click();
      await expect(rows(window)).toHaveCount(1);
      await window.keyboard.press("j");
      await expect(window.getByRole("tree")).toBeVisible();
      await expectAccessible(window, "the quarantine");
    } finally {
      await desk.close();
    }
  });
}
