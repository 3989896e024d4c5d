import { execFile, spawnSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import { settingNameSchema } from "../../src/shared/config.ts";
import { folder } from "../fixtures/folder.ts";
import { avspark } from "./avspark.ts";

const exec = promisify(execFile);
const isThere = (name: string): boolean => spawnSync("sh", ["-c", `command -v ${name}`]).status === 0;

const commands = async (): Promise<readonly string[]> => {
  const { stdout } = await avspark(["--help"]);
  return [...stdout.matchAll(/^ {2}([a-z-]+) .* {2}\S/gm)]
    .map(([, name = ""]) => name)
    .filter((name) => name !== "help");
};

describe("help", () => {
  it("names the version, every command and every exit code", async () => {
    expect(await avspark(["--version"])).toEqual({ code: 0, stdout: `${packageJson.version}\n`, stderr: "" });
    const { code, stdout } = await avspark(["--help"]);
    expect(code).toBe(0);
    expect(await commands()).toEqual(
      expect.arrayContaining(["serve", "check", "status", "stats", "config", "sync", "restart", "test", "tail"]),
    );
    expect([...stdout.matchAll(/^ {2}(\d) {2}\S/gm)].map(([, digit]) => digit)).toEqual(["0", "1", "2", "3", "4"]);
  });

  it("is there for each command", async () => {
    for (const name of await commands()) {
      expect(await avspark([name, "--help"])).toMatchObject({
        code: 0,
        stderr: "",
        stdout: expect.stringContaining(`Usage: avspark ${name}`),
      });
    }
  });
});

describe("completions", () => {
  const script = async (shell: string): Promise<string> => {
    const { code, stdout } = await avspark(["completion", shell]);
    expect(code).toBe(0);
    const file = join(await folder(), `avspark.${shell}`);
    await writeFile(file, stdout);
    return file;
  };

  it("complete in bash", async () => {
    const file = await script("bash");
    const complete = async (...line: readonly string[]): Promise<readonly string[]> => {
      const set = `COMP_WORDS=(${line.map((word) => `'${word}'`).join(" ")}); COMP_CWORD=${line.length - 1}`;
      const { stdout } = await exec("bash", ["-c", `. ${file}; ${set}; _avspark; printf '%s\\n' "\${COMPREPLY[@]}"`]);
      return stdout.trim().split("\n");
    };
    await exec("bash", ["-n", file]);
    expect(await complete("avspark", "st")).toEqual(["status", "stats"]);
    expect(await complete("avspark", "check", "--p")).toEqual(["--phase"]);
    expect(await complete("avspark", "check", "--phase", "")).toEqual(["before", "after", "rollback"]);
    expect(await complete("avspark", "audit", "g")).toEqual(["google", "google-contacts"]);
    expect(await complete("avspark", "tail", "--url", "")).toEqual([""]);
  });

  it.runIf(isThere("fish"))("complete in fish", async () => {
    const file = await script("fish");
    const complete = async (line: string): Promise<readonly string[]> => {
      const { stdout } = await exec("fish", ["--no-config", "-c", `source ${file}; complete -C '${line}'`]);
      return stdout
        .trim()
        .split("\n")
        .map((found) => found.split("\t")[0] ?? "");
    };
    await exec("fish", ["-n", file]);
    expect(await complete("avspark st")).toEqual(["stats", "status"]);
    expect(await complete("avspark check --phase ")).toEqual(["after", "before", "rollback"]);
  });

  it.runIf(isThere("zsh"))("can be read by zsh", async () => {
    const file = await script("zsh");
    await exec("zsh", ["-n", file]);
    const { stdout } = await exec("zsh", [
      "-fc",
      `autoload -Uz compinit; compinit -D -u; . ${file}; echo $_comps[avspark]`,
    ]);
    expect(stdout).toBe("_avspark\n");
  });
});

describe("the manual", () => {
  it("is the file in resources; npm run docs writes it anew", async () => {
    const { code, stdout } = await avspark(["man"]);
    expect(code).toBe(0);
    expect(stdout).toBe(await readFile(join(import.meta.dirname, "../../resources/man/avspark.1"), "utf8"));
    for (const name of settingNameSchema.options) expect(stdout).toContain(`.B ${name}\n`);
  });

  it.runIf(isThere("mandoc"))("is a sound man page", async () => {
    const file = join(await folder(), "avspark.1");
    await writeFile(file, (await avspark(["man"])).stdout);
    const { stdout } = spawnSync("mandoc", ["-T", "lint", "-W", "warning", file], { encoding: "utf8" });
    // It has no date: the same source makes the same page on every day.
    expect(stdout.split("\n").filter((line) => line !== "" && !line.includes("missing date"))).toEqual([]);
  });

  it.runIf(isThere("man"))("can be read", async () => {
    const file = join(await folder(), "avspark.1");
    await writeFile(file, (await avspark(["man"])).stdout);
    const { stdout } = await exec("man", ["-l", file], { env: { ...process.env, MANPAGER: "cat", LC_ALL: "C.UTF-8" } });
    expect(stdout).toContain("Put a list from elsewhere in the calendars.");
  });
});
