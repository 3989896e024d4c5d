import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "@playwright/test";
import { launchApp } from "./fixtures/app.ts";
import { openDesk } from "./fixtures/desk.ts";

/** The names of a process's own children. */
const childrenOf = async (pid: number): Promise<readonly string[]> => {
  const { stdout } = await promisify(execFile)("ps", ["-eo", "ppid=,comm="]);
  const rows = stdout.split("\n").map((line) => line.trim().split(/\s+/));
  return rows.flatMap(([parent, name = ""]) => (Number(parent) === pid ? [name] : []));
};

test("with nothing configured the demo runs, without any other program, and says so", async () => {
  const { app, window, close } = await launchApp({ env: { AVSPARK_LANGUAGE: "en" } });
  try {
    await expect(window.getByText("Demo", { exact: true }).first()).toBeVisible();
    await expect(window.getByText("Listening", { exact: true })).toBeVisible();
    const own = await app.evaluate(() => process.execPath.split("/").at(-1)?.slice(0, 15));
    expect(new Set(await childrenOf(app.process().pid ?? 0))).toEqual(new Set([own]));
  } finally {
    await close();
  }
});

test("closing the window leaves the app in the tray; a second start shows it again", async () => {
  const desk = await openDesk();
  try {
    const { app } = desk;
    const visible = () =>
      app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((each) => each.isVisible()));
    await expect.poll(visible).toEqual([true]);
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    await expect.poll(visible).toEqual([false]);
    await app.evaluate(({ app: electron }) => electron.emit("second-instance"));
    await expect.poll(visible).toEqual([true]);
  } finally {
    await desk.close();
  }
});

test("the page is locked in: two functions, no Node, no strange scripts, no navigation, no new windows", async () => {
  const desk = await openDesk();
  try {
    const { app, window } = desk;
    expect(await window.evaluate(() => Object.keys(Reflect.get(globalThis, "avspark")).sort())).toEqual([
      "call",
      "subscribe",
    ]);
    expect(
      await window.evaluate(() => [
        typeof Reflect.get(globalThis, "require"),
        typeof Reflect.get(globalThis, "process"),
      ]),
    ).toEqual(["undefined", "undefined"]);
    const evaluated = await window.evaluate(async () => {
      const script = document.createElement("script");
      script.textContent = "globalThis.intruded = true";
      document.head.append(script);
      return Reflect.get(globalThis, "intruded") === true;
    });
    expect(evaluated).toBe(false);
    const before = window.url();
    await window.evaluate(() => {
      globalThis.open("https://example.com/");
      globalThis.location.href = "https://example.com/";
    });
    expect(window.url()).toBe(before);
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
    const preferences = await app.evaluate(({ BrowserWindow }) =>
      Object(BrowserWindow.getAllWindows()[0]?.webContents).getLastWebPreferences?.(),
    );
    expect(preferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
    });
    const refused = await window.evaluate(async () => {
      const bridge = Reflect.get(globalThis, "avspark");
      return [
        await bridge.call("noSuchCommand", {}),
        await bridge.call("snooze", { id: "x" }),
        await bridge.call("matches", 5),
      ];
    });
    expect(refused.map(({ ok, problem }: { ok: boolean; problem: { kind: string } }) => [ok, problem.kind])).toEqual([
      [false, "not-found"],
      [false, "input-invalid"],
      [false, "input-invalid"],
    ]);
  } finally {
    await desk.close();
  }
});
