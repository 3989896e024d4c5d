import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
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

test("closing the window leaves the app in the tray; a second start shows it again, and what it was given a link to", async () => {
  const desk = await openDesk();
  try {
    const { app, window } = desk;
    const visible = () =>
      app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((each) => each.isVisible()));
    await expect.poll(visible).toEqual([true]);
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    await expect.poll(visible).toEqual([false]);
    const startAgain = (...args: readonly string[]) =>
      app.evaluate(({ app: electron }, given) => electron.emit("second-instance", {}, ["avspark", ...given]), args);
    await startAgain();
    await expect.poll(visible).toEqual([true]);
    await startAgain("avspark://setting/AVSPARK_POLL_INTERVAL");
    await expect(window.locator("#setting-AVSPARK_POLL_INTERVAL")).toBeFocused();
    await startAgain("avspark://setting/import");
    await startAgain("avspark://match/70%2F1");
    await expect.poll(() => window.url()).toMatch(/#\/matches\/70%2F1$/);
    // A page that is only on its way is told when it is there.
    await app.evaluate(({ app: electron, BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.webContents.reload();
      electron.emit("open-url", { preventDefault: () => undefined }, "avspark://alert/1");
    });
    await expect.poll(() => window.url()).toMatch(/#\/alerts\/1$/);
    await expect.poll(() => readFile(join(desk.dataDir, "logs", "avspark.log"), "utf8")).toContain("leads nowhere");
  } finally {
    await desk.close();
  }
});

test("a page that tries everything forbidden gets nothing: it has two functions, and neither Node nor the network", async () => {
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
    const asked: string[] = [];
    const strangers = createServer((request, response) => {
      asked.push(request.url ?? "");
      response.setHeader("access-control-allow-origin", "*").end("elsewhere");
    }).listen(0, "127.0.0.1");
    await once(strangers, "listening");
    const address = strangers.address();
    const elsewhere = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
    const got = await window.evaluate(async (stranger) => {
      const attempts: Record<string, () => Promise<unknown>> = {
        fetch: () => fetch(`${stranger}/fetch`),
        file: () => fetch("file:///etc/passwd"),
        outside: async () => {
          const { ok } = await fetch("avspark://app/..%2f..%2fpackage.json");
          return ok || Promise.reject(new Error("not found"));
        },
        image: async () => {
          const image = new Image();
          image.src = `${stranger}/image`;
          await image.decode();
        },
        socket: () =>
          new Promise((resolve, reject) => {
            const socket = new WebSocket(stranger.replace("http", "ws"));
            socket.onopen = resolve;
            socket.onerror = reject;
          }),
        worker: () =>
          new Promise((resolve, reject) => {
            const worker = new Worker(URL.createObjectURL(new Blob(["postMessage(1)"])));
            worker.onmessage = resolve;
            worker.onerror = reject;
          }),
        eval: async () => new Function("return 1")(),
        place: () => new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject)),
        microphone: () => navigator.mediaDevices.getUserMedia({ audio: true }),
        notifications: async () => {
          if ((await Notification.requestPermission()) !== "granted") throw new Error("refused");
        },
        frame: async () => {
          const inside: unknown = own.contentWindow === null ? null : Reflect.get(own.contentWindow, "avspark");
          if (typeof inside !== "object" || inside === null) throw new Error("no frame of ours");
        },
        opener: async () => {
          if (globalThis.open(`${stranger}/open`) === null) throw new Error("refused");
        },
      };
      const link = document.createElement("a");
      link.href = `${stranger}/download`;
      link.download = "stolen.txt";
      link.click();
      const webview = document.createElement("webview");
      webview.setAttribute("src", `${stranger}/webview`);
      const frame = document.createElement("iframe");
      frame.src = `${stranger}/frame`;
      const form = document.createElement("form");
      form.action = `${stranger}/form`;
      document.body.append(webview, frame, form);
      form.submit();
      const own = document.createElement("iframe");
      own.src = "avspark://app/index.html";
      document.body.append(own);
      await new Promise((resolve) => {
        own.onload = resolve;
        own.onerror = resolve;
      });
      const succeeded: string[] = [];
      for (const [name, attempt] of Object.entries(attempts)) {
        await attempt().then(
          () => succeeded.push(name),
          () => undefined,
        );
      }
      for (const element of [webview, frame, form, own, link]) element.remove();
      return succeeded;
    }, elsewhere);
    expect(got).toEqual([]);
    expect(asked).toEqual([]);
    strangers.close();
    const refused = await window.evaluate(async () => {
      const bridge = Reflect.get(globalThis, "avspark");
      const replies: readonly string[] = [
        await bridge.call("noSuchCommand", {}),
        await bridge.call("snooze", { id: "x" }),
        await bridge.call("matches", 5),
        await bridge.call("openExternal", { url: "file:///etc/passwd" }),
        await bridge.call("openExternal", { url: "http://example.com/" }),
        await bridge.call("openExternal", { url: "javascript:alert(1)" }),
        await bridge.call("openExternal", { url: "no address" }),
      ];
      return replies.map((reply) => JSON.parse(reply));
    });
    expect(refused.map(({ ok, problem }: { ok: boolean; problem: { kind: string } }) => [ok, problem.kind])).toEqual([
      [false, "not-found"],
      [false, "input-invalid"],
      [false, "input-invalid"],
      [false, "input-invalid"],
      [false, "input-invalid"],
      [false, "input-invalid"],
      [false, "input-invalid"],
    ]);
  } finally {
    await desk.close();
  }
});

