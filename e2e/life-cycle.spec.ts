import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "@playwright/test";
import { launchApp } from "./fixtures/app.ts";
import { inDays, openDesk, update } from "./fixtures/desk.ts";
import { startRedis } from "./fixtures/redis.ts";

const listening = { name: "Listening", exact: true } as const;

test("a settings file that makes no sense stops the start, never begins the demo, and is set aside when somebody saves", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "avspark-life-"));
  await writeFile(join(dataDir, "settings.json"), '{"values": {"REDIS_URL": "redis://redis.exam');
  const redis = await startRedis();
  const { window, close } = await launchApp({ dataDir, env: { AVSPARK_LANGUAGE: "en" } });
  try {
    await expect(window.getByRole("heading", { name: "Avspark cannot start" })).toBeVisible();
    await expect(window.getByText("The saved settings cannot be read.")).toBeVisible();
    await expect(window.getByRole("button", { name: "Show the log" })).toBeVisible();
    await expect(window.getByRole("button", { name: "Quit" })).toBeVisible();
    await expect(window.getByText("Demo", { exact: true })).toHaveCount(0);
    await window
      .locator("#row-REDIS_URL")
      .getByRole("textbox")
      .fill(redis.url.replace(/:\/\/[^@]*@/, "://"));
    await window.getByRole("button", { name: "Save and start" }).click();
    await expect(window.getByText(listening.name, { exact: true })).toBeVisible();
    const names = await readdir(dataDir);
    expect(names.some((name) => name.startsWith("settings.json.unreadable-"))).toBe(true);
  } finally {
    await close();
    await redis.close();
    await rm(dataDir, { recursive: true, force: true });
  }
});

test("a page that dies is opened anew, and the service has not noticed", async () => {
  const desk = await openDesk();
  try {
    const { app, window } = desk;
    await expect(window.getByText(listening.name, { exact: true })).toBeVisible();
    const startedAt = () =>
      window.evaluate(
        async () => JSON.parse(await Reflect.get(globalThis, "avspark").call("snapshot", {})).value.snapshot.startedAt,
      );
    const before = await startedAt();
    const died = app.evaluate(
      ({ BrowserWindow }) =>
        new Promise<string>((resolve) => {
          const contents = BrowserWindow.getAllWindows()[0]?.webContents;
          contents?.once("render-process-gone", () =>
            contents.once("did-finish-load", () => resolve(contents.getURL())),
          );
          contents?.forcefullyCrashRenderer();
        }),
    );
    expect(await died).toContain("avspark://app/");
    const text = () =>
      app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript("document.body.innerText"),
      );
    await expect.poll(text).toContain("Listening");
    const after = await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
        'window.avspark.call("snapshot", {}).then((reply) => JSON.parse(reply).value.snapshot.startedAt)',
      ),
    );
    expect(after).toBe(before);
  } finally {
    await desk.close();
  }
});

test("a page that stands still is sent no more than a few deltas, and shows how things are when it goes on", async () => {
  const desk = await openDesk();
  try {
    const { app, window, publish } = desk;
    await expect(window.getByText(listening.name, { exact: true })).toBeVisible();
    const pid = await app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      if (contents === undefined) throw new Error("There is no window.");
      const send = contents.send.bind(contents);
      Object.assign(globalThis, { sentToWindow: 0 });
      contents.send = (channel, ...given) => {
        Object.assign(globalThis, { sentToWindow: Reflect.get(globalThis, "sentToWindow") + 1 });
        send(channel, ...given);
      };
      return contents.getOSProcessId();
    });
    const sent = () => app.evaluate(() => Number(Reflect.get(globalThis, "sentToWindow")));
    process.kill(pid, "SIGSTOP");
    const before = await sent();
    const rounds = 60;
    try {
      for (let round = 1; round <= rounds; round += 1) {
        await publish("updates", update({ id: 1, home: `Lag ${round}`, away: "Borta BK", kickoff: inDays(1) }));
        // Longer than the deltas are apart: each would be one of its own.
        await pause(150);
      }
      expect((await sent()) - before).toBeLessThan(rounds / 2);
    } finally {
      process.kill(pid, "SIGCONT");
    }
    await window.getByRole("navigation", { name: "Views" }).getByRole("link", { name: "Matches" }).click();
    await expect(window.getByText(`Lag ${rounds}`).first()).toBeVisible();
  } finally {
    await desk.close();
  }
});

