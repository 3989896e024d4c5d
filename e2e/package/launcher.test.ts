import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../../scripts/lib/paths.mjs";
import { temporaryFolder } from "../../src/main/adapters/journal/harness.ts";
import { askedOf } from "../../src/main/asked.ts";

/** The launcher beside a program that says what it was given, and commands of the system that say what the test wants. */
const launcher = ({ uid = 1000, namespaces = true }: { readonly uid?: number; readonly namespaces?: boolean } = {}) => {
  const folder = temporaryFolder();
  const put = (name: string, script: string): void => {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, name), 0o755);
  };
  copyFileSync(join(root, "resources", "linux", "avspark"), join(folder, "avspark"));
  chmodSync(join(folder, "avspark"), 0o755);
  put("avspark-desk", 'for each in "$@"; do echo "$each"; done');
  put("chrome-sandbox", "exit 1");
  put("id", `echo ${uid}`);
  put("unshare", `exit ${namespaces ? 0 : 1}`);
  put("notify-send", "exit 0");
  const start = (args: readonly string[], env: Readonly<Record<string, string>> = { DISPLAY: ":1" }) => {
    const { status, stdout, stderr } = spawnSync(join(folder, "avspark"), args, {
      encoding: "utf8",
      env: { PATH: `${folder}:/usr/bin:/bin`, ...env },
    });
    return { code: status, given: stdout.split("\n").slice(0, -1), said: stderr };
  };
  return Object.assign(start, { folder });
};

const prefix = ["--no-sandbox", "--no-zygote", "--log-level=3", "--cli", "--"];

test.each([
  [[]],
  [["--hidden"]],
  [["avspark://match/1"]],
  [["--disable-gpu", "--ozone-platform=wayland"]],
  [["--force-device-scale-factor=2", "--hidden"]],
  [["check", "--json"]],
  [["--version"]],
  [["--help"]],
  [["serve"]],
  [["config", "--hidden"]],
  [["--remote-debugging-port=9222"]],
  [["tail", "--", "a b"]],
])("launcher and program agree on what %j is", (args) => {
  const { code, given } = launcher()(args);
  expect(code).toBe(0);
  const asked = askedOf(args);
  expect(given).toEqual(asked.kind === "window" ? args : [...prefix, ...asked.args]);
  // What the launcher hands on means the same to the program.
  expect(askedOf(given)).toEqual(asked);
});

test("a command needs no display, no sandbox and no ordinary user", () => {
  expect(launcher({ uid: 0, namespaces: false })(["check"], {})).toMatchObject({
    code: 0,
    given: [...prefix, "check"],
  });
});

test("why there is no window is a sentence, in the person's language", () => {
  expect(launcher()([], {})).toMatchObject({
    code: 1,
    given: [],
    said: expect.stringContaining("There is no display"),
  });
  expect(launcher()([], { LANG: "sv_SE.UTF-8" }).said).toContain("Det finns ingen skärm");
  const display = { DISPLAY: ":1", LANG: "sv_SE.UTF-8" };
  expect(launcher({ uid: 0 })([])).toMatchObject({ code: 1, given: [], said: expect.stringContaining("As root") });
  expect(launcher({ uid: 0 })([], display).said).toContain("Som root");
  const closed = launcher({ namespaces: false });
  expect(closed([])).toMatchObject({ code: 1, given: [], said: expect.stringContaining("chmod 4755") });
  expect(closed([], display).said).toContain("Chromiums sandlåda fungerar inte här");
});

test("the sandbox is off only where it was told to be", () => {
  expect(launcher({ uid: 0 })(["--no-sandbox"])).toMatchObject({ code: 0, given: ["--no-sandbox"] });
  expect(launcher()([]).given).not.toContain("--no-sandbox");
});

test("what an AppImage's own start adds in silence does not switch the sandbox off", () => {
  const there = launcher({ namespaces: false });
  const { folder } = there;
  const env = { DISPLAY: ":1", APPIMAGE: "/home/eva/Avspark.AppImage", APPDIR: folder };
  expect(there(["--no-sandbox", "--hidden"], env)).toMatchObject({
    code: 1,
    given: [],
    said: expect.stringContaining("/home/eva/Avspark.AppImage --no-sandbox --no-sandbox"),
  });
  // Nor does it become an option of a command.
  expect(there(["--no-sandbox", "check"], env).given).toEqual([...prefix, "check"]);
  expect(there(["--no-sandbox", "--no-sandbox"], env).given).toEqual(["--no-sandbox"]);
  // Another program's AppImage, a terminal for instance, is none of ours.
  expect(there(["--no-sandbox"], { ...env, APPDIR: "/tmp/other" }).given).toEqual(["--no-sandbox"]);
});
