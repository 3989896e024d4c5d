// This machine with a package installed on it: an ordinary user, a screen that nobody sees, and what root does to packages.

import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../../scripts/lib/paths.mjs";
import { freePort } from "../fixtures/redis.ts";
import { until } from "../fixtures/until.ts";
import { pngOfScreen } from "./screen.ts";

const packageName = "avspark-not-for-release";

/** The newest test package that `npm run package` left. */
export const builtPackage = (): string => {
  const dist = join(root, "dist");
  const [name] = readdirSync(dist).filter((file) => file.startsWith(packageName) && file.endsWith(".deb"));
  if (name === undefined) throw new Error("There is no test package: npm run package -- deb --development-runtime");
  return join(dist, name);
};

/** The same package with another version: what a person had before, or gets next. */
export const withVersion = (deb: string, version: string, folder: string): string => {
  const tree = join(folder, version);
  const to = join(folder, `${version}.deb`);
  execFileSync("dpkg-deb", ["-R", deb, tree]);
  const control = join(tree, "DEBIAN", "control");
  writeFileSync(control, readFileSync(control, "utf8").replace(/^Version: .*$/m, `Version: ${version}`));
  execFileSync("dpkg-deb", ["--root-owner-group", "-Znone", "--build", tree, to]);
  rmSync(tree, { recursive: true });
  return to;
};

const dpkg = (...args: readonly string[]): void => {
  const { status, stdout, stderr } = spawnSync("dpkg", [...args], { encoding: "utf8" });
  if (status !== 0) throw new Error(`dpkg ${args.join(" ")} failed:\n${stdout}${stderr}`);
};
export const install = (deb: string): void => dpkg("--install", deb);
/** As `apt-get purge` does it: with all that a package may have left. */
export const remove = (): void => dpkg("--purge", packageName);
export const isInstalled = (): boolean =>
  spawnSync("dpkg-query", ["-W", packageName]).status === 0 || existsSync("/opt/Avspark");
export const installedVersion = (): string =>
  execFileSync("dpkg-query", ["-W", "-f", "$" + "{Version}", packageName], { encoding: "utf8" });

/** Files of the package, folders left out. */
export const filesOfPackage = (): readonly string[] =>
  execFileSync("dpkg", ["-L", packageName], { encoding: "utf8" })
    .split("\n")
    .filter((path) => path !== "" && spawnSync("test", ["-d", path]).status !== 0);

export type Said = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

export type User = {
  readonly home: string;
  readonly port: number;
  /** Runs a command as this user, with a bare environment. */
  readonly run: (command: readonly string[], env?: Readonly<Record<string, string>>) => Promise<Said>;
  /** Starts the window, and waits until it listens. */
  readonly start: (env?: Readonly<Record<string, string>>) => Promise<Started>;
  /** Puts a file into the user's home folder, as theirs. */
  readonly put: (from: string, to: string) => void;
  readonly remove: () => void;
};

export type Started = {
  /** Of the main process. */
  readonly pid: number;
  readonly address: string;
  /** Every process of the app: its pid, its command line, and whether the kernel filters its calls. */
  readonly processes: () => readonly { readonly pid: number; readonly command: string; readonly filtered: boolean }[];
  readonly kill: (signal: NodeJS.Signals) => void;
  readonly ended: Promise<unknown>;
  readonly complaints: () => string;
};

/** An ordinary user who did not exist before. */
export const createUser = async (name: string, screen: Screen): Promise<User> => {
  execFileSync("useradd", ["--create-home", "--shell", "/bin/sh", name]);
  const home = `/home/${name}`;
  const port = await freePort();
  const settings = { AVSPARK_HTTP_PORT: `${port}`, AVSPARK_LANGUAGE: "en", AVSPARK_WELCOME: "false" };
  const command = (words: readonly string[], env: Readonly<Record<string, string>>): readonly string[] => {
    const all = { HOME: home, USER: name, PATH: "/usr/bin:/bin", DISPLAY: screen.display, ...settings, ...env };
    const given = Object.entries(all).map(([key, value]) => `${key}=${value}`);
    return ["--user", name, "--", "env", "-i", "-C", home, ...given, ...words];
  };
  const begin = (words: readonly string[], env: Readonly<Record<string, string>>) => {
    const child = spawn("runuser", command(words, env), { stdio: ["ignore", "pipe", "pipe"] });
    const said = { stdout: "", stderr: "" };
    for (const stream of ["stdout", "stderr"] as const)
      child[stream].setEncoding("utf8").on("data", (text: string) => {
        said[stream] += text;
      });
    return { child, said };
  };
  const processes = () =>
    // Where there are none, ps says nothing and ends with 1.
    spawnSync("ps", ["-u", name, "-o", "pid="], { encoding: "utf8" })
      .stdout.split("\n")
      .flatMap((line) => {
        const pid = Number(line);
        try {
          const words = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
          if (pid === 0 || !words.startsWith("/opt/Avspark/avspark-desk")) return [];
          const filtered = /^Seccomp:\s*2$/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
          return [{ pid, command: words, filtered }];
        } catch {
          // It has ended meanwhile.
          return [];
        }
      });
  return {
    home,
    port,
    run: async (words, env = {}) => {
      const { child, said } = begin(words, env);
      const [code] = await once(child, "close");
      return { code, ...said };
    },
    start: async (env = {}) => {
      const { child, said } = begin(["avspark"], env);
      const ended = once(child, "close");
      const address = `http://127.0.0.1:${port}`;
      const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
      await until(
        async () => {
          if (hasEnded()) throw new Error(`The app ended:\n${said.stderr}`);
          return (await fetch(`${address}/ping`).catch(() => null)) !== null;
        },
        { withinMs: 60_000, everyMs: 20, what: () => `an app that listens:\n${said.stderr}` },
      );
      const main = processes().find(({ command: line }) => !line.includes("--type="));
      if (main === undefined) throw new Error("The app listens, and has no main process.");
      return {
        pid: main.pid,
        address,
        processes,
        kill: (signal) => process.kill(main.pid, signal),
        ended,
        complaints: () => said.stderr,
      };
    },
    put: (from, to) => {
      const folders = to.split("/").slice(0, -1);
      const path = join(home, to);
      execFileSync("install", [
        "-d",
        "-m",
        "0700",
        "-o",
        name,
        "-g",
        name,
        ...folders.map((_, at) => join(home, ...folders.slice(0, at + 1))),
      ]);
      cpSync(from, path);
      execFileSync("chown", [`${name}:${name}`, path]);
    },
    remove: () => {
      for (const { pid } of processes()) process.kill(pid, "SIGKILL");
      execFileSync("userdel", ["--remove", "--force", name], { stdio: "ignore" });
    },
  };
};

export type Screen = {
  readonly display: string;
  /** What it shows now, as a PNG file. */
  readonly picture: () => Buffer;
  readonly close: () => Promise<void>;
};

/** A screen that nobody sees, whose picture lies in a file. */
export const openScreen = async (): Promise<Screen> => {
  const folder = mkdtempSync(join(tmpdir(), "avspark-screen-"));
  const args = ["-displayfd", "3", "-screen", "0", "1400x900x24", "-fbdir", folder, "-noreset", "-nolisten", "tcp"];
  const child: ChildProcess = spawn("Xvfb", args, { stdio: ["ignore", "ignore", "ignore", "pipe"] });
  const [number] = await once(child.stdio[3] ?? child, "data");
  return {
    display: `:${String(number).trim()}`,
    picture: () => pngOfScreen(readFileSync(join(folder, "Xvfb_screen0"))),
    close: async () => {
      child.kill();
      await once(child, "exit");
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
