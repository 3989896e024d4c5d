import { userInfo } from "node:os";
import { expect, test } from "@playwright/test";
import { expectAccessible } from "./fixtures/axe.ts";
import { alert, inDays, openDesk, update } from "./fixtures/desk.ts";

test("a published match appears in the window, in the stream, and in the calendar", async () => {
  const desk = await openDesk();
  try {
    const { window } = desk;
    await expect(window.getByRole("heading", { name: "Today" })).toBeVisible();
    await expect(window.getByText("Listening", { exact: true })).toBeVisible();
    await desk.publish(
      "updates",
      update({ id: 7001, home: "Provköpings IF", away: "Testunga BK", kickoff: inDays(2) }),
    );
    await expect(window.getByText("Provköpings IF – Testunga BK").first()).toBeVisible();
    await expect(window.getByText("1 event in place")).toBeVisible();

    await window.getByRole("link", { name: "Stream" }).click();
    await expect(window.getByRole("heading", { name: "Stream" })).toBeVisible();
    await expect(window.getByRole("option", { name: /Provköpings IF – Testunga BK/ })).toBeVisible();
  } finally {
    await desk.close();
  }
});

test("Restart subscription brings a new subscription", async () => {
  const desk = await openDesk();
  try {
    const { window, redis } = desk;
    await expect(window.getByText("Listening", { exact: true })).toBeVisible();
    const subscription = async (): Promise<string> =>
      /^id=(\d+).*name=avspark/m.exec(String(await redis.command("CLIENT", "LIST", "TYPE", "pubsub")))?.[1] ?? "";
    const before = await subscription();
    expect(before).not.toBe("");
    await window.getByRole("link", { name: "System status" }).click();
    await window.getByRole("button", { name: "Restart subscription" }).click();
    await expect(window.getByText(/The subscription is live on \d+ channels/)).toBeVisible();
    expect(await subscription()).not.toBe(before);
    await desk.publish("updates", update({ id: 7002, home: "Omstart FF", away: "Testunga BK", kickoff: inDays(3) }));
    await window.getByRole("link", { name: "Today" }).click();
    await expect(window.getByText("Omstart FF – Testunga BK").first()).toBeVisible();
  } finally {
    await desk.close();
  }
});

test("a system alert raises a banner until it is acknowledged", async () => {
  const desk = await openDesk();
  try {
    const { window } = desk;
    await desk.publish("alerts", alert("FOGIS svarar inte"));
    const banner = window.getByRole("region", { name: "Needs attention" });
    await expect(banner.getByText("FOGIS svarar inte")).toBeVisible();
    await banner.getByRole("button", { name: "Acknowledge" }).first().click();
    await expect(banner.getByText("FOGIS svarar inte")).toBeHidden();
  } finally {
    await desk.close();
  }
});

test("Redis goes away and comes back: the window says so both times, and Sync now answers", async () => {
  const desk = await openDesk({ env: { REDIS_RETRY_DELAY: "0.1" } });
  try {
    const { window, redis } = desk;
    await expect(window.getByText("Listening", { exact: true })).toBeVisible();
    await redis.stop();
    await expect(window.getByText("Listening", { exact: true })).toBeHidden();
    await redis.restart();
    await expect(window.getByText("Listening", { exact: true })).toBeVisible();
    await desk.publish("updates", update({ id: 7003, home: "Åter IF", away: "Testunga BK", kickoff: inDays(4) }));
    await expect(window.getByText("Åter IF – Testunga BK").first()).toBeVisible();
    await window.getByRole("link", { name: "System status" }).click();
    await window.getByRole("button", { name: "Sync now" }).click();
    await expect(window.getByText(/up to date|written|unchanged/i).first()).toBeVisible();
  } finally {
    await desk.close();
  }
});

test("a referee is found by name from anywhere, and their page says what they have", async () => {
  const desk = await openDesk();
  try {
    const { window } = desk;
    await desk.publish(
      "updates",
      update({ id: 7004, home: "Provköpings IF", away: "Testunga BK", kickoff: inDays(2), referee: "Nils Letarsson" }),
    );
    await window.getByRole("link", { name: "Provköpings IF – Testunga BK" }).first().click();
    await window.getByRole("link", { name: "Nils Letarsson", exact: true }).click();
    await expect(window.getByRole("heading", { level: 1, name: "Nils Letarsson" })).toBeVisible();
    await expect(window.getByRole("link", { name: "Provköpings IF – Testunga BK" }).first()).toBeVisible();
    await window.goBack();
    await expect(window.getByRole("heading", { level: 1, name: "Provköpings IF – Testunga BK" })).toBeVisible();

    await window.keyboard.press("Control+K");
    await window.getByRole("textbox", { name: "Search and actions" }).fill("letars");
    await window.keyboard.press("ArrowDown");
    await window.keyboard.press("Enter");
    await expect(window.getByRole("heading", { level: 1, name: "Nils Letarsson" })).toBeVisible();
    await window.getByRole("link", { name: "All referees" }).click();
    await window.getByRole("textbox", { name: "Find a referee" }).fill("0700000001");
    await expect(window.getByRole("link", { name: "Nils Letarsson", exact: true })).toBeVisible();
  } finally {
    await desk.close();
  }
});

