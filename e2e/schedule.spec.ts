import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { stockholmDay } from "../src/shared/text/format.ts";
import { expectAccessible } from "./fixtures/axe.ts";
import { inDays, openDesk, update } from "./fixtures/desk.ts";

const hour = 3_600_000;

test("the schedule shows a clash and is dragged; what is shown is saved for Excel, as CSV and PDF, and printed", async () => {
  const desk = await openDesk();
  try {
    const { app, window, dataDir } = desk;
    const kickoff = inDays(3);
    const match = { id: 7301, home: "Alfa IF", away: "Beta IF", kickoff };
    await desk.publish(
      "updates",
      update(
        match,
        { ...match, id: 7302, home: "Gamma IF", venue: "Heden", kickoff: kickoff + hour },
        { ...match, id: 7303, home: "Delta IF", referee: "Bo Provsson", kickoff: kickoff + 9 * hour },
        {
          ...match,
          id: 7304,
          home: "Epsilon IF",
          referee: "Bo Provsson",
          kickoff: kickoff + 48 * hour,
          cancelled: true,
        },
      ),
    );
    const dates = { kind: "dates", from: stockholmDay(kickoff), to: stockholmDay(kickoff + 105 * hour) };
    await window.evaluate(
      (choice) => globalThis.localStorage.setItem("avspark.schedule", choice),
      JSON.stringify({ span: dates, side: "referee" }),
    );
    await window.getByRole("navigation").getByRole("link", { name: "Schedule" }).click();
    const grid = window.getByRole("table");
    await expect(grid.getByRole("link", { name: "Gamma IF – Beta IF" })).toBeVisible();
    await expect(grid.getByRole("rowheader")).toHaveText(["Anna Provsson", "Bo Provsson"]);
    await expect(grid.locator("[data-state=clash]")).toHaveCount(2);
    await expect(grid.locator("[data-state=clash]").first()).toHaveAttribute(
      "title",
      /Anna Provsson also has (Gamma|Alfa) IF/,
    );
    await expect(grid.locator("[data-state=off]")).toHaveText(/Epsilon IF.*Called off/);
    await expectAccessible(window, "schedule");

    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(900, 600), null);
    const link = await grid.getByRole("link", { name: "Gamma IF – Beta IF" }).boundingBox();
    if (link === null) throw new Error("The match is not drawn.");
    await window.mouse.move(link.x + 20, link.y + 20);
    await window.mouse.down();
    await window.mouse.move(link.x - 150, link.y + 20, { steps: 4 });
    await window.mouse.up();
    const left = () => window.evaluate(() => document.querySelector("section:has(> table)")?.scrollLeft ?? 0);
    await expect.poll(left).toBeGreaterThan(100);
    await expect(window.getByRole("heading", { level: 1, name: "Schedule" })).toBeVisible();

    await window.getByText("By venue").click();
    await expect(grid.getByRole("rowheader")).toHaveText(["Heden", "Provvallen"]);
    const save = async (item: string, name: string): Promise<Buffer> => {
      const file = join(dataDir, name);
      // The system's dialog cannot be driven: it answers with this file.
      await app.evaluate(({ dialog }, filePath) => {
        dialog.showSaveDialog = async () => ({ canceled: false, filePath });
      }, file);
      await window.getByRole("button", { name: "Export" }).click();
      await window.getByRole("menuitem", { name: item }).click();
      await expect(window.getByText(`Saved: ${file}`)).toBeVisible();
      return readFile(file);
    };
    const csv = (await save("Save as CSV", "schedule.csv")).toString("utf8");
    expect(csv.split("\r\n")[0]).toBe("\uFEFFVenue,Date,Kick-off,End,Match,Competition,Officials,Note");
    expect(csv).toMatch(/^Heden,[-\d]{10},\d\d:00,\d\d:00,Gamma IF – Beta IF,Provserien,Anna Provsson,/m);
    expect((await save("Save for Excel", "schedule.xlsx")).subarray(0, 2).toString()).toBe("PK");
    const pdf = (await save("Save as PDF", "schedule.pdf")).toString("latin1");
    // A sheet for each day that has matches, all on their sides.
    expect(pdf.match(/\/MediaBox \[0 0 84\d[.\d]* 59\d[.\d]*\]/g)?.length).toBeGreaterThan(1);

    await window.evaluate(() => {
      globalThis.print = () => {
        document.title = "printed";
      };
    });
    await window.keyboard.press("Control+p");
    await expect.poll(() => window.title()).toBe("printed");
  } finally {
    await desk.close();
  }
});