test("a page that dies again and again stays dead until somebody opens the window", async () => {
  const desk = await openDesk();
  try {
    const { app, window } = desk;
    await expect(window.getByText(listening.name, { exact: true })).toBeVisible();
    const page = () =>
      app.evaluate(({ BrowserWindow }) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents;
        return contents?.isCrashed() === true ? "dead" : contents?.isLoading() === true ? "loading" : "there";
      });
    for (let death = 0; death < 4; death += 1) {
      await expect.poll(page).toBe("there");
      await app.evaluate(
        ({ BrowserWindow }) =>
          new Promise<void>((resolve) => {
            const contents = BrowserWindow.getAllWindows()[0]?.webContents;
            contents?.once("render-process-gone", () => resolve());
            contents?.forcefullyCrashRenderer();
          }),
      );
    }
    expect(await page()).toBe("dead");
    await app.evaluate(({ app: electron }) => void electron.emit("second-instance", {}, []));
    await expect.poll(page).toBe("there");
    const text = () =>
      app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript("document.body.innerText"),
      );
    await expect.poll(text).toContain("Listening");
  } finally {
    await desk.close();
  }
});

test("a GPU process that dies again and again ends nothing: the service goes on, and the window is drawn", async () => {
  const desk = await openDesk();
  try {
    const { app, window } = desk;
    await expect(window.getByText(listening.name, { exact: true })).toBeVisible();
    const pids = () =>
      app.evaluate(({ app: electron }) =>
        electron.getAppMetrics().flatMap(({ type, pid }) => (type === "GPU" ? [pid] : [])),
      );
    // Chromium gives up, and ends the whole program, after six.
    for (let death = 0; death < 9; death += 1) {
      await expect.poll(pids).toHaveLength(1);
      const [pid = 0] = await pids();
      process.kill(pid, "SIGKILL");
      await expect.poll(pids).not.toContain(pid);
    }
    await window.reload();
    await expect(window.getByText(listening.name, { exact: true })).toBeVisible();
  } finally {
    await desk.close();
  }
});

test("two saves at once, and questions meanwhile: all are answered, and the last word holds", async () => {
  const desk = await openDesk();
  try {
    const { window } = desk;
    await expect(window.getByText(listening.name, { exact: true })).toBeVisible();
    const answers = await window.evaluate(async () => {
      const { call } = Reflect.get(globalThis, "avspark");
      const save = (seconds: string) =>
        call("saveSettings", { values: { AVSPARK_POLL_INTERVAL: seconds }, sessionOnly: false });
      const all = [save("700"), save("800")];
      for (let ask = 0; ask < 10; ask += 1) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        all.push(call("redisStatus", {}));
      }
      const replies: readonly string[] = await Promise.all(all);
      return replies.map((reply) => JSON.parse(reply));
    });
    expect(answers.map(({ ok, problem }: { ok: boolean; problem?: { kind: string } }) => problem?.kind ?? ok)).toEqual(
      answers.map(() => true),
    );
    await expect
      .poll(() =>
        window.evaluate(async () => {
          const { value } = JSON.parse(await Reflect.get(globalThis, "avspark").call("redisConfig", {}));
          return value.configuration.settings.find(({ name }: { name: string }) => name === "AVSPARK_POLL_INTERVAL")
            .value;
        }),
      )
      .toBe("800");
  } finally {
    await desk.close();
  }
});
