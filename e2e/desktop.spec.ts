import { execFile } from "node:child_process";
import { readdir, readlink } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "@playwright/test";
import { launchApp } from "./fixtures/app.ts";
import { openDesk } from "./fixtures/desk.ts";

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** Every process below another, however deep. */
const descendants = async (pid: number): Promise<readonly { readonly pid: number; readonly name: string }[]> => {
  const { stdout } = await promisify(execFile)("ps", ["-eo", "pid=,ppid=,comm="]);
  const rows = stdout
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .map(([child, parent, name = ""]) => ({ pid: Number(child), parent: Number(parent), name }));
  const below = (of: number): typeof rows =>
    rows.filter(({ parent }) => parent === of).flatMap((row) => [row, ...below(row.pid)]);
  return below(pid);
};

/** The sockets a process has open, by the kernel's names for them; nothing where there is no /proc. */
const socketsOf = async (pid: number): Promise<readonly string[]> => {
  const folder = `/proc/${pid}/fd`;
  const entries = await readdir(folder).catch(() => []);
  const links = await Promise.all(entries.map((entry) => readlink(join(folder, entry)).catch(() => "")));
  return links.filter((link) => link.startsWith("socket:"));
};

test("with nothing configured the demo runs, says so, and ends whole", async () => {
  const { app, window, close } = await launchApp({ env: { AVSPARK_LANGUAGE: "en" } });
  let redis: number | undefined;
  try {
    await expect(window.getByText("Demo", { exact: true }).first()).toBeVisible();
    await expect(window.getByText("Listening", { exact: true })).toBeVisible();
    const pid = app.process().pid ?? 0;
    redis = (await descendants(pid)).find(({ name }) => name.startsWith("redis-server"))?.pid;
    expect(redis).toBeDefined();
    // A socket of Chromium's that Redis had too would hide the end of the process at its other end.
    const ours = await socketsOf(pid);
    expect((await socketsOf(redis ?? 0)).filter((socket) => ours.includes(socket))).toEqual([]);
  } finally {
    await close();
  }
  await expect.poll(() => alive(redis ?? 0)).toBe(false);
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