test("a newer version is fetched, told of once, and takes this one's place when the app ends; one that is not whole never does", async () => {
  const folder = await mkdtemp(join(tmpdir(), "avspark-update-"));
  const installed = join(folder, "Avspark.AppImage");
  await writeFile(installed, "the version that runs");
  const newer = "#!/bin/sh\nexit 0\n";
  const hashOf = (text: string): string => createHash("sha512").update(text).digest("base64");
  /** What the server says the file is. */
  let sha512 = hashOf("something else");
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://server").pathname;
    if (path === "/latest-linux.yml")
      response.end(
        `version: 99.0.0\nfiles:\n  - url: Avspark.AppImage\n    sha512: ${sha512}\n    size: ${newer.length}\npath: Avspark.AppImage\nsha512: ${sha512}\n`,
      );
    else if (path === "/Avspark.AppImage") response.end(newer);
    else response.writeHead(404).end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  const config = join(folder, "app-update.yml");
  await writeFile(config, `provider: generic\nurl: http://127.0.0.1:${port}\nupdaterCacheDirName: avspark-updates\n`);
  const desk = await openDesk({
    env: { AVSPARK_TRY_UPDATES: config, APPIMAGE: installed, XDG_CACHE_HOME: join(folder, "cache") },
  });
  try {
    const { window } = desk;
    await window.evaluate(() => {
      globalThis.location.hash = "#/settings/about";
    });
    const look = window.getByRole("button", { name: "Look for a newer version" });
    const about = window.locator("#section-about");
    await look.click();
    await expect(about.getByText("The update server gave no newer version")).toBeVisible();
    sha512 = hashOf(newer);
    // What was fetched is told when it is looked for again.
    await expect(async () => {
      await look.click();
      await expect(about.getByText("Version 99.0.0 is ready")).toBeVisible({ timeout: 1000 });
    }).toPass();
    expect(await readFile(join(desk.dataDir, "update-told"), "utf8")).toBe("99.0.0");
    expect(await readFile(installed, "utf8")).toBe("the version that runs");
  } finally {
    await desk.close();
    server.close();
  }
  expect(await readFile(installed, "utf8")).toBe(newer);
  await rm(folder, { recursive: true, force: true });
});