test("a setting's link works a second time, and Back opens no dialog again", async () => {
  const desk = await openDesk();
  try {
    const { window } = desk;
    await window.getByRole("link", { name: "Settings" }).click();
    const link = window.getByRole("navigation", { name: "Sections" }).getByRole("link").last();
    const content = window.locator("#content");
    const scrolled = () => content.evaluate((element) => element.scrollTop);
    await link.click();
    await expect.poll(scrolled).toBeGreaterThan(0);
    await content.evaluate((element) => element.scrollTo(0, 0));
    await link.click();
    await expect.poll(scrolled).toBeGreaterThan(0);
    await window.getByRole("button", { name: /^Export/ }).click();
    await window.getByRole("dialog").getByRole("button", { name: "Close" }).first().click();
    await expect(window.getByRole("dialog")).toBeHidden();
    await window.goBack();
    await expect(window.getByRole("dialog")).toBeHidden();
  } finally {
    await desk.close();
  }
});

test("what moves is to be told until those concerned are ticked off, and a tick can be taken back", async () => {
  const desk = await openDesk();
  try {
    const { app, window } = desk;
    const match = { id: 7005, home: "Flyttköpings IF", away: "Testunga BK", kickoff: inDays(2) };
    await desk.publish("updates", update(match));
    const todo = window.getByRole("region", { name: "To do" });
    await expect(todo.getByText("Nothing waits for anybody.")).toBeVisible();
    await expect(window.getByText("Everything works", { exact: true })).toBeVisible();
    await desk.publish("updates", update({ ...match, kickoff: match.kickoff + 7_200_000 }));
    await expect(todo.getByText("Moved", { exact: true })).toBeVisible();
    await expect(window.getByRole("link", { name: "Everything works; 1 thing waits for you" })).toBeVisible();

    // What one would write of it opens in the system's mail program.
    await app.evaluate(({ shell }) => {
      Object.assign(shell, { openExternal: async (url: string) => void Object.assign(globalThis, { opened: url }) });
    });
    await todo.getByRole("button", { name: "Write" }).click();
    const draft = window.getByRole("dialog", { name: "Write about the match" });
    await expect(draft.getByLabel("Subject")).toHaveValue("Changed: Flyttköpings IF – Testunga BK");
    await expect(draft.getByLabel("Text", { exact: true })).toHaveValue(
      /Kick-off: .+ → .+\n[\s\S]*https:\/\/www\.svenskfotboll\.se\/matchfakta\/7005\//,
    );
    await expectAccessible(window, "a draft");
    await draft.getByLabel("Subject").fill("Ny tid & plats");
    await draft.getByRole("button", { name: "Open in the mail program" }).click();
    await expect
      .poll(() => app.evaluate(() => String(Reflect.get(globalThis, "opened"))))
      .toMatch(/^mailto:anna\.provsson@example\.com\?subject=Ny%20tid%20%26%20plats&body=Hello/);
    await window.keyboard.press("Escape");

    const tick = todo.getByRole("checkbox", { name: "Anna Provsson is told" });
    await tick.click();
    await expect(todo.getByText("Nothing waits for anybody.")).toBeVisible();
    await window.getByRole("button", { name: "Undo" }).click();
    await expect(tick).toBeVisible();

    await todo.getByRole("link", { name: "Flyttköpings IF – Testunga BK" }).click();
    await window.getByRole("textbox", { name: "Write a note" }).fill("Ring vaktmästaren");
    await window.getByRole("button", { name: "Save the note" }).click();
    const note = window.getByRole("listitem").filter({ hasText: "Ring vaktmästaren" });
    await window.reload();
    await expect(note).toBeVisible();
    // Who sits at this desk wrote it.
    await expect(note).toContainText(userInfo().username);
    await note.getByRole("button", { name: "Remove the note" }).click();
    await expect(note).toBeHidden();
  } finally {
    await desk.close();
  }
});

test("for an open place it is proposed who is free", async () => {
  const desk = await openDesk();
  try {
    const { window } = desk;
    const open = { id: 7006, home: "Lediga IF", away: "Testunga BK", kickoff: inDays(2), referee: "" };
    const busy = { id: 7007, home: "Upptagna IF", away: "Testunga BK", kickoff: inDays(2), referee: "Bo Upptagen" };
    const free = { id: 7008, home: "Andra IF", away: "Testunga BK", kickoff: inDays(3), referee: "Eva Ledig" };
    await desk.publish("updates", update(open, busy, free));
    const todo = window.getByRole("region", { name: "To do" });
    await todo.getByRole("button", { name: "Who is free?" }).click();
    const dialog = window.getByRole("dialog", { name: "Who is free?" });
    await expect(dialog.getByRole("link", { name: "Eva Ledig", exact: true })).toBeVisible();
    await expect(dialog.getByText("Bo Upptagen")).toBeHidden();
    await expect(dialog.getByText("Appointing is done in FOGIS", { exact: false })).toBeVisible();
  } finally {
    await desk.close();
  }
});
